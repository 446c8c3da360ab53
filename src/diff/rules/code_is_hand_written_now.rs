//! `code-is-hand-written-now`: the code of a generated offload is now hand-written.

use crate::contract::Status;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "code-is-hand-written-now",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The code of a generated offload is now hand-written.",
        why: "Nothing is generated for it any more, and defaults no longer apply: the contract claims only what is \
            written. The generated modules that the code imports are deleted.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    methods: [GET, POST]
    source: cron/nightly-report
    payload: BackgroundDispatchEventData
    dispatchKey: "cron:{job}:{window}"
    event: cron/nightly-report.requested
    eventId: "{event}:{dispatchKey}"
    flag: CRON_NIGHTLY_REPORT_USE_INNGEST
    function: { id: cron-nightly-report, jobName: cron-nightly-report, retries: 3, concurrency: 1, idempotency: event.data.dispatchKey }
"#,
            new: "offloads: { nightly-report: { status: existing } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    methods: [GET, POST]
    source: cron/nightly-report
    payload: BackgroundDispatchEventData
    dispatchKey: "cron:{job}:{window}"
    event: cron/nightly-report.requested
    eventId: "{event}:{dispatchKey}"
    flag: CRON_NIGHTLY_REPORT_USE_INNGEST
    function: { id: cron-nightly-report, jobName: cron-nightly-report, retries: 3, concurrency: 1, idempotency: event.data.dispatchKey }
"#,
            new: "offloads: { nightly-report: { expectedDuration: 1m } }",
        },
    },
    hits: &[Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(status) = offload.value("status", |o| Some(&o.status)) else { continue };
            if status.new == Some(&Status::Existing) {
                let message = format!("the code of `{}` is now hand-written", offload.label);
                let help = "write a dispatcher and a function with the same ids, keys and options before the generated \
                     ones are removed";
                changes.tell(&RULE, &status, message, help);
            }
        }
    },
};
