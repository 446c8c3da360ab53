//! `schedule-undeclared`: `vercel.json` schedules a route that is not in the contract.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "schedule-undeclared",
        severity: Severity::Note,
        group: Group::CodeScope,
        summary: "`vercel.json` schedules a route that is not in the contract.",
        why: "Nobody decided whether such work is offloaded or stays synchronous.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "vercel.json",
                r#"{ "path": "/api/cron/nightly-report", "schedule": "*/5 * * * *" }"#,
                r#"{ "path": "/api/cron/nightly-report", "schedule": "*/5 * * * *" }, { "path": "/api/health", "schedule": "0 5 * * *" }"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let named = |path: &str| {
            facts.contract.offloads.values().any(|offload| offload.route.value == path)
                || facts.contract.synchronous.iter().any(|route| route.route.value == path)
        };
        for call in facts.loaded.schedules.calls().iter().filter(|call| !named(&call.path) && facts.answers(&call.path))
        {
            let message = format!("{} is called at `{}` and is not in the contract", call.path, call.schedule);
            let help = "declare it under `offloads` or `synchronous`";
            findings.report_at(&RULE.meta, call.at.clone(), message, help);
        }
    },
};
