//! `singleton-added`: a function now has at most one run at a time.

use crate::contract::SingletonMode;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "singleton-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function now has at most one run at a time.",
        why: "A second run is dropped or cancels the first, depending on the mode. With `idempotency`, a dropped \
            run has used up its key.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { singleton: { mode: skip } } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(singleton) = function.value("singleton", |f| f.singleton.as_ref()) else { continue };
            if let Some(new) = singleton.added() {
                let does = match new.mode.as_ref().map(|mode| mode.value) {
                    Some(SingletonMode::Cancel) => "now cancels the first",
                    _ => "is now dropped",
                };
                let message = format!("a second run of `{}` {does}", function.label);
                changes.tell(&RULE, &singleton, message, "make sure that the next run does the work of a dropped one");
            }
        }
    },
};
