//! `payload-inheritance-changed`: a payload extends a different payload.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-inheritance-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A payload extends a different payload.",
        why: "Its fields are reported one by one; the parent only says where they are written.",
        bad: Example::Change {
            old: r#"
payloads:
  Base: { fields: { id: { type: string } } }
  Twin: { fields: { id: { type: string } } }
  Report: { extends: Base, fields: { title: { type: string } } }
"#,
            new: "payloads: { Report: { extends: Twin } }",
        },
        good: Example::Change {
            old: r#"
payloads:
  Base: { fields: { id: { type: string } } }
  Twin: { fields: { id: { type: string } } }
  Report: { extends: Base, fields: { title: { type: string } } }
"#,
            new: "payloads: { Report: { description: One report. } }",
        },
    },
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for payload in &evolution.payloads.both {
            let Some((old, new)) = payload.both() else { continue };
            let was = old.extends.as_ref().map(|name| evolution.renames.payload(&name.value).to_owned());
            let is = new.extends.as_ref().map(|name| name.value.clone());
            if was != is {
                let delta = payload.part("extends", |p| p.extends.as_ref()).unwrapped();
                let message = format!("the parent of `{}` changes {}", payload.label, words::from_to(was, is));
                changes.tell(&RULE, &delta, message, "nothing to do beyond what is reported of its fields");
            }
        }
    },
};
