//! `function-undeclared`: an Inngest function is not in the contract.

use super::CodeRule;
use crate::conform::facts::Facts;
use crate::contract::LedgerState;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "function-undeclared",
        severity: Severity::Warning,
        group: Group::CodeScope,
        summary: "An Inngest function is not in the contract.",
        why: "Nobody agreed on its triggers, its limits and its retries.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                r#"const jobName = "cron-nightly-report";"#,
                r#"const jobName = "cron-nightly-report";

export const cleanUp = inngest.createFunction({ id: "clean-up" }, { cron: "0 3 * * *" }, async () => null);"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let declared = |id: &str| facts.events().any(|(_, _, function)| function.id.value == id);
        for function in &facts.functions {
            let Some(id) = function.id.as_text().filter(|id| !declared(id)) else { continue };
            // A function of one of the contract's events under another id has a rule of its own.
            let event = function.triggers.first().map(|trigger| trigger.get("event"));
            let known = event.as_ref().and_then(|event| event.as_text());
            let contract = facts.events().find(|(_, event, _)| known == Some(event.name.value.as_str()));
            if contract.is_some_and(|(_, _, function)| facts.function(&function.id.value).is_none()) {
                continue;
            }
            // The function that records cancelled runs for the contract is triggered by the platform.
            let is_record = function.runs.iter().any(|run| !run.statuses.is_empty());
            if known == Some("inngest/function.cancelled") && is_record && records_cancelled(facts) {
                continue;
            }
            let message = format!("the contract does not list the function `{id}`");
            let help = "declare it with its event under `offloads`, or accept the finding under `allow` with a reason";
            findings.report_at(&RULE.meta, facts.location(function.at), message, help);
        }
    },
};

fn records_cancelled(facts: &Facts<'_>) -> bool {
    let ledger = facts.contract.ledger.as_ref();
    ledger.is_some_and(|ledger| ledger.states.value.contains(&LedgerState::Cancelled))
}
