//! `window-outgrows-schedule`: a variable can make the window longer than the time between two ticks.

use super::CodeRule;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::window::{Fault, faults, gap, ranges};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "window-outgrows-schedule",
        severity: Severity::Error,
        group: Group::CodeKeys,
        summary: "An environment variable can make the window longer than the time between two ticks of the schedule.",
        why: "Two ticks fall into one window and get the same key: the second run is dropped.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "const WINDOW_SECONDS = 300;",
                "const WINDOW_SECONDS = Math.max(300, Number(process.env.REPORT_WINDOW ?? 300));",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            for ranged in ranges(&job).iter().filter(|ranged| faults(&job, ranged).contains(&Fault::Longer)) {
                let Some(window) = &job.offload.window else { continue };
                let name = &ranged.variable;
                let (value, length) = ranged.largest();
                let Some(gap) = gap(&job) else { continue };
                let message = format!(
                    "with `{name}={value}` the window is {length} long, but the ticks are only {gap} apart ({})",
                    ranged.range()
                );
                let help = format!("limit the window to {gap}");
                findings
                    .report_at(&RULE.meta, facts.location(ranged.at), message, help)
                    .offload(&job.offload.job)
                    .also(&window.at, "the window in the contract");
            }
        }
    },
};
