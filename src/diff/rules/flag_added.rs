//! `flag-added`: an offload that was always on now has a flag.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::pointer::Pointer;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "flag-added",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An offload that was always on now has a flag.",
        why: "The offload is off until the flag is set, so its work runs inline again.",
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
    function: { id: cron-nightly-report, jobName: cron-nightly-report, retries: 3 }
"#,
            new: "offloads: { nightly-report: { flag: CRON_NIGHTLY_REPORT_USE_INNGEST } }",
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
    function: { id: cron-nightly-report, jobName: cron-nightly-report, retries: 3 }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let flag = offload.part("flag", |o| o.flag.as_ref()).unwrapped();
            if let Some(new) = flag.added() {
                let message = format!("`{}` is now on only with `{new}`", offload.label);
                changes.tell(
                    &RULE,
                    &flag,
                    message,
                    format!("turn `{new}` on in every environment before this is deployed"),
                );
                changes.account(&Pointer::root().key("flags").key(new));
            }
        }
    },
};
