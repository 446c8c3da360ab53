//! Lists and settings of the whole contract on both sides.

use super::{Delta, Evolution};
use crate::contract::{Allow, Contract, Origin, RelPath, Sourced};
use crate::pointer::Pointer;

/// An entry that came or went: whether it is gone, its text, and where.
type Entry<'c> = (bool, String, Delta<'c, Contract>);

fn entries<'c>(
    evolution: &Evolution<'c>,
    keys: &[&str],
    old: Vec<(String, Pointer)>,
    new: Vec<(String, Pointer)>,
) -> Vec<Entry<'c>> {
    let mut out = Vec::new();
    for (these, others, gone) in [(&old, &new, true), (&new, &old, false)] {
        for (text, at) in these.iter().filter(|(text, _)| !others.iter().any(|(other, _)| other == text)) {
            let keys = [keys, &[text.as_str()]].concat();
            out.push((gone, text.clone(), evolution.contract.single(gone, &keys, at)));
        }
    }
    out
}

fn indexed<T: serde::Serialize>(list: &Sourced<Vec<T>>) -> Vec<(String, Pointer)> {
    let at = |index: usize| if list.origin == Origin::BuiltIn { list.at.clone() } else { list.at.index(index) };
    list.iter().enumerate().map(|(index, value)| (super::words::shown(value), at(index))).collect()
}

/// Values that count as on.
pub(super) fn truthy<'c>(evolution: &Evolution<'c>) -> Vec<Entry<'c>> {
    let (old, new) = (&evolution.old.truthy, &evolution.new.truthy);
    let mut found = entries(evolution, &["truthy"], indexed(old), indexed(new));
    for (gone, _, delta) in &mut found {
        if *gone {
            delta.is_at = new.at.clone();
        } else {
            delta.was_at = old.at.clone();
        }
    }
    found
}

/// States or fields of status records, where there are records on both sides.
pub(super) fn ledger<'c>(evolution: &Evolution<'c>, states: bool) -> Vec<Entry<'c>> {
    let (Some(old), Some(new)) = (&evolution.old.ledger, &evolution.new.ledger) else { return Vec::new() };
    if states {
        return entries(evolution, &["ledger", "states"], indexed(&old.states), indexed(&new.states));
    }
    entries(evolution, &["ledger", "fields"], placed(&old.fields), placed(&new.fields))
}

/// Variables that hold secrets.
pub(super) fn secrets<'c>(evolution: &Evolution<'c>) -> Vec<Entry<'c>> {
    let list = |contract: &Contract| placed(&contract.environment.secrets);
    entries(evolution, &["environment", "secrets"], list(evolution.old), list(evolution.new))
}

fn placed(list: &[Sourced<String>]) -> Vec<(String, Pointer)> {
    list.iter().map(|text| (text.value.clone(), text.at.clone())).collect()
}

/// The ceilings of the policy that differ.
pub(super) fn ceilings<'c>(evolution: &Evolution<'c>) -> Vec<(&'static str, Delta<'c, i64>)> {
    let policy = evolution.contract.part("policy", |contract| Some(&contract.policy));
    let retries = policy.value("retries", |policy| Some(&policy.retries)).map(|delta| ("retries", delta));
    let concurrency =
        policy.value("concurrency", |policy| Some(&policy.concurrency)).map(|delta| ("concurrency", delta));
    retries.into_iter().chain(concurrency).collect()
}

/// The folders of outputs that differ, with what lies in them. Of TypeScript that comes or goes, all of
/// its settings do.
pub(super) fn outputs<'c>(evolution: &Evolution<'c>) -> Vec<(&'static str, Delta<'c, RelPath>)> {
    let targets = evolution.contract.part("targets", |contract| Some(&contract.targets));
    let typescript = targets.part("typescript", |targets| targets.typescript.as_ref());
    let mut modules = typescript.value("out", |typescript| Some(&typescript.out));
    if let Some(modules) = modules.as_mut().filter(|modules| modules.both().is_none()) {
        modules.path = typescript.path.clone();
    }
    let found = [
        ("TypeScript modules", modules),
        ("JSON Schemas", targets.value("schemas", |targets| targets.schemas.as_ref())),
        ("documents", targets.value("docs", |targets| targets.docs.as_ref())),
    ];
    found.into_iter().filter_map(|(what, out)| out.map(|out| (what, out))).collect()
}

/// Accepted findings that came or went: the list that they are in, whether they came, and which.
pub(super) fn allows<'c>(evolution: &Evolution<'c>) -> Vec<(Delta<'c, ()>, bool, &'c Allow)> {
    let mut out = Vec::new();
    for (list, old, new) in lists(evolution) {
        let has = |list: &[Allow], allow: &Allow| list.iter().any(|other| other.rule.value == allow.rule.value);
        out.extend(old.iter().filter(|allow| !has(new, allow)).map(|allow| (list.clone(), false, allow)));
        out.extend(new.iter().filter(|allow| !has(old, allow)).map(|allow| (list.clone(), true, allow)));
    }
    out
}

/// The lists of accepted findings, those of offloads and that of the contract.
pub(super) fn lists<'c>(evolution: &Evolution<'c>) -> Vec<(Delta<'c, ()>, &'c [Allow], &'c [Allow])> {
    let whole = (evolution.contract.with(Some(&()), Some(&())), &evolution.old.allow[..], &evolution.new.allow[..]);
    let offloads = evolution.offloads.both.iter().filter_map(|offload| {
        let (old, new) = offload.both()?;
        Some((offload.with(Some(&()), Some(&())), &old.allow[..], &new.allow[..]))
    });
    offloads.chain([whole]).collect()
}
