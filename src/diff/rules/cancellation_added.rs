//! `cancellation-added`: an event now cancels runs.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "cancellation-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An event now cancels runs.",
        why: "Runs that would have continued end between two steps. A cancelled run is not a failed run: \
            `onFailure` is not called.",
        bad: Example::Change {
            old: "",
            new: r#"
offloads:
  nightly-report:
    function: { cancelOn: [{ event: report/stop.requested, match: data.correlationId }] }
"#,
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators, Audience::Dashboards],
    check: |evolution, changes| {
        for (function, was, is) in options::cancellations(evolution) {
            if let (None, Some((cancel, path))) = (was, is) {
                let mut delta = function.single(false, &["cancelOn", &path], &cancel.event.at);
                delta.label.clone_from(&function.label);
                let message = format!("`{}` now cancels runs of `{}`", cancel.event.value, function.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "make sure that half-finished work can be resumed, and that `cancelled` is recorded",
                );
            }
        }
    },
};
