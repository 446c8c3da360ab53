//! `cancellation-changed`: an event cancels different runs than before.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "cancellation-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An event cancels different runs than before.",
        why: "Runs that should be cancelled continue, or other runs are cancelled. A condition that is never true \
            cancels nothing and reports no error.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { cancelOn: [{ event: report/stop.requested, match: data.correlationId }] }
"#,
            new: r#"
offloads:
  nightly-report:
    function: { cancelOn: [{ event: report/stop.requested, match: data.dispatchKey }] }
"#,
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
    hits: &[Audience::RunsInFlight, Audience::Operators],
    check: |evolution, changes| {
        for (function, was, is) in options::cancellations(evolution) {
            let (Some((old, path)), Some((new, _))) = (was, is) else { continue };
            let (was, is) = (words::shown(old), words::shown(new));
            if was != is {
                let mut delta = function.single(false, &["cancelOn", &path], &new.event.at);
                delta.old = function.old;
                delta.was_at = old.event.at.clone();
                let message = format!(
                    "the event that cancels runs of `{}` changes {}",
                    function.label,
                    words::from_to(Some(was), Some(is))
                );
                changes.tell(&RULE, &delta, message, "try it on a run that must be cancelled and on one that must not");
            }
        }
    },
};
