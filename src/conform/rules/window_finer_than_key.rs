//! `window-finer-than-key`: an environment variable makes the window finer than the key prints it.

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
        summary: "An environment variable makes the window finer than the key prints it.",
        why: "The windows of one minute get the same key: of their runs only the first happens.",
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
                    "with `{name}={value}` the window is {length} long, and the key prints minutes; {}",
                    ranged.range()
                );
                let help = "let the window be no shorter than a minute, or print `{windowStart}` in the key";
                findings
                    .report_at(&RULE.meta, facts.location(ranged.at), message, help)
                    .offload(&job.offload.job)
                    .also(&window.at, "the contract's window");
            }
        }
    },
};
