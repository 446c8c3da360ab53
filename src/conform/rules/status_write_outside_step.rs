//! `status-write-outside-step`: the ledger's writer is called outside a step.

use super::CodeRule;
use crate::conform::evidence::frames::{outermost, with_steps};
use crate::conform::evidence::statuses::{known_state, recorded};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "status-write-outside-step",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "The ledger's writer is called outside a step.",
        why: "Code outside of steps runs again on every request from Inngest: the record is written once per step, and a time taken there is that of the last replay.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "await step.run(\"running\", () => writeInngestJobStatus({ ...record, status: \"running\" }));",
                "await writeInngestJobStatus({ ...record, status: \"running\" });",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some((ledger, pairs)) = recorded(facts) else { return };
        for pair in pairs {
            let runs = || pair.seen.runs.iter().chain(pair.seen.failure.iter().flatten());
            // A function without any step is tried again as a whole.
            if runs().all(|run| run.steps.is_empty()) {
                continue;
            }
            let mut reported: Vec<Site> = Vec::new();
            for run in runs() {
                let steps = with_steps(run);
                for write in run.statuses.iter().filter(|write| !write.in_step) {
                    let at = outermost(run, write.parent, write.at, &steps);
                    if reported.contains(&at) {
                        continue;
                    }
                    reported.push(at);
                    let id = &pair.claimed.id.value;
                    let what = known_state(write).map_or_else(|| "a status".to_owned(), |state| format!("`{state}`"));
                    let message = format!("`{id}` writes {what} outside a step");
                    let help = "call the writer inside `step.run`";
                    findings
                        .report_at(&RULE.meta, facts.location(at), message, help)
                        .offload(&pair.offload.job)
                        .also(&ledger.writer.export.at, "the writer in the contract");
                }
            }
        }
    },
};
