//! `flag-removed`: an offload no longer has a flag.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::pointer::Pointer;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "flag-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An offload no longer has a flag.",
        why: "It is on in every environment as soon as this is deployed, and only another deployment turns it off \
            again.",
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
    function: { id: cron-nightly-report, jobName: cron-nightly-report, retries: 3 }
"#,
            new: "offloads: { nightly-report: { flag: null } }",
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
    function: { id: cron-nightly-report, jobName: cron-nightly-report, retries: 3 }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let flag = offload.part("flag", |o| o.flag.as_ref()).unwrapped();
            if let Some(old) = flag.removed() {
                let message = format!("`{}` no longer has a flag: it is always on", offload.label);
                let help = format!(
                    "turn `{old}` on in every environment first, and remove it after it has been on for a while"
                );
                changes.tell(&RULE, &flag, message, help);
                changes.account(&Pointer::root().key("flags").key(old));
            }
        }
    },
};
