//! `throw-on-step-result`: a function throws outside its steps because of a step's result.

use super::CodeRule;
use crate::conform::evidence::functions::pairs;
use crate::conform::machine::Taint;
use crate::conform::observe::{Answer, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "throw-on-step-result",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "A function throws outside its steps because of a step's result.",
        why: "A completed step is not run again: every retry reads the same result and throws again, until the retries are used up.",
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
                // An error that is caught does not end the run.
                if !matches!(run.answer, Answer::Thrown(_)) {
                    continue;
                }
                let Some(last) = run.thrown.last() else { continue };
                // It is not known whether an error that is created elsewhere is retried.
                let is_retried = !last.class.is_empty() && last.class != "NonRetriableError";
                let is_because = || last.taint.has(Taint::STEP) || is_thrown_by(&pair.seen.runs, run, last.at);
                if last.in_step || !is_retried || reported.contains(&last.at) || !is_because() {
                    continue;
                }
                reported.push(last.at);
                let id = &pair.claimed.id.value;
                let message = format!(
                    "`{id}` throws outside a step because of a step's result; a retry reuses that result and throws again"
                );
                let help = "throw inside the step, so that a retry does the work again, or throw a `NonRetriableError`";
                findings
                    .report_at(&RULE.meta, facts.location(last.at), message, help)
                    .offload(&pair.offload.job)
                    .also(&pair.claimed.id.at, "the function in the contract");
            }
        }
    },
};

/// Whether a run that does not throw there parts from this one by a step's result alone: what is thrown then may come
/// long after what was decided, as where faults are gathered in a list.
fn is_thrown_by(runs: &[Run], run: &Run, at: Site) -> bool {
    let spared = |other: &&Run| !other.is_cut() && !other.thrown.iter().any(|thrown| thrown.at == at);
    runs.iter().filter(spared).any(|other| run.course.parts_by(Taint::STEP, &other.course))
}
