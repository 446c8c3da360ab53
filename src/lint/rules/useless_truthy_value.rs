//! `useless-truthy-value`: a list of truthy values that does not say what it seems to.

use std::collections::HashSet;

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::truthy::normal;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "useless-truthy-value",
        severity: Severity::Error,
        group: Group::Flags,
        summary: "`flags.truthy` is empty, or contains a blank or repeated value.",
        why: "Values are trimmed and compared without case, and a blank variable counts as unset: such an entry has \
              no effect.",
        bad: Example::Over("flags: { truthy: [\"1\", \"true\", \"TRUE\"] }"),
        good: Example::Over("flags: { truthy: [\"1\", \"true\", \"yes\"] }"),
    },
    check: |contract, findings| {
        if contract.truthy.is_empty() {
            let help = "list the values that count as on, such as \"1\" and \"true\"";
            findings.report(&RULE.meta, &contract.truthy.at, "no value counts as on: no flag can be on", help);
        }
        let mut seen = HashSet::new();
        for (i, value) in contract.truthy.iter().enumerate() {
            let normal = normal(value);
            let why = if normal.is_empty() {
                "is blank"
            } else if !seen.insert(normal) {
                "repeats another one, apart from case and surrounding space"
            } else {
                continue;
            };
            let message = format!("the truthy value `{}` {why}", value.escape_debug());
            findings.report(&RULE.meta, &contract.truthy.at.index(i), message, "remove it");
        }
    },
};
