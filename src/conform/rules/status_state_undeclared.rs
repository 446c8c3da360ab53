//! `status-state-undeclared`: a state is written that the contract does not have.

use super::CodeRule;
use crate::conform::evidence::statuses::{is_declared, of_failure, of_handler, recorded, state, states};
use crate::conform::evidence::writer::renamed;
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "status-state-undeclared",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A state is written that the contract does not have, or the writer keeps one under another name.",
        why: "What reads the ledger knows the states of the contract: a row in another one is in no list, no count and no alert.",
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
        for (state, name, at) in renamed(facts) {
            let writer = &ledger.writer.export.value;
            let message = format!("`{writer}` keeps `{state}` as `{name}`, which the contract does not have");
            let help = format!("keep the state as it is, or add `{name}` to `ledger.states`");
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .also(&ledger.states.at, "the states of the contract");
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
                let message = format!("`{id}` writes the state `{written}`, which the contract does not have");
                let help = format!("write one of `{}`, or add it to `ledger.states`", states(ledger).join("`, `"));
                findings
                    .report_at(&RULE.meta, facts.location(field.at), message, help)
                    .offload(&pair.offload.job)
                    .also(&ledger.states.at, "the states of the contract");
            }
        }
    },
};
