//! `payload-renamed`: a payload has a new name.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-renamed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A payload has a new name.",
        why: "Its type and the file of its schema have new names, so imports and references break; the data of the \
            events stays the same.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: null, NightlyReport: { fields: { id: { type: string } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: { description: One report. } }",
        },
    },
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for payload in &evolution.payloads.both {
            let Some((old, new)) = payload.both() else { continue };
            if old.name != new.name {
                let message = format!("the payload `{}` is now called `{}`", old.name, new.name);
                let help = "update the imports in the same change, and inform everyone who reads the schema by its \
                    file name";
                changes.tell(&RULE, &payload.fact("name", |p| Some(&p.name)), message, help);
            }
        }
    },
};
