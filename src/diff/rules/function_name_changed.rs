//! `function-name-changed`: a function has a new display name.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "function-name-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A function has a new display name.",
        why: "People search for it by that name; its id, and with it its runs and its history, stay the same.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Dashboards],
    check: |evolution, changes| {
        for function in &evolution.functions {
            if let Some(name) = function.value("name", |f| f.name.as_ref()) {
                let message = format!("the display name of `{}` changes {}", function.label, words::change(&name));
                changes.tell(&RULE, &name, message, "nothing to do");
            }
        }
    },
};
