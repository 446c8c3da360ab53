//! `synchronous-route-added`: a route is now listed as one that must stay on the request path.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys};
use crate::rule::{Audience, Example, Group, Meta};
use std::collections::HashSet;

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "synchronous-route-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A route is now listed as one that must stay on the request path.",
        why: "Nothing changes at run time; from now on an offload of that route is an error.",
        bad: Example::Change { old: "", new: "synchronous: [{ route: /api/inbox, why: A person is waiting. }]" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { expectedDuration: 1m } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        let routes = |c: &Contract| c.synchronous.iter().map(|s| s.route.value.clone()).collect::<HashSet<String>>();
        let (old, moved) = (routes(evolution.old), keys::routes(&evolution.offloads.removed));
        for synchronous in &evolution.new.synchronous {
            let route = &synchronous.route;
            if !old.contains(&route.value) && !moved.contains(&route.value.as_str()) {
                let delta = evolution.contract.single(false, &["synchronous", &route.value], &route.at);
                let message = format!("`{}` now has to stay on the request path", route.value);
                changes.tell(&RULE, &delta, message, "nothing to do");
            }
        }
    },
};
