//! `unused-gate-variable`: a value that no gate takes.

use std::collections::HashSet;

use super::undefined_gate_variable::{meant, uses};
use crate::contract::{Contract, GateVariable};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. A variable that a misspelt name stands for is used: the name is the fault.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "unused-gate-variable",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "A gate variable is defined, but no command uses it.",
        why: "People provide or maintain a value that nothing uses.",
        bad: Example::Over("gates: { variables: { manifest: replay.json }, run: [npm test] }"),
        good: Example::Over("gates: { variables: { manifest: replay.json }, run: [\"npm test -- {manifest}\"] }"),
    },
    check: |contract, findings| {
        let Some(gates) = &contract.gates else { return };
        let mut used: HashSet<&str> = HashSet::new();
        for (name, _) in uses(gates) {
            if gates.variables.contains_key(name) || used.contains(name) {
                used.insert(name);
            } else {
                used.insert(name);
                used.extend(meant(gates, name));
            }
        }
        for (name, variable) in gates.variables.iter().filter(|(name, _)| !used.contains(name.as_str())) {
            let (GateVariable::Value(text) | GateVariable::Ask(text)) = variable;
            let message = format!("no command uses the variable `{name}`");
            findings.report_key(&RULE.meta, &text.at, message, format!("remove it, or use `{{{name}}}` in a command"));
        }
    },
};
