//! `other-change`: a fact of the contract differs that no other rule knows.

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
        summary: "A fact of the contract differs that no other rule knows.",
        why: "It is told so that no change passes for none; what follows from it has to be judged by a person.",
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
/// Tells a fact that differs. The rules have run: nobody else told it.
pub(in crate::diff) fn tell(
    changes: &mut Changes<'_>,
    delta: &Delta<'_, Contract>,
    was: Option<String>,
    is: Option<String>,
) {
    let message = format!("`{}` changes {}", delta.path, words::from_to(was, is));
    changes.tell(&RULE, delta, message, "look at what reads it in the documents and in the generated code");
}
