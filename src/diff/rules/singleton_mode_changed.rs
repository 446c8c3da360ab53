//! `singleton-mode-changed`: a second run of a function is treated differently.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "singleton-mode-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A second run of a function is treated differently.",
        why: "`skip` lets the first run finish and drops the second; `cancel` stops the first in the middle of its \
            work.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { without: [idempotency], singleton: { mode: skip } } }
"#,
            new: "offloads: { nightly-report: { function: { singleton: { mode: cancel } } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { without: [idempotency], singleton: { mode: skip } } }
"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(singleton) = function.option_of("singleton", |f| f.singleton.as_ref()) else { continue };
            if let Some(mode) = singleton.value("mode", |s| s.mode.as_ref()) {
                let message =
                    format!("what happens to a second run of `{}` changes {}", function.label, words::change(&mode));
                changes.account(&singleton.path);
                changes.tell(&RULE, &mode, message, "make sure that half-finished work can be resumed");
            }
        }
    },
};
