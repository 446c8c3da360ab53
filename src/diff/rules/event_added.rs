//! `event-added`: an offload sends one event more.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "event-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "An offload sends one event more.",
        why: "What is sent and done today stays; each call starts one run more, of a function that is new.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    events: { report/build.requested: { function: { id: build-report, jobName: build-report } } }
"#,
            new: r#"
offloads:
  nightly-report:
    events:
      report/send.requested: { function: { id: send-report, jobName: send-report } }
"#,
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    events: { report/build.requested: { function: { id: build-report, jobName: build-report } } }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for event in &evolution.events.added {
            let Some(new) = event.added() else { continue };
            let message = format!("`{}` is sent as well, to `{}`", new.name.value, new.function.id.value);
            changes.tell(
                &RULE,
                event,
                message,
                "serve its function before the flag is on: events without a function start nothing",
            );
        }
    },
};
