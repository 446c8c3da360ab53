//! `retry-does-nothing`: the work is done only in the first attempt.

use std::collections::BTreeSet;

use super::CodeRule;
use crate::conform::evidence::functions::{Pair, pairs};
use crate::conform::evidence::statuses::{are_whole, begun, is_done};
use crate::conform::evidence::writing::Writing;
use crate::conform::facts::Facts;
use crate::conform::machine::Failing;
use crate::conform::observe::{ATTEMPT, MadeUp, Outside, Run, Runs, Trial};
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
        for pair in pairs(facts) {
            let Some(made_up) = pair.seen.made_up.as_ref().filter(|made_up| made_up.last > 0.0) else { continue };
            let undone = begun(facts, &pair, Failing::All).find(|(_, site)| is_left_out(facts, &pair, made_up, *site));
            let unwritten = || written_once(facts, &pair, made_up);
            let Some(site) = undone.map(|undone| undone.1).or_else(unwritten) else { continue };
            let id = &pair.claimed.id.value;
            let message = match undone {
                Some(_) => format!("`{id}` does its work only in the first attempt: the retries do nothing"),
                None => format!("`{id}` writes only in the first attempt: the retries change nothing"),
            };
            let help = "do the work in every attempt; use steps or the stored rows to skip what is already done";
            findings
                .report_at(&RULE.meta, facts.location(pair.written_at(facts)), message, help)
                .offload(&pair.offload.job)
                .also_at(facts.location(site), "what a retry does not call")
                .also(&pair.claimed.id.at, "the function in the contract");
        }
    },
};

/// Where runs call something outside.
fn calls(runs: &[Run]) -> BTreeSet<Site> {
    runs.iter().flat_map(|run| &run.outside).map(|call| call.at).collect()
}

fn attempt(facts: &Facts<'_>, pair: &Pair<'_>, attempt: f64) -> Option<Runs> {
    facts.try_out(pair.seen, &Trial { attempt, ..Trial::default() })
}

/// A write of the inline path that the first attempt makes, where the second one writes nothing whichever way it goes,
/// and does nothing else either.
fn written_once(facts: &Facts<'_>, pair: &Pair<'_>, made_up: &MadeUp) -> Option<Site> {
    let first_write = |runs: &[Run], among: Option<&BTreeSet<Site>>| {
        let mut writing = Writing::of_any_table();
        let is_one = |call: &&Outside| among.is_none_or(|among| among.contains(&call.at));
        runs.iter().flat_map(|run| &run.outside).filter(is_one).find(|call| writing.has(call)).map(|call| call.at)
    };
    let inline = calls(&facts.seen_of(pair.offload)?.inline);
    first_write(&pair.seen.runs, Some(&inline)).filter(|_| first_write(&made_up.runs, None).is_none())?;
    let (first, second) = (attempt(facts, pair, 0.0)?, attempt(facts, pair, ATTEMPT)?);
    let site = first_write(&first, Some(&inline))?;
    let is_nothing = second.are_all()
        && are_whole(&second)
        && second.iter().any(is_done)
        && first_write(&second, None).is_none()
        && calls(&second).is_subset(&calls(&first));
    is_nothing.then_some(site)
}

/// Whether no later attempt calls what the first one calls, or something else in its place.
fn is_left_out(facts: &Facts<'_>, pair: &Pair<'_>, made_up: &MadeUp, site: Site) -> bool {
    let later = || made_up.runs.iter().chain(&made_up.spent);
    are_whole(&made_up.runs)
        && are_whole(&made_up.spent)
        && made_up.runs.iter().any(is_done)
        && !later().any(|run| run.outside.iter().any(|call| call.at == site))
        && attempt(facts, pair, 0.0).is_some_and(|first| calls(&made_up.runs).is_subset(&calls(&first)))
}
