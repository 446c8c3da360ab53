//! `synchronous-route-removed`: a route is no longer listed as one that must stay on the request path.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};
use std::collections::HashSet;

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "synchronous-route-removed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A route is no longer listed as one that must stay on the request path.",
        why: "Nothing prevents the next contract from offloading a route whose response a caller waits for.",
        bad: Example::Change {
            old: "synchronous: [{ route: /api/inbox, why: A person is waiting. }]",
            new: "synchronous: []",
        },
        good: Example::Change {
            old: "synchronous: [{ route: /api/inbox, why: A person is waiting. }]",
            new: "synchronous: [{ route: /api/inbox, why: People are waiting. }]",
        },
    },
    hits: &[Audience::Operators, Audience::Callers],
    check: |evolution, changes| {
        let routes = |c: &Contract| c.synchronous.iter().map(|s| s.route.value.clone()).collect::<HashSet<String>>();
        let (new, moved) = (routes(evolution.new), keys::routes(&evolution.offloads.added));
        for synchronous in &evolution.old.synchronous {
            let route = &synchronous.route;
            if !new.contains(&route.value) && !moved.contains(&route.value.as_str()) {
                let delta = evolution.contract.single(true, &["synchronous", &route.value], &route.at);
                let message = format!("`{}` no longer has to stay on the request path", route.value);
                let help = format!("make sure that this no longer holds: {}", words::ending(&synchronous.why));
                changes.tell(&RULE, &delta, message, help);
            }
        }
    },
};
