//! `event-payload-replaced`: an event carries a different payload.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "event-payload-replaced",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An event carries a different payload.",
        why: "The types of producers and consumers follow the payload. Fields that differ break the code that sends \
            or reads them, and events in flight carry the old ones.",
        bad: Example::Change {
            old: r#"
payloads:
  Report: { fields: { id: { type: string } } }
  Digest: { fields: { id: { type: string } } }
offloads: { nightly-report: { payload: Report } }
"#,
            new: "offloads: { nightly-report: { payload: Digest } }",
        },
        good: Example::Change {
            old: r#"
payloads:
  Report: { fields: { id: { type: string } } }
  Digest: { fields: { id: { type: string } } }
offloads: { nightly-report: { payload: Report } }
"#,
            new: "payloads: { Report: { description: One report. } }",
        },
    },
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for event in &evolution.events.both {
            let Some((old, new)) = event.both() else { continue };
            let (was, is) = (evolution.renames.payload(&old.payload.value), new.payload.value.as_str());
            if was == is {
                continue;
            }
            let fields = |contract: &Contract, name: &str| {
                let fields = contract.payloads.get(name).map(|p| p.fields.as_slice()).unwrap_or_default();
                fields.iter().map(|f| (f.name.clone(), f.type_.text(), f.optional, f.nullable)).collect::<Vec<_>>()
            };
            let (before, after) = (fields(evolution.old, &old.payload.value), fields(evolution.new, is));
            let only = |these: &[(String, String, bool, bool)], others: &[(String, String, bool, bool)]| {
                these
                    .iter()
                    .filter(|field| !others.contains(field))
                    .map(|field| field.0.clone())
                    .collect::<Vec<String>>()
            };
            let (gone, came) = (only(&before, &after), only(&after, &before));
            let mut message = format!("`{}` now carries `{is}` instead of `{}`", event.label, old.payload.value);
            if !gone.is_empty() {
                message.push_str(&format!("; removed or changed: {}", words::list(&gone)));
            }
            if !came.is_empty() {
                message.push_str(&format!("; new or changed: {}", words::list(&came)));
            }
            let help = format!(
                "make the handler of `{}` read both shapes until no event with the old one is in flight",
                new.function.id.value
            );
            changes.tell(&RULE, &event.fact("payload", |e| Some(&e.payload)).unwrapped(), message, help);
        }
    },
};
