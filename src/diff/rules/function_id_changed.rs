//! `function-id-changed`: a function has a new id.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "function-id-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A function has a new id.",
        why: "To Inngest it is a different function: runs in flight of the old one are no longer served and are \
            lost, used idempotency keys and event ids are forgotten, and history and metrics start from zero.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { function: { id: nightly-report } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators, Audience::Dashboards],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(id) = function.value("id", |f| Some(&f.id)) else { continue };
            let message = format!("the function id changes {}", words::change(&id));
            let drained = words::drained(evolution, function.job);
            let help = format!("{drained}; point dashboards and alerts to `{}`", function.label);
            changes.tell(&RULE, &id, message, help);
        }
    },
};
