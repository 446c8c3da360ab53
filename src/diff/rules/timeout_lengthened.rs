//! `timeout-lengthened`: a run is cancelled later, or never.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "timeout-lengthened",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A run is cancelled later, or never.",
        why: "A run that hangs occupies its place under the concurrency limit for longer, and all others wait \
            behind it.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { timeouts: { finish: 10m } } } }",
            new: "offloads: { nightly-report: { function: { timeouts: { finish: 20m } } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { timeouts: { finish: 10m } } } }",
            new: "offloads: { nightly-report: { function: { timeouts: { finish: 5m } } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (function, which, delta) in options::timeouts(evolution) {
            let longer = delta.both().map_or(delta.new.is_none(), |(was, is)| options::longer(*was, *is) == Some(true));
            if longer {
                let message = format!("`{}` may {which} for longer: {}", function.label, words::change(&delta));
                changes.tell(&RULE, &delta, message, "make sure that an alert reports runs that hang");
            }
        }
    },
};
