//! `window-from-environment`: an environment variable changes a window that the contract fixes.

use super::CodeRule;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::window::{Fault, faults, ranges};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "window-from-environment",
        severity: Severity::Warning,
        group: Group::CodeKeys,
        summary: "An environment variable changes a window that the contract fixes.",
        why: "Two deployments, or one before and after the variable changes, give the same call two keys: it runs twice.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "const WINDOW_SECONDS = 300;",
                "const WINDOW_SECONDS = Math.min(300, Math.max(60, Number(process.env.REPORT_WINDOW ?? 300)));",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            for ranged in ranges(&job).iter().filter(|ranged| faults(&job, ranged).contains(&Fault::Changed)) {
                let Some(window) = &job.offload.window else { continue };
                let name = &ranged.variable;
                let (value, length) = ranged.smallest();
                let message =
                    format!("`{name}` changes the window: with `{value}` it is {length} long ({})", ranged.range());
                let help = format!(
                    "make the window constant, or write `window: {{ env: {name}, default: {}, min: …, max: … }}`",
                    ranged.default
                );
                findings
                    .report_at(&RULE.meta, facts.location(ranged.at), message, help)
                    .offload(&job.offload.job)
                    .also(&window.at, "the window in the contract");
            }
        }
    },
};
