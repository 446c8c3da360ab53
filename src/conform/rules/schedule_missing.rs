//! `schedule-missing`: a scheduled route of the contract is not in `vercel.json`.

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
        summary: "A scheduled route of the contract is not in `vercel.json`.",
        why: "Nothing calls the route: the job stops without an error.",
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
            Schedules::Absent => "there is no `vercel.json`",
            Schedules::Known(_) => "`vercel.json` does not call it",
            // What is in it is not known; that it cannot be read is reported by another rule.
            Schedules::Unreadable => return,
        };
        let calls = facts.loaded.schedules.calls();
        for (offload, seen) in facts.each() {
            let (Some(schedule), Some(_)) = (&offload.schedule, seen.route) else { continue };
            let route = &offload.route.value;
            if calls.iter().any(|call| call.path == *route) {
                continue;
            }
            let message = format!("the contract schedules {route}, but {missing}");
            let entry = format!("{{ \"path\": \"{route}\", \"schedule\": \"{}\" }}", schedule.as_str());
            let help = match facts.loaded.schedules {
                Schedules::Absent => format!("create `vercel.json` with `{{ \"crons\": [{entry}] }}`"),
                _ => format!("add `{entry}` to `crons` in `vercel.json`"),
            };
            findings.report(&RULE.meta, &schedule.at, message, help);
        }
    },
};
