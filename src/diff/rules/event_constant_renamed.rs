//! `event-constant-renamed`: the constant of an event has a new name.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::pointer::Pointer;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "event-constant-renamed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The constant of an event has a new name.",
        why: "Code that imports it does not compile until it is updated; the event itself stays the same.",
        bad: Example::Change {
            old: r#"
targets:
  typescript:
    out: lib/generated
    handlers: lib/functions
    sdk: 3
    client: { module: "@/lib/client", export: inngest }
"#,
            new: r#"targets: { typescript: { eventConstant: "EVENT_{EVENT}" } }"#,
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
        changes.account(&Pointer::root().key("targets").key("typescript").key("eventConstant"));
        for event in &evolution.events.both {
            let Some(constant) = event.value("constant", |e| Some(&e.constant)) else { continue };
            if event.both().is_some_and(|(old, new)| old.name.value == new.name.value) {
                let message = format!("the constant of `{}` changes {}", event.label, words::change(&constant));
                changes.tell(&RULE, &constant, message, "update the imports in the same change; `tsc` lists them");
            }
        }
    },
};
