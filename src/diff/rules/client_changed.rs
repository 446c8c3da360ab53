//! `client-changed`: the generated code imports a different client.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "client-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The generated code imports a different client.",
        why: "A different client may have a different app id. To Inngest, functions of another app id are different \
            functions, and runs in flight of the old ones are lost.",
        bad: Example::Change {
            old: r#"
targets:
  typescript:
    out: lib/generated
    handlers: lib/functions
    sdk: 3
    client: { module: "@/lib/client", export: inngest }
"#,
            new: "targets: { typescript: { client: { export: client } } }",
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
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        let typescript =
            evolution.contract.part("targets", |c| Some(&c.targets)).part("typescript", |t| t.typescript.as_ref());
        if typescript.both().is_some() {
            let client = typescript.part("client", |t| Some(&t.client));
            let parts = [client.value("module", |c| Some(&c.module)), client.value("export", |c| Some(&c.export))];
            for part in parts.into_iter().flatten() {
                let message = format!("the client changes {}", words::change(&part));
                changes.tell(&RULE, &part, message, "make sure that the new client has the same app id as the old one");
            }
        }
    },
};
