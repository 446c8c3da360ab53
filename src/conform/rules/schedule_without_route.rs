//! `schedule-without-route`: `vercel.json` calls an address that no file answers.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "schedule-without-route",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "`vercel.json` calls an address that no file answers.",
        why: "Every call is answered with 404, nobody notices, and the job behind it does not run.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "vercel.json",
                r#"{ "path": "/api/cron/nightly-report", "schedule": "*/5 * * * *" }"#,
                r#"{ "path": "/api/cron/nightly-report", "schedule": "*/5 * * * *" }, { "path": "/api/cron/gone", "schedule": "0 5 * * *" }"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        // For a route of the contract, `route-missing` reports the missing file.
        let contract = facts.contract;
        let is_declared = |path: &str| {
            contract.offloads.values().any(|offload| offload.route.value == path)
                || contract.synchronous.iter().any(|route| route.route.value == path)
        };
        let unanswered =
            facts.loaded.schedules.calls().iter().filter(|call| !is_declared(&call.path) && !facts.answers(&call.path));
        for call in unanswered {
            let message = format!("no file answers {}", call.path);
            findings.report_at(&RULE.meta, call.at.clone(), message, "fix the path, or remove the schedule");
        }
    },
};
