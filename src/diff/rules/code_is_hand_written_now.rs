//! `code-is-hand-written-now`: a generated offload becomes existing code.

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
        summary: "A generated offload becomes existing code.",
        why: "Nothing is generated for it any more and defaults no longer apply: what is not written is not \
              claimed, and the generated modules that the code imports are deleted.",
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
                let message = format!("the code of `{}` is hand-written from now on", offload.label);
                let help =
                    "write dispatcher and function with the same ids, keys and options before the generated ones go";
                changes.tell(&RULE, &status, message, help);
            }
        }
    },
};
