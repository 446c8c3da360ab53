//! `methods-added`: a route answers one method more.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Delta, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "methods-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A route answers one method more.",
        why: "Callers that exist are not touched; the route is reachable in one way more, behind the same \
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
                let message = format!("`{}` answers {} as well", offload.label, words::list(&came));
                came.iter().for_each(|method| changes.account(&methods.path.key(method)));
                let delta = Delta { path: methods.path.key(&came[0]), ..methods };
                changes.tell(&RULE, &delta, message, "export the handler of that method from the route");
            }
        }
    },
};
