//! `cancellation-removed`: an event no longer cancels runs.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "cancellation-removed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An event no longer cancels runs.",
        why: "Senders that use the event to stop work no longer stop anything, and they get no error.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { cancelOn: [{ event: report/stop.requested, match: data.correlationId }] }
"#,
            new: "offloads: { nightly-report: { function: { cancelOn: [] } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { cancelOn: [{ event: report/stop.requested, match: data.correlationId }] }
"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators, Audience::Callers],
    check: |evolution, changes| {
        for (function, was, is) in options::cancellations(evolution) {
            if let (Some((cancel, path)), None) = (was, is) {
                let delta = function.single(true, &["cancelOn", &path], &cancel.event.at);
                let message = format!("`{}` no longer cancels runs of `{}`", cancel.event.value, function.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "inform everyone who sends it, and give them another way to stop a run",
                );
            }
        }
    },
};
