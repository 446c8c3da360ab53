//! `status-state-missing`: a state of the contract is never written, or not on every path to the end of a run.

use super::CodeRule;
use crate::conform::evidence::functions::Pair;
use crate::conform::evidence::statuses::{
    are_plain, are_whole, begun, is_done, known_state, listens_for, of_failure, of_handler, recorded,
};
use crate::conform::evidence::wording::variable;
use crate::conform::facts::Facts;
use crate::conform::machine::Failing;
use crate::conform::names::calls::observes;
use crate::conform::observe::{Run, StatusWrite, Trial};
use crate::conform::program::Site;
use crate::contract::{Ledger, LedgerState};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// Most variables of which one is asked whether it decides.
const MOST_VARIABLES: usize = 8;

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "status-state-missing",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A state of the contract is never written, or not on every path to the end of a run.",
        why: "A run that has ended looks as if it were still running, or a running one as if it had never started: alerts on the ledger are wrong.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "    await step.run(\"running\", () => writeInngestJobStatus({ ...record, status: \"running\" }));\n",
                "",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some((ledger, pairs)) = recorded(facts) else { return };
        for pair in pairs {
            // If there is no record at all, another rule reports it; unknown records may hold the state.
            let has_records = of_handler(&pair).chain(of_failure(&pair)).next().is_some();
            if !has_records || !are_plain(ledger, of_handler(&pair)) || !are_whole(&pair.seen.runs) {
                continue;
            }
            for state in &ledger.states.value {
                let name = state.as_str();
                let is_written = of_handler(&pair).any(|write| known_state(write) == Some(name));
                let is_succeeded = |write: &StatusWrite| known_state(write) == Some(name);
                let at_end = unfinished(ledger, &pair);
                let never = never(&pair).filter(|_| *state == LedgerState::Running && is_written);
                let place = match state {
                    // What is written when the retries are used up has a rule of its own.
                    LedgerState::Failed => continue,
                    LedgerState::Cancelled if listens_for(facts, "inngest/function.cancelled", name) => continue,
                    // A function that always throws has nothing to write at its end.
                    LedgerState::Succeeded if !pair.seen.runs.iter().any(is_done) => continue,
                    _ if !is_written => pair.seen.at,
                    LedgerState::Succeeded => match at_end {
                        Some(run) => run.statuses.last().map_or(pair.seen.at, |write| write.at),
                        None => continue,
                    },
                    LedgerState::Running => match never.or_else(|| late(facts, &pair)) {
                        Some(place) => place,
                        None => continue,
                    },
                    _ => continue,
                };
                let id = &pair.claimed.id.value;
                let message = if never.is_some() {
                    match variable_of(facts, &pair) {
                        Some(variable) => format!("with {variable}, `{id}` never writes `{name}`"),
                        None => format!(
                            "`{id}` writes `{name}` in none of the attempts that Inngest makes (`attempt` counts from 0)"
                        ),
                    }
                } else if *state == LedgerState::Running && is_written {
                    format!("`{id}` writes `{name}` only after its work: while it works, no record says so")
                } else if is_written && at_end.is_some_and(|run| run.statuses.iter().any(is_succeeded)) {
                    format!("`{id}` writes another state after `{name}`, and that state remains")
                } else if is_written {
                    format!("`{id}` can end without writing `{name}`: the state that it wrote last remains")
                } else {
                    format!("`{id}` never writes `{name}`")
                };
                let help = match state {
                    LedgerState::Cancelled => {
                        "write it in a function that is triggered by `inngest/function.cancelled`".into()
                    }
                    _ => format!("write `{name}` inside a step on every path through the function"),
                };
                findings
                    .report_at(&RULE.meta, facts.location(place), message, help)
                    .offload(&pair.offload.job)
                    .also(&ledger.states.at, ledger.states.label("the states in the contract"));
            }
        }
    },
};

/// Where `running` is written, if none of the attempts that Inngest makes writes it: not the first, the second or the
/// last.
fn never(pair: &Pair<'_>) -> Option<Site> {
    let made_up = pair.seen.made_up.as_ref()?;
    let is_running = |write: &&StatusWrite| known_state(write) == Some("running");
    let mut runs = made_up.runs.iter().chain(&made_up.broken).chain(&made_up.spent);
    let first = of_handler(pair).find(is_running)?;
    let is_without = |run: &Run| !run.is_cut() && !run.statuses.iter().any(|write| is_running(&write));
    (made_up.runs.iter().any(is_done) && runs.all(is_without)).then_some(first.at)
}

/// The variable, with its value, on which it depends that no attempt writes `running`.
fn variable_of(facts: &Facts<'_>, pair: &Pair<'_>) -> Option<String> {
    let runs = &pair.seen.made_up.as_ref()?.runs;
    let mut names: Vec<&str> = runs.iter().flat_map(|run| &run.env).map(|(name, _)| &**name).collect();
    names.sort_unstable();
    names.dedup();
    let writes = |name: &str, value: &str| {
        let trial = Trial { set: Some((name, value)), ..Trial::default() };
        let runs = facts.try_out(pair.seen, &trial);
        runs.is_some_and(|runs| runs.iter().flat_map(|run| &run.statuses).any(|w| known_state(w) == Some("running")))
    };
    let decides = |name: &&str| ["true", "1", "false"].iter().any(|value| writes(name, value));
    names.into_iter().take(MOST_VARIABLES).find(decides).map(|name| variable(name, facts.variable(name)))
}

/// Where `running` is written only after the work.
fn late(facts: &Facts<'_>, pair: &Pair<'_>) -> Option<Site> {
    let is_running = |write: &&StatusWrite| known_state(write) == Some("running");
    // The work fails, and no record said that it was running.
    let mut failed = begun(facts, pair, Failing::All).peekable();
    failed.peek()?;
    if !failed.all(|(run, _)| !run.statuses.iter().any(|write| is_running(&write))) {
        return None;
    }
    let mut place = None;
    for run in pair.seen.runs.iter().filter(|run| is_done(run)) {
        let Some(write) = run.statuses.iter().find(is_running) else { continue };
        if run.outside.iter().any(|call| call.order > write.order && !observes(&call.name)) {
            return None;
        }
        place = Some(write.at);
    }
    place
}

/// A run that came to its end after a record and wrote no state that ends it.
fn unfinished<'f>(ledger: &Ledger, pair: &Pair<'f>) -> Option<&'f Run> {
    let ends = |state: &str| ledger.states.value.iter().any(|s| s.as_str() == state && *s != LedgerState::Running);
    pair.seen.runs.iter().find(|run| {
        let last = run.statuses.iter().filter_map(known_state).next_back();
        is_done(run) && !run.statuses.is_empty() && !last.is_some_and(ends)
    })
}
