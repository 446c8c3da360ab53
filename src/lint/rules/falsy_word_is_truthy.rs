//! `falsy-word-is-truthy`: a word for "off" that counts as on.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::truthy::{FALSY_WORDS, normal};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "falsy-word-is-truthy",
        severity: Severity::Error,
        group: Group::Flags,
        summary: "A word that means off counts as on.",
        why: "Rollbacks set a flag to `false`; if `false` is a truthy value, they turn it on.",
        bad: Example::Over("flags: { truthy: [\"true\", \"off\"] }"),
        good: Example::Over("flags: { truthy: [\"true\", \"on\"] }"),
    },
    check: |contract, findings| {
        for (i, value) in contract.truthy.iter().enumerate() {
            if FALSY_WORDS.contains(&normal(value).as_str()) {
                let message = format!("`{value}` counts as on");
                let help = "remove it: all values that are not listed count as off";
                findings.report(&RULE.meta, &contract.truthy.at.index(i), message, help);
            }
        }
    },
};
