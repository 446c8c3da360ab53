//! `failed-not-written`: nothing writes `failed` when the retries are spent.

use super::CodeRule;
use super::functions::Pair;
use super::statuses::{are_plain, are_whole, known_state, listens_for, of_failure, of_handler, recorded};
use crate::contract::{Ledger, LedgerState};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "failed-not-written",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "Nothing writes `failed` when the retries are spent.",
        why: "A job that failed for good looks as if it still ran: nobody is told, and nobody starts it again.",
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
            let is_written = all().any(|write| known_state(write) == Some("failed"));
            if is_written || all().next().is_none() || !is_known(ledger, &pair) {
                continue;
            }
            let id = &pair.claimed.id.value;
            let message = match &pair.seen.failure {
                None => format!("`{id}` has no `onFailure`, so nothing writes `failed` when its retries are spent"),
                Some(_) => format!("`onFailure` of `{id}` does not write `failed`"),
            };
            let help = format!("write `failed` with `{}` in `onFailure`, inside of a step", ledger.writer.export.value);
            findings
                .report_at(&RULE.meta, facts.location(pair.option_at("onFailure")), message, help)
                .offload(&pair.offload.job)
                .also(&ledger.states.at, "the states of the contract");
        }
    },
};

/// Whether all is known that could write it.
fn is_known(ledger: &Ledger, pair: &Pair<'_>) -> bool {
    let failure = match &pair.seen.failure {
        None => pair.seen.options.is_closed(),
        Some(runs) => are_whole(runs),
    };
    failure && are_whole(&pair.seen.runs) && are_plain(ledger, of_handler(pair).chain(of_failure(pair)))
}
