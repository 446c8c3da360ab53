//! `retry-does-nothing`: the work is done only in the first attempt.

use super::CodeRule;
use crate::conform::evidence::functions::pairs;
use crate::conform::evidence::statuses::{are_whole, begun};
use crate::conform::machine::Failing;
use crate::conform::observe::MadeUp;
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "retry-does-nothing",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "The work is done only in the first attempt.",
        why: "After a failure the step is called again in the next attempt: it then silently does nothing, and the run counts as done.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "() => createNightlyReport())",
                "() => (attempt > 0 ? null : createNightlyReport()))",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for pair in pairs(facts).into_iter().filter(|pair| !pair.is_existing()) {
            let Some(made_up) = pair.seen.made_up.as_ref().filter(|made_up| made_up.last > 0.0) else { continue };
            let Some((_, site)) = begun(facts, &pair, Failing::All).find(|(_, site)| is_left_out(made_up, *site))
            else {
                continue;
            };
            let id = &pair.claimed.id.value;
            let message = format!("`{id}` does its work only in the first attempt: the retries do nothing");
            let help = "do the work in every attempt; use steps or the stored rows to skip what is already done";
            findings
                .report_at(&RULE.meta, facts.location(pair.written_at(facts)), message, help)
                .offload(&pair.offload.job)
                .also_at(facts.location(site), "what a retry does not call")
                .also(&pair.claimed.id.at, "the function in the contract");
        }
    },
};

/// Whether no later attempt calls what the first one calls.
fn is_left_out(made_up: &MadeUp, site: Site) -> bool {
    let later = || made_up.runs.iter().chain(&made_up.spent);
    are_whole(&made_up.runs)
        && are_whole(&made_up.spent)
        && !later().any(|run| run.outside.iter().any(|call| call.at == site))
}
