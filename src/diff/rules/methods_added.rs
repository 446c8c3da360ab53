//! `methods-added`: a route answers an additional method.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Delta, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "methods-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A route answers an additional method.",
        why: "Existing callers are not affected; the route can also be called with the new method, behind the same \
            check.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { methods: [GET, POST, PUT] } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { methods: [GET] } }" },
    },
    hits: &[Audience::Callers],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(methods) = offload.value("methods", |o| Some(&o.methods)) else { continue };
            let (Some(old), Some(new)) = (methods.old, methods.new) else { continue };
            let came: Vec<String> = new.iter().filter(|method| !old.contains(method)).map(words::shown).collect();
            if !came.is_empty() {
                let message = format!("`{}` now also answers {}", offload.label, words::list(&came));
                came.iter().for_each(|method| changes.account(&methods.path.key(method)));
                let delta = Delta { path: methods.path.key(&came[0]), ..methods };
                changes.tell(&RULE, &delta, message, "export a handler for that method from the route");
            }
        }
    },
};
