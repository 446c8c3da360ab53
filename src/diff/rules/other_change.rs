//! `other-change`: the contract changes in a way that no other rule describes.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Changes, Delta, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "other-change",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The contract changes in a way that no other rule describes.",
        why: "It is reported so that no change goes unnoticed; a person has to judge what follows from it.",
        bad: Example::Change {
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
        good: Example::Change {
            old: r#"
targets:
  typescript:
    out: lib/generated
    handlers: lib/functions
    sdk: 3
    client: { module: "@/lib/client", export: inngest }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |_evolution, _changes| {},
};
/// Reports a fact that differs. The rules have run, and none of them reported it.
pub(in crate::diff) fn tell(
    changes: &mut Changes<'_>,
    delta: &Delta<'_, Contract>,
    was: Option<String>,
    is: Option<String>,
) {
    let message = format!("`{}` changes {}", delta.path.dotted(), words::from_to(was, is));
    changes.tell(&RULE, delta, message, "look at what reads it in the documents and in the generated code");
}
