//! `listed-twice`: a value that stands in its list already.

use std::collections::HashMap;
use std::hash::Hash;

use crate::contract::{Contract, Sourced, Type};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::lint::samples::written_fields;
use crate::pointer::Pointer;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "listed-twice",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "A list contains a value twice.",
        why: "One of the two was probably meant to be another value, which is now missing.",
        bad: Example::Over(
            "offloads: { nightly-report: { owners: [app/api/cron/nightly-report/route.ts, app/api/cron/nightly-report/route.ts] } }",
        ),
        good: Example::Over(
            "offloads: { nightly-report: { owners: [app/api/cron/nightly-report/route.ts, lib/nightly-report.ts] } }",
        ),
    },
    check: |contract, findings| {
        let mut once = Once::default();
        for offload in contract.offloads.values() {
            each(&offload.owners, |path| path.as_str().to_owned(), "the owner", findings);
            each(&offload.inline_fields, Clone::clone, "the field", findings);
            if once.first(&offload.methods) {
                let name = |i: usize| format!("{:?}", offload.methods[i]).to_uppercase();
                within(&offload.methods, name, "the method", findings);
            }
        }
        for (_, response) in contract.dispatch.responses.each() {
            let names = response.metadata.iter().map(|field| (field.name.value.clone(), &field.name.at));
            report(names, "the field", findings);
            let name = |i: usize| format!("{:?}", response.event[i]).to_lowercase();
            within(&response.event, name, "the field", findings);
        }
        if let Some(ledger) = &contract.ledger {
            each(&ledger.fields, Clone::clone, "the field", findings);
            let name = |i: usize| format!("{:?}", ledger.states[i]).to_lowercase();
            within(&ledger.states, name, "the state", findings);
        }
        each(&contract.environment.secrets, Clone::clone, "the secret", findings);
        for field in written_fields(contract) {
            let mut inner = &field.type_.value;
            while let Type::Array(item) | Type::Map(item) = inner {
                inner = item;
            }
            if let Type::Enum(values) = inner {
                let at: Vec<Pointer> = (0..values.len()).map(|i| field.at.key("values").index(i)).collect();
                report(values.iter().cloned().zip(&at), "the value", findings);
            }
        }
    },
};

/// A list of which each value knows its place.
fn each<T>(list: &[Sourced<T>], name: impl Fn(&T) -> String, what: &str, findings: &mut Findings<'_>) {
    if list.len() < 2 {
        return;
    }
    report(list.iter().map(|value| (name(&value.value), &value.at)), what, findings);
}

/// A list that knows its place as a whole.
fn within<T>(list: &Sourced<Vec<T>>, name: impl Fn(usize) -> String, what: &str, findings: &mut Findings<'_>) {
    if list.len() < 2 {
        return;
    }
    let at: Vec<Pointer> = (0..list.len()).map(|i| list.at.index(i)).collect();
    report((0..list.len()).map(name).zip(&at), what, findings);
}

fn report<'p, T>(values: impl Iterator<Item = (T, &'p Pointer)>, what: &str, findings: &mut Findings<'_>)
where
    T: Hash + Eq + std::fmt::Display,
{
    let mut seen: HashMap<T, &Pointer> = HashMap::new();
    for (value, at) in values {
        match seen.get(&value) {
            Some(first) => {
                let message = format!("{what} `{value}` is listed twice");
                findings.report(&RULE.meta, at, message, "remove one of the two").also(first, "already listed here");
            }
            None => {
                seen.insert(value, at);
            }
        }
    }
}
