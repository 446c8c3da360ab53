//! `synchronous-and-offloaded`: a route that must stay and is moved.

use std::collections::HashMap;

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "synchronous-and-offloaded",
        severity: Severity::Error,
        group: Group::Scope,
        summary: "A route is listed as synchronous, but is offloaded.",
        why: "A person waits for the result of a synchronous route; an offloaded route answers before the work is \
              done.",
        bad: Example::Over("synchronous: [{ route: /api/cron/nightly-report, why: A person is waiting. }]"),
        good: Example::Over("synchronous: [{ route: /api/reports, why: A person is waiting. }]"),
    },
    check: |contract, findings| {
        let offloads: HashMap<&str, _> =
            contract.offloads.values().map(|offload| (offload.route.as_str(), offload)).collect();
        let mut reported = std::collections::HashSet::new();
        for synchronous in &contract.synchronous {
            let route = &synchronous.route;
            if let Some(offload) = offloads.get(route.as_str()).filter(|_| reported.insert(route.as_str())) {
                let message = format!("`{}` is listed as synchronous, but `{}` offloads it", route.value, offload.job);
                findings
                    .report(&RULE.meta, &route.at, message, "remove it here, or remove the offload")
                    .also(&offload.route.at, "the offload")
                    .offload(&offload.job);
            }
        }
    },
};
