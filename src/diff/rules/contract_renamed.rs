//! `contract-renamed`: the contract has a new name.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "contract-renamed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "The contract has a new name.",
        why: "The name appears at the top of the documents and nowhere else.",
        bad: Example::Change { old: "", new: "name: another" },
        good: Example::Change { old: "", new: "description: An example." },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        if let Some(name) = evolution.contract.value("name", |c| Some(&c.name)) {
            changes.tell(&RULE, &name, format!("the contract is renamed {}", words::change(&name)), "nothing to do");
        }
    },
};
