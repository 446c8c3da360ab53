//! `failure-not-retried`: every failure of the work is thrown as a `NonRetriableError`.

use super::CodeRule;
use crate::conform::evidence::functions::pairs;
use crate::conform::evidence::statuses::begun;
use crate::conform::machine::Failing;
use crate::conform::observe::{Answer, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "failure-not-retried",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "Every failure of the work is thrown as a `NonRetriableError`.",
        why: "Inngest does not retry such a run: the retries of the contract are never used, and a database that is unavailable for a second ends the run for good.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace(
                    "lib/inngest/functions.ts",
                    "() => createNightlyReport())",
                    "() => createNightlyReport().catch((error) => { throw new NonRetriableError(String(error)); }))",
                ),
                Edit::Replace(
                    "lib/inngest/functions.ts",
                    "import { writeInngestJobStatus }",
                    "import { NonRetriableError } from \"inngest\";\nimport { writeInngestJobStatus }",
                ),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for pair in pairs(facts).into_iter().filter(|pair| !pair.is_existing()) {
            let is_retried = pair.seen.made_up.as_ref().is_some_and(|made_up| made_up.last > 0.0);
            let given_up = |failing: Failing| {
                let failed = begun(facts, &pair, failing).map(|(run, site)| gives_up(run, site));
                failed.collect::<Option<Vec<_>>>()?.first().copied()
            };
            let given_up = [Failing::All, Failing::Writes].into_iter().filter(|_| is_retried).find_map(given_up);
            let Some((at, site)) = given_up else { continue };
            let id = &pair.claimed.id.value;
            let message =
                format!("`{id}` turns every failure of its work into a `NonRetriableError`, so it is never retried");
            let help =
                "let the error through, and throw a `NonRetriableError` only where a second attempt would fail as well";
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&pair.offload.job)
                .also_at(facts.location(site), "the call that fails")
                .also(&pair.claimed.id.at, "the function in the contract");
        }
    },
};

/// Where a run throws its failure as an error that is not retried, and the call that failed. A step is retried before
/// the handler gets its error: what the handler throws then makes no difference.
fn gives_up(run: &Run, failed: Site) -> Option<(Site, Site)> {
    let is_last = matches!(&run.answer, Answer::Thrown(class) if class == "NonRetriableError");
    let thrown = run.thrown.iter().rfind(|thrown| thrown.class == "NonRetriableError").filter(|_| is_last)?;
    let is_in_step = run.outside.iter().any(|call| call.at == failed && call.in_step);
    (thrown.in_step || !is_in_step).then_some((thrown.at, failed))
}
