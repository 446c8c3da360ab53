//! `methods-removed`: a route no longer answers a method.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Delta, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "methods-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A route no longer answers a method.",
        why: "Callers that use it are rejected.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { methods: [GET] } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { methods: [GET, POST, PUT] } }" },
    },
    hits: &[Audience::Callers],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(methods) = offload.value("methods", |o| Some(&o.methods)) else { continue };
            let (Some(old), Some(new)) = (methods.old, methods.new) else { continue };
            let gone: Vec<String> = old.iter().filter(|method| !new.contains(method)).map(words::shown).collect();
            if !gone.is_empty() {
                let message = format!("`{}` no longer answers {}", offload.label, words::list(&gone));
                let help = "look for callers in the access log, move them to another method, then remove this one";
                gone.iter().for_each(|method| changes.account(&methods.path.key(method)));
                let delta = Delta { path: methods.path.key(&gone[0]), ..methods };
                changes.tell(&RULE, &delta, message, help);
            }
        }
    },
};
