//! `schedule-missing`: a scheduled route of the contract is in no `vercel.json`.

use super::CodeRule;
use crate::conform::Schedules;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "schedule-missing",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "A scheduled route of the contract is in no `vercel.json`.",
        why: "Nobody calls it: the job just stops, without an error.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "vercel.json",
                r#"{ "path": "/api/cron/nightly-report", "schedule": "*/5 * * * *" }"#,
                r#""#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let missing = match &facts.loaded.schedules {
            Schedules::Absent => "there is no vercel.json",
            Schedules::Known(_) => "vercel.json does not call it",
            // What is in it is not known; that it cannot be read is told by another rule.
            Schedules::Unreadable => return,
        };
        let calls = facts.loaded.schedules.calls();
        for (offload, seen) in facts.each() {
            let (Some(schedule), Some(_)) = (&offload.schedule, seen.route) else { continue };
            let route = &offload.route.value;
            if calls.iter().any(|call| call.path == *route) {
                continue;
            }
            let message = format!("{route} is scheduled by contract, and {missing}");
            let help =
                format!("add `{{ \"path\": \"{route}\", \"schedule\": \"{}\" }}` to its `crons`", schedule.as_str());
            findings.report(&RULE.meta, &schedule.at, message, help);
        }
    },
};
