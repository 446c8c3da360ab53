//! `failed-not-written`: `failed` is not written when the retries are used up.

use super::CodeRule;
use crate::conform::evidence::frames::{around, is_within};
use crate::conform::evidence::functions::Pair;
use crate::conform::evidence::statuses::{
    are_plain, are_whole, begun, is_done, known_state, listens_for, of_failure, of_handler, recorded,
};
use crate::conform::facts::Facts;
use crate::conform::machine::{Failing, Taint};
use crate::conform::observe::{Answer, Run};
use crate::conform::program::Site;
use crate::contract::{Ledger, LedgerState};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "failed-not-written",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "`failed` is not written when the retries are used up.",
        why: "A job that failed for good looks as if it were still running: nobody is alerted, and nobody starts it again.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "jobName, status: \"failed\",",
                "jobName, status: \"running\",",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some((ledger, pairs)) = recorded(facts) else { return };
        if !ledger.states.value.contains(&LedgerState::Failed)
            || listens_for(facts, "inngest/function.failed", "failed")
        {
            return;
        }
        for pair in pairs {
            let all = || of_handler(&pair).chain(of_failure(&pair));
            // A run may also write it in `finally`, or after a settled promise, when its work fails.
            let failing = pair.seen.made_up.iter().flat_map(|made_up| made_up.broken.iter().chain(&made_up.spent));
            let is_written =
                all().chain(failing.flat_map(|run| &run.statuses)).any(|write| known_state(write) == Some("failed"));
            if all().next().is_none() || !is_known(ledger, &pair) {
                continue;
            }
            let id = &pair.claimed.id.value;
            if is_written {
                if let Some((place, message)) = only_sometimes(facts, &pair) {
                    let help = "write `failed` regardless of the attempt and the environment";
                    findings
                        .report_at(&RULE.meta, facts.location(place), message, help)
                        .offload(&pair.offload.job)
                        .also(&ledger.states.at, ledger.states.label("the states in the contract"));
                }
                continue;
            }
            let message = match &pair.seen.failure {
                None => format!("`{id}` has no `onFailure`, so nothing writes `failed` when its retries are used up"),
                Some(_) => format!("`onFailure` of `{id}` does not write `failed`"),
            };
            let help = format!("write `failed` with `{}` in `onFailure`, inside a step", ledger.writer.export.value);
            findings
                .report_at(&RULE.meta, facts.location(pair.option_at("onFailure")), message, help)
                .offload(&pair.offload.job)
                .also(&ledger.states.at, ledger.states.label("the states in the contract"));
        }
    },
};

/// Where a run that failed for good is left without `failed`, although it is written in other cases.
fn only_sometimes(facts: &Facts<'_>, pair: &Pair<'_>) -> Option<(Site, String)> {
    let id = &pair.claimed.id.value;
    let writes = |run: &Run| run.statuses.iter().any(|write| known_state(write).is_none_or(|state| state == "failed"));
    let made_up = pair.seen.made_up.as_ref()?;
    if of_failure(pair).any(|write| known_state(write) == Some("failed")) {
        // A handler that writes it itself may leave the rest to `onFailure`.
        let in_handler = of_handler(pair).any(|write| known_state(write) == Some("failed"));
        let failure = pair.seen.failure.as_deref().unwrap_or_default();
        let parts = |run: &Run, other: &Run| writes(other) && run.course.parts_by(Taint::FAILURE, &other.course);
        let picks = |run: &Run| is_done(run) && !writes(run) && failure.iter().any(|other| parts(run, other));
        if !in_handler && failure.iter().any(picks) {
            let message = format!("`onFailure` of `{id}` writes `failed` after some errors but not after others");
            return Some((pair.option_at("onFailure"), message));
        }
        let leaves = |run: &&Run| run.decisions == 0 && is_done(run) && !writes(run);
        let run = made_up.failure.iter().find(leaves).filter(|_| !in_handler)?;
        let mut unset: Vec<&str> = Vec::new();
        for (name, _) in &run.env {
            if !unset.contains(&&**name) && !facts.names_variable(name) {
                unset.push(name);
            }
        }
        let when = match unset.as_slice() {
            [] => "for a failed run: there, for example, the attempt is 0".to_owned(),
            [name] => format!("while `{name}` is not set"),
            names => format!("while `{}` are not set", names.join("` and `")),
        };
        return Some((pair.option_at("onFailure"), format!("`onFailure` of `{id}` does not write `failed` {when}")));
    }
    let write = of_handler(pair).find(|write| known_state(write) == Some("failed"))?;
    // A step's callback is called in every attempt, so what it writes in the last one is written.
    if pair.seen.runs.iter().any(writes_where_it_breaks) {
        let leaves = |run: &&Run| matches!(run.answer, Answer::Thrown(_)) && run.decisions == 0 && !writes(run);
        made_up.spent.iter().find(leaves)?;
        let message =
            format!("`{id}` does not write `failed` in its last attempt, where `attempt` is {}", made_up.last);
        return Some((write.at, message));
    }
    // When a step is not retried any more, Inngest hands its error to the handler in a call whose attempt is 0 again.
    let leaves = |run: &Run| {
        let in_step = run.outside.iter().find(|call| run.broken.iter().any(|broken| broken.at == call.at));
        in_step.is_some_and(|call| call.in_step) && matches!(run.answer, Answer::Thrown(_)) && !writes(run)
    };
    let mut failed = begun(facts, pair, Failing::All).peekable();
    failed.peek()?;
    if !failed.all(|(run, _)| leaves(run)) {
        return None;
    }
    let message = format!(
        "`{id}` does not write `failed` when a step fails for good: \
         `attempt` is 0 again in the call that receives the error"
    );
    Some((write.at, message))
}

/// Whether `failed` is written in the step in which something failed.
fn writes_where_it_breaks(run: &Run) -> bool {
    let failed = run.statuses.iter().filter(|write| known_state(write) == Some("failed"));
    let mut steps = failed.flat_map(|write| around(run, write.parent)).filter(|index| run.entered[*index].in_step);
    steps.any(|step| run.broken.iter().any(|broken| is_within(run, broken.parent, step)))
}

/// Whether everything that could write it is known.
fn is_known(ledger: &Ledger, pair: &Pair<'_>) -> bool {
    let failure = match &pair.seen.failure {
        None => pair.seen.options.is_closed(),
        Some(runs) => are_whole(runs),
    };
    failure && are_whole(&pair.seen.runs) && are_plain(ledger, of_handler(pair).chain(of_failure(pair)))
}
