//! `side-effect-outside-step`: a function that uses steps writes outside of them.

use super::CodeRule;
use crate::conform::evidence::frames::{outermost, with_steps};
use crate::conform::evidence::functions::pairs;
use crate::conform::evidence::writing::{Writing, what};
use crate::conform::observe::Run;
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "side-effect-outside-step",
        severity: Severity::Warning,
        group: Group::CodeExecution,
        summary: "A function that uses steps writes outside of them.",
        why: "Code outside of steps runs again on every request from Inngest, once per step: what it writes or sends there is written or sent as often.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "await step.run(\"work\", () => createNightlyReport());",
                "await createNightlyReport();",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let mut writing = Writing::of_any_table();
        for pair in pairs(facts) {
            let mut reported: Vec<Site> = Vec::new();
            for run in pair.seen.runs.iter().chain(pair.seen.failure.iter().flatten()) {
                // Without steps, the function is retried as a whole.
                if run.steps.is_empty() {
                    continue;
                }
                for (at, what) in written(run, &mut writing) {
                    if reported.contains(&at) {
                        continue;
                    }
                    reported.push(at);
                    let id = &pair.claimed.id.value;
                    let message = format!("`{id}` {what} outside a step, so it is repeated on every replay");
                    let help = "move the call into `step.run`";
                    findings
                        .report_at(&RULE.meta, facts.location(at), message, help)
                        .offload(&pair.offload.job)
                        .also(&pair.claimed.id.at, "the function in the contract");
                }
            }
        }
    },
};

/// What a run writes outside of its steps: where the step is missing, and what is called.
fn written<'r>(run: &'r Run, writing: &mut Writing<'r>) -> Vec<(Site, String)> {
    let steps = with_steps(run);
    let calls = run.outside.iter().filter(|call| !call.in_step && writing.has(call));
    let mut all: Vec<(Site, String)> =
        calls.map(|call| (outermost(run, call.parent, call.at, &steps), what(call))).collect();
    // An event that is sent with the client, not with `step.sendEvent`.
    all.extend(run.sent.iter().filter(|sent| !sent.in_step).map(|sent| (sent.at, "calls `inngest.send`".to_owned())));
    all
}
