//! `ledger-missing`: runs that leave no record.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::pointer::Pointer;
use crate::rule::{Example, Group, Meta, Rule};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "ledger-missing",
        severity: Severity::Warning,
        group: Group::Responses,
        summary: "There are generated functions, and no ledger of their runs.",
        why: "A dispatch-only route answers before the work begins: only a record of the run tells whether it was \
              done.",
        bad: Example::Over("ledger: null"),
        good: Example::Over("description: The base has a ledger."),
    },
    check: |contract, findings| {
        if contract.ledger.is_some() {
            return;
        }
        if let Some(offload) = contract.generated().next() {
            let message = format!("nothing records the runs of `{}`: there is no ledger", offload.job);
            let help = "add `ledger` with the function that writes a record, the states and the fields";
            findings.report_key(&RULE.meta, &Pointer::root().key("offloads"), message, help);
        }
    },
};
