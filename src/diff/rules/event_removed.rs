//! `event-removed`: an event is no longer sent.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "event-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An event is no longer sent.",
        why: "Its function is no longer started and, because it is no longer served, cannot finish its runs in \
            flight.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    events:
      report/build.requested: { function: { id: build-report, jobName: build-report } }
      report/send.requested: { function: { id: send-report, jobName: send-report } }
"#,
            new: "offloads: { nightly-report: { events: { report/send.requested: null } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    events:
      report/build.requested: { function: { id: build-report, jobName: build-report } }
      report/send.requested: { function: { id: send-report, jobName: send-report } }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Consumers, Audience::Dashboards],
    check: |evolution, changes| {
        for event in &evolution.events.removed {
            let Some(old) = event.removed() else { continue };
            let message = format!("`{}` is no longer sent, and `{}` is removed", old.name.value, old.function.id.value);
            let help = format!(
                "stop sending it first, keep serving `{}` until its runs have ended, then remove it",
                old.function.id.value
            );
            changes.tell(&RULE, event, message, help);
        }
    },
};
