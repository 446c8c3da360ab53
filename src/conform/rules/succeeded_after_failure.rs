//! `succeeded-after-failure`: a run whose work failed is recorded as `succeeded`.

use super::CodeRule;
use crate::conform::evidence::statuses::{begun, known_state, recorded};
use crate::conform::machine::Failing;
use crate::conform::observe::Answer;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "succeeded-after-failure",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A run whose work failed is recorded as `succeeded`.",
        why: "Inline, the same failure is an error; in Inngest it is neither retried nor recorded, so nobody notices.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "() => createNightlyReport())",
                "() => createNightlyReport().catch(() => ({ rows: 0 })))",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some((ledger, pairs)) = recorded(facts) else { return };
        for pair in pairs {
            // What is made of the failure, and where it is written, may be decided later: every way comes to the same.
            let feigned = |failing: Failing| {
                let runs = begun(facts, &pair, failing).map(|(run, site)| {
                    // What is not awaited has a rule of its own.
                    if run.dropped.iter().any(|dropped| dropped.calls.contains(&site)) {
                        return None;
                    }
                    let last = run.statuses.iter().rfind(|write| known_state(write).is_some())?;
                    (known_state(last) == Some("succeeded")).then_some((run, last, site))
                });
                runs.collect::<Option<Vec<_>>>()?.into_iter().next()
            };
            let feigned = [Failing::All, Failing::Writes].into_iter().find_map(feigned);
            let Some((run, last, site)) = feigned else { continue };
            let id = &pair.claimed.id.value;
            let (message, help) = match run.answer {
                Answer::Thrown(_) => (
                    format!("`{id}` writes `succeeded` whether or not its work fails"),
                    "write `succeeded` after the work, and only if it did not fail: not in `finally`, not before the work",
                ),
                _ => (
                    format!("`{id}` writes `succeeded` although its work threw; the inline path reports an error"),
                    "let the error through: the step is then retried, and `onFailure` writes `failed` in the end",
                ),
            };
            // Where the record is written by what is generated, what it is written for is not.
            let written = pair.written_at(facts);
            let at = if written == pair.seen.at { last.at } else { written };
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&pair.offload.job)
                .also_at(facts.location(site), "the call that fails")
                .also(&ledger.states.at, ledger.states.label("the states in the contract"));
        }
    },
};
