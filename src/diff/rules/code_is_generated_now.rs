//! `code-is-generated-now`: the code of an existing offload is now generated.

use crate::contract::Status;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "code-is-generated-now",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The code of an existing offload is now generated.",
        why: "Dispatcher and function now come from the compiler, with the defaults of the contract. Options that \
            the hand-written code had and the contract did not state are gone.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    status: existing
    methods: [GET, POST]
    source: cron/nightly-report
    payload: BackgroundDispatchEventData
    dispatchKey: "cron:{job}:{window}"
    event: cron/nightly-report.requested
    eventId: "{event}:{dispatchKey}"
    flag: CRON_NIGHTLY_REPORT_USE_INNGEST
    function: { id: cron-nightly-report, jobName: cron-nightly-report, retries: 3, concurrency: 1, idempotency: event.data.dispatchKey }
"#,
            new: "offloads: { nightly-report: { status: generated } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    status: existing
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
            if status.new == Some(&Status::Generated) {
                let message = format!("the code of `{}` is now generated", offload.label);
                let help = "move the hand-written work into the handler, compare the options one by one, and remove \
                    the old function in the same deployment, so that two functions never handle the same event";
                changes.tell(&RULE, &status, message, help);
            }
        }
    },
};
