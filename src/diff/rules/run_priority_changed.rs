//! `run-priority-changed`: different runs of a function go first.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "run-priority-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Different runs of a function go first.",
        why: "Runs that went first may now wait behind others.",
        bad: Example::Change {
            old: r#"offloads: { nightly-report: { function: { priority: { run: "100" } } } }"#,
            new: r#"offloads: { nightly-report: { function: { priority: { run: "200" } } } }"#,
        },
        good: Example::Change {
            old: r#"offloads: { nightly-report: { function: { priority: { run: "100" } } } }"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            if let Some(priority) = function.value("priority", |f| f.priority.as_ref()) {
                let run = |side: Option<&crate::contract::Run>| side.map(|priority| priority.run.value.clone());
                let words = words::from_to(run(priority.old), run(priority.new));
                let message = format!("the priority of the runs of `{}` changes {words}", function.label);
                changes.tell(&RULE, &priority, message, "make sure that no run waits behind all others forever");
            }
        }
    },
};
