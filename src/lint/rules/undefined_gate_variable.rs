//! `undefined-gate-variable`: a command with a hole in it.

use std::collections::HashSet;

use crate::contract::{Contract, Gates, Sourced};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};
use crate::suggest::did_you_mean;

/// The rule. A name is one finding, however often it is used.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "undefined-gate-variable",
        severity: Severity::Error,
        group: Group::Scope,
        summary: "A gate uses a variable that nothing defines.",
        why: "The command runs with the literal text `{name}`, so the gate checks something else.",
        bad: Example::Over("gates: { run: [\"npm run replay -- {manifest}\"] }"),
        good: Example::Over("gates: { variables: { manifest: replay.json }, run: [\"npm run replay -- {manifest}\"] }"),
    },
    check: |contract, findings| {
        let Some(gates) = &contract.gates else { return };
        let mut seen = HashSet::new();
        for (name, text) in uses(gates) {
            if gates.variables.contains_key(name) || !seen.insert(name) {
                continue;
            }
            let help = match meant(gates, name) {
                Some(close) => format!("did you mean `{{{close}}}`?"),
                None => format!("define it under `gates.variables`: `{name}: …`, or `{name}: {{ ask: … }}`"),
            };
            findings.report(&RULE.meta, &text.at, format!("nothing defines the variable `{name}`"), help);
        }
    },
};

/// The variables that commands and the fallback name, as often as they do. `${NAME}` is the shell's.
pub(super) fn uses(gates: &Gates) -> impl Iterator<Item = (&str, &Sourced<String>)> {
    let fallback = gates.fallback.iter().flat_map(|fallback| fallback.run.iter().chain([&fallback.missing]));
    gates.run.iter().chain(fallback).flat_map(|text| names(text).map(move |name| (name, text)))
}

/// The variable that an undefined name stands for in all likelihood.
pub(super) fn meant<'g>(gates: &'g Gates, name: &str) -> Option<&'g str> {
    did_you_mean(name, gates.variables.keys().map(String::as_str))
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{').filter_map(move |(at, _)| {
        let name = text[at + 1..].split_once('}')?.0;
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        (plain && begins && !text[..at].ends_with('$')).then_some(name)
    })
}
