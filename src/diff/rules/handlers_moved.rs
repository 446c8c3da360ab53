//! `handlers-moved`: handlers are expected in another folder.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "handlers-moved",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Handlers are expected in another folder.",
        why: "New stubs that throw until they are filled in are written there, and the registry imports those: the \
            handlers in the old folder are no longer served.",
        bad: Example::Change {
            old: r#"
targets:
  typescript:
    out: lib/generated
    handlers: lib/functions
    sdk: 3
    client: { module: "@/lib/client", export: inngest }
"#,
            new: "targets: { typescript: { handlers: lib/jobs } }",
        },
        good: Example::Change {
            old: r#"
targets:
  typescript:
    out: lib/generated
    handlers: lib/functions
    sdk: 3
    client: { module: "@/lib/client", export: inngest }
"#,
            new: "targets: { typescript: { serverOnly: true } }",
        },
    },
    hits: &[Audience::Consumers],
    check: |evolution, changes| {
        let typescript =
            evolution.contract.part("targets", |c| Some(&c.targets)).part("typescript", |t| t.typescript.as_ref());
        if typescript.both().is_some()
            && let Some(handlers) = typescript.value("handlers", |t| Some(&t.handlers))
        {
            let message = format!("the folder of the handlers changes {}", words::change(&handlers));
            changes.tell(
                &RULE,
                &handlers,
                message,
                "move the files before you run `generate`: it does not write a stub over an existing file",
            );
        }
    },
};
