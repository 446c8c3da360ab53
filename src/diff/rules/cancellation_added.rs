//! `cancellation-added`: an event cancels runs.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "cancellation-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An event cancels runs.",
        why: "Runs end that would have gone on, between two steps. A cancelled run is no failed one: \
              `onFailure` does not hear of it.",
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
                let message = format!("`{}` cancels runs of `{}`", cancel.event.value, function.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "make sure that work which is half done can be taken up again, and that `cancelled` is recorded",
                );
            }
        }
    },
};
