//! `inline-fields-changed`: the inline response is said to have other fields.

use crate::contract::Offload;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "inline-fields-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "The inline response is said to have other fields.",
        why: "It only keeps dispatch metadata from taking the name of one of them; the answer itself is the \
              route's own.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { inlineFields: [count] } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Callers],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let list =
                |o: &'_ Offload| o.inline_fields.iter().map(|f| (f.value.clone(), f.at.clone())).collect::<Vec<_>>();
            let (Some(old), Some(new)) = (offload.old.map(list), offload.new.map(list)) else { continue };
            let help = "make sure that it is what the route answers";
            for (name, at) in old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name)) {
                let delta = offload.single(true, &["inlineFields", name], at);
                changes.tell(
                    &RULE,
                    &delta,
                    format!("the inline response of `{}` no longer has `{name}`", offload.label),
                    help,
                );
            }
            for (name, at) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
                let delta = offload.single(false, &["inlineFields", name], at);
                changes.tell(&RULE, &delta, format!("the inline response of `{}` has `{name}`", offload.label), help);
            }
        }
    },
};
