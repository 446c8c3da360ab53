//! `route-missing`: a route of the contract has no file.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "route-missing",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "A route of the contract has no file.",
        why: "The scheduler calls an address that no file answers, and the contract describes code that does not exist.",
        bad: Example::Code {
            spec: "synchronous: [{ route: /api/health, why: A person waits. }]",
            edits: &[Edit::Remove("app/api/health/route.ts")],
        },
        good: Example::Code { spec: "synchronous: [{ route: /api/health, why: A person waits. }]", edits: &[] },
    },
    check: |facts, findings| {
        let known =
            |route: &str| facts.loaded.routes.iter().any(|(address, _)| address == route) || facts.is_unreadable(route);
        for offload in facts.contract.offloads.values().filter(|offload| !known(&offload.route.value)) {
            let route = &offload.route.value;
            let message = format!("no file answers {route}");
            findings.report(
                &RULE.meta,
                &offload.route.at,
                message,
                format!("add app{route}/route.ts, or remove the offload"),
            );
        }
        for route in facts.contract.synchronous.iter().filter(|route| !known(&route.route.value)) {
            let message = format!("no file answers {}", route.route.value);
            findings.report(&RULE.meta, &route.route.at, message, "fix the route, or remove the entry");
        }
    },
};
