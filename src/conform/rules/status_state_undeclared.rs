//! `status-state-undeclared`: a state is written or stored that is not in the contract.

use super::CodeRule;
use crate::conform::evidence::statuses::{is_declared, of_failure, of_handler, recorded, state, states};
use crate::conform::evidence::writer::{other_states, renamed};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "status-state-undeclared",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A state is written that is not in the contract, or the writer stores a state under another name.",
        why: "Readers of the ledger know the states of the contract: a row with another state is missing from every list, count and alert.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "    const report = await",
                "    await step.run(\"queued\", () => writeInngestJobStatus({ ...record, status: \"queued\" }));\n    const report = await",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some((ledger, pairs)) = recorded(facts) else { return };
        let always =
            renamed(facts).into_iter().map(|(state, name, at)| (format!("stores `{state}` as `{name}`"), name, at));
        let sometimes = other_states(facts, ledger).into_iter();
        let sometimes = sometimes.map(|(state, name, at)| (format!("can store `{name}` for `{state}`"), name, at));
        for (does, name, at) in always.chain(sometimes) {
            let message = format!("`{}` {does}, which is not a state of the contract", ledger.writer.export.value);
            let help = format!("store the state as it is, or add `{name}` to `ledger.states`");
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .also(&ledger.states.at, ledger.states.label("the states in the contract"));
        }
        for pair in pairs {
            let mut reported: Vec<(Site, &str)> = Vec::new();
            for write in of_handler(&pair).chain(of_failure(&pair)) {
                let Some(field) = state(write) else { continue };
                let Some(written) = field.value.as_text().filter(|written| !is_declared(ledger, written)) else {
                    continue;
                };
                if reported.contains(&(write.at, written)) {
                    continue;
                }
                reported.push((write.at, written));
                let id = &pair.claimed.id.value;
                let message = format!("`{id}` writes the state `{written}`, which is not in the contract");
                let help = format!("write one of `{}`, or add it to `ledger.states`", states(ledger).join("`, `"));
                findings
                    .report_at(&RULE.meta, facts.location(field.at), message, help)
                    .offload(&pair.offload.job)
                    .also(&ledger.states.at, ledger.states.label("the states in the contract"));
            }
        }
    },
};
