//! `timeout-shortened`: a run is cancelled sooner.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "timeout-shortened",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A run is cancelled sooner.",
        why: "Runs that wait or work for longer are cancelled. A cancelled run is not a failed run: `onFailure` is \
            not called.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { timeouts: { finish: 10m } } } }",
            new: "offloads: { nightly-report: { function: { timeouts: { finish: 5m } } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { timeouts: { finish: 10m } } } }",
            new: "offloads: { nightly-report: { function: { timeouts: { finish: 20m } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators],
    check: |evolution, changes| {
        for (function, which, delta) in options::timeouts(evolution) {
            let shorter =
                delta.both().map_or(delta.old.is_none(), |(was, is)| options::longer(*was, *is) == Some(false));
            if shorter {
                let message = format!("`{}` may {which} for less time: {}", function.label, words::change(&delta));
                changes.tell(&RULE, &delta, message, "look up the longest runs of the last weeks in the run history");
            }
        }
    },
};
