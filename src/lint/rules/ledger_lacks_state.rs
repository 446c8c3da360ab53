//! `ledger-lacks-state`: a run can get into a state that is never recorded.

use crate::contract::{Contract, Function, LedgerState, SingletonMode};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::bindings::listed;
use crate::pointer::Pointer;
use crate::rule::{Example, Group, Meta};

/// The states that every run can be in.
const ALWAYS: [LedgerState; 3] = [LedgerState::Running, LedgerState::Succeeded, LedgerState::Failed];

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "ledger-lacks-state",
        severity: Severity::Warning,
        group: Group::Responses,
        summary: "The ledger lacks a state that a run can reach.",
        why: "A run whose end is not recorded appears to run forever; a cancelled run does not report a failure.",
        bad: Example::Over(
            "offloads: { nightly-report: { function: { timeouts: { finish: 10m } } } }\nledger: { states: [running, succeeded, failed] }",
        ),
        good: Example::Over(
            "offloads: { nightly-report: { function: { timeouts: { finish: 10m } } } }\nledger: { states: [running, succeeded, failed, cancelled] }",
        ),
    },
    check: |contract, findings| {
        let Some(ledger) = &contract.ledger else { return };
        let lacks = |state: &LedgerState| !ledger.states.contains(state);
        if contract.generated().next().is_none() {
            return;
        }
        let mut functions = contract.generated().flat_map(|offload| offload.events()).map(|event| &event.function);
        let mut missing: Vec<&str> = ALWAYS.iter().filter(|state| lacks(state)).map(|state| state.as_str()).collect();
        let cancelled = functions.find_map(cancels).filter(|_| lacks(&LedgerState::Cancelled));
        if cancelled.is_some() {
            missing.push(LedgerState::Cancelled.as_str());
        }
        if missing.is_empty() {
            return;
        }
        let message =
            format!("runs can be {}, but the ledger has no such state", listed(missing).replace(" and ", " or "));
        let finding = findings.report(&RULE.meta, &ledger.states.at, message, "add it to `ledger.states`");
        if let Some(at) = cancelled {
            finding.also(at, "this can cancel runs");
        }
    },
};

/// What may cancel a run of a function.
fn cancels(function: &Function) -> Option<&Pointer> {
    let events = function.cancel_on.as_ref().filter(|events| !events.is_empty()).map(|events| &events.at);
    let timeouts = function.timeouts.as_ref().filter(|t| t.start.is_some() || t.finish.is_some());
    let singleton = function.singleton.as_ref();
    let singleton = singleton.filter(|s| s.mode.as_ref().is_some_and(|mode| mode.value == SingletonMode::Cancel));
    events.or(timeouts.map(|t| &t.at)).or(singleton.map(|s| &s.at))
}
