//! `throw-on-step-result`: a function throws because of a step's result.

use super::CodeRule;
use super::functions::pairs;
use crate::conform::machine::Taint;
use crate::conform::observe::Answer;
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "throw-on-step-result",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "A function throws outside of its steps because of a step's result.",
        why: "A step that is done is not done again: every retry reads the same result and throws again, until the retries are spent in vain.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "    return report;",
                "    if (report.rows === 0) throw new Error(\"no rows\");\n    return report;",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for pair in pairs(facts) {
            let mut reported: Vec<Site> = Vec::new();
            for run in &pair.seen.runs {
                // What is caught again does not end the run.
                if !matches!(run.answer, Answer::Thrown(_)) {
                    continue;
                }
                let Some(last) = run.thrown.last() else { continue };
                // Of an error that is made elsewhere it is not known whether it is tried again.
                let is_retried = !last.class.is_empty() && last.class != "NonRetriableError";
                if last.in_step || !last.taint.has(Taint::STEP) || !is_retried || reported.contains(&last.at) {
                    continue;
                }
                reported.push(last.at);
                let id = &pair.claimed.id.value;
                let message =
                    format!("`{id}` throws because of what a step gave: the retries do not do the step again");
                let help =
                    "throw inside of the step, so that a retry does the work again, or throw a `NonRetriableError`";
                findings
                    .report_at(&RULE.meta, facts.location(last.at), message, help)
                    .offload(&pair.offload.job)
                    .also(&pair.claimed.id.at, "the function of the contract");
            }
        }
    },
};
