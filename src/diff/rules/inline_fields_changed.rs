//! `inline-fields-changed`: the contract lists different fields of the inline response.

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
        summary: "The contract lists different fields of the inline response.",
        why: "The list only prevents the dispatch metadata from taking the name of one of these fields; the \
            response itself comes from the route.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { inlineFields: [count] } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Callers],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let list =
                |o: &'_ Offload| o.inline_fields.iter().map(|f| (f.value.clone(), f.at.clone())).collect::<Vec<_>>();
            let (Some(old), Some(new)) = (offload.old.map(list), offload.new.map(list)) else { continue };
            let help = "make sure that the list matches what the route answers";
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
                changes.tell(
                    &RULE,
                    &delta,
                    format!("the inline response of `{}` now has `{name}`", offload.label),
                    help,
                );
            }
        }
    },
};
