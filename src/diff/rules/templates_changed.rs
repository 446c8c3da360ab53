//! `templates-changed`: outputs are printed with other templates.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "templates-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Outputs are printed with templates of another folder, or with the built-in ones again.",
        why: "The generated files change although the contract says the same; generated code may behave \
            differently.",
        bad: Example::Change { old: "", new: "targets: { templates: templates/offload }" },
        good: Example::Change {
            old: "targets: { templates: templates/offload }",
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        let targets = evolution.contract.part("targets", |contract| Some(&contract.targets));
        let Some(templates) = targets.value("templates", |targets| targets.templates.as_ref()) else { return };
        let message = match (templates.old, templates.new) {
            (None, Some(new)) => format!("outputs are now printed with the templates in `{new}`"),
            (Some(old), None) => {
                format!("outputs are now printed with the built-in templates instead of those in `{old}`")
            }
            _ => format!("the folder of the templates changes {}", words::change(&templates)),
        };
        changes.tell(&RULE, &templates, message, "review the diff of the generated files like any other code");
    },
};
