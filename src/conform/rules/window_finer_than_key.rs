//! `window-finer-than-key`: an environment variable can make the window shorter than the key distinguishes.

use super::CodeRule;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::window::{Fault, faults, ranges};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "window-finer-than-key",
        severity: Severity::Error,
        group: Group::CodeKeys,
        summary: "An environment variable can make the window shorter than the key distinguishes.",
        why: "Windows within one minute get the same key: only the first of their runs happens.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "const WINDOW_SECONDS = 300;",
                "const WINDOW_SECONDS = Math.min(300, Number(process.env.REPORT_WINDOW ?? 300));",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            for ranged in ranges(&job).iter().filter(|ranged| faults(&job, ranged).contains(&Fault::Finer)) {
                let Some(window) = &job.offload.window else { continue };
                let name = &ranged.variable;
                let (value, length) = ranged.smallest();
                let message = format!(
                    "with `{name}={value}` the window is {length} long, but the key prints only minutes ({})",
                    ranged.range()
                );
                let help = "keep the window at least one minute long, or use `{windowStart}` in the key";
                findings
                    .report_at(&RULE.meta, facts.location(ranged.at), message, help)
                    .offload(&job.offload.job)
                    .also(&window.at, "the window in the contract");
            }
        }
    },
};
