//! `event-added`: an offload sends an additional event.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "event-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "An offload sends an additional event.",
        why: "The existing events and their work stay as they are; each call now also starts a run of a new \
            function.",
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
            let message = format!("`{}` is now sent as well, to `{}`", new.name.value, new.function.id.value);
            changes.tell(
                &RULE,
                event,
                message,
                "serve its function before the flag is on: an event without a function starts nothing",
            );
        }
    },
};
