//! `schedule-undeclared`: `vercel.json` schedules a route that the contract does not name.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "schedule-undeclared",
        severity: Severity::Note,
        group: Group::CodeScope,
        summary: "`vercel.json` schedules a route that the contract does not name.",
        why: "Work on a schedule that is neither offloaded nor said to stay synchronous is work that nobody decided about.",
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
            let message = format!("{} is called at `{}` and is in no contract", call.path, call.schedule);
            findings
                .report_at(&RULE.meta, call.at.clone(), message, "declare it under `offloads` or `synchronous`")
                .also(&facts.offloads_at(), "the offloads of the contract");
        }
    },
};
