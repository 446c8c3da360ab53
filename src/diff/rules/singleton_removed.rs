//! `singleton-removed`: a function may now have several runs at a time.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "singleton-removed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function may now have several runs at a time.",
        why: "Runs that were dropped or cancelled are now executed, at the same time unless a concurrency limit \
            prevents it.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { without: [idempotency], singleton: { mode: skip } } }
"#,
            new: "offloads: { nightly-report: { function: { singleton: null } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { without: [idempotency], singleton: { mode: skip } } }
"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(singleton) = function.value("singleton", |f| f.singleton.as_ref()) else { continue };
            if singleton.removed().is_some() {
                let message = format!("`{}` may now have several runs at a time", function.label);
                changes.tell(
                    &RULE,
                    &singleton,
                    message,
                    "make sure that simultaneous runs do not interfere with each other, or limit the concurrency",
                );
            }
        }
    },
};
