//! `handlers-moved`: handlers are looked for in another folder.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "handlers-moved",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Handlers are looked for in another folder.",
        why: "New stubs are written there, which throw until they are filled, and the registry imports those: \
              the work that is written in the old folder is served by nobody.",
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
                "move the files before `generate` is run: it writes no stub over a file that is there",
            );
        }
    },
};
