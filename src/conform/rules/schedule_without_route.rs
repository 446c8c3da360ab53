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
        why: "Each call is a 404 that nobody sees, and the job behind it does not run.",
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
        for call in facts.loaded.schedules.calls().iter().filter(|call| !facts.answers(&call.path)) {
            let message = format!("no file answers {}", call.path);
            let finding =
                findings.report_at(&RULE.meta, call.at.clone(), message, "mend the path, or take the schedule out");
            finding.also(&facts.offloads_at(), "the offloads of the contract");
        }
    },
};
