//! The safety net: facts that differ and that no rule accounts for, and words of the spec that say the
//! same in another way.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::facts::{Fact, facts};
use super::renames::Renames;
use super::rules::{other_change, written_otherwise};
use super::{Changes, Evolution};
use crate::document::{Document, Node, Value};
use crate::pointer::Pointer;

/// Reports what the rules left.
pub(super) fn tell(evolution: &Evolution<'_>, changes: &mut Changes<'_>) {
    let nothing = Renames::default();
    let (old, new) = (facts(evolution.old, &evolution.renames), facts(evolution.new, &nothing));
    let mut touched = Touched::default();
    touched.differences(&facts(evolution.old, &nothing), &new);
    let keys = old.keys().chain(new.keys().filter(|path| !old.contains_key(*path)));
    for path in keys {
        let (was, is) = (old.get(path), new.get(path));
        let value = |fact: Option<&Fact>| fact.map(|fact| fact.value.clone());
        if value(was) != value(is) && !changes.is_accounted(path) {
            let text = |fact: Option<&Fact>| fact.map(|fact| plain(&fact.value));
            let mut delta = evolution.contract.clone();
            delta.path = path.clone();
            delta.was_at = place(was.or(is));
            delta.is_at = place(is.or(was));
            if was.is_none() {
                delta.old = None;
            }
            if is.is_none() {
                delta.new = None;
            }
            other_change::tell(changes, &delta, text(was), text(is));
        }
    }
    touched.0.extend(changes.places.iter().map(unit));
    touched.0.remove("");
    reworded(evolution, changes, &touched);
}

fn place(fact: Option<&Fact>) -> Pointer {
    fact.map_or_else(Pointer::root, |fact| fact.place.clone())
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The parts of the spec in which a fact differs, if only by a name.
#[derive(Default)]
struct Touched(BTreeSet<String>);

impl Touched {
    fn differences(&mut self, old: &BTreeMap<Pointer, Fact>, new: &BTreeMap<Pointer, Fact>) {
        for (these, others) in [(old, new), (new, old)] {
            let differing =
                these.iter().filter(|(path, fact)| others.get(*path).is_none_or(|other| other.value != fact.value));
            self.0.extend(differing.map(|(_, fact)| unit(&fact.place)));
        }
    }

    fn holds(&self, unit: &str) -> bool {
        // What all folders lie in is a part of each.
        let unit = if unit == "targets/within" { "targets" } else { unit };
        let inside = format!("{unit}/");
        let above = unit.match_indices('/').map(|(end, _)| &unit[..end]);
        // What is built in is said to be at what it applies to, above its own key.
        above.chain([unit]).any(|part| self.0.contains(part))
            || self.0.range(inside.clone()..).next().is_some_and(|next| next.starts_with(&inside))
    }
}

/// One note for each part of the spec that is written otherwise and in which no fact differs.
fn reworded(evolution: &Evolution<'_>, changes: &mut Changes<'_>, touched: &Touched) {
    let (old, new) = (leaves(changes.old), leaves(changes.new));
    let differs = |path: &&Pointer| old.get(*path) != new.get(*path);
    let all = new.keys().chain(old.keys().filter(|path| !new.contains_key(*path)));
    let mut units: BTreeMap<String, &Pointer> = BTreeMap::new();
    for path in all.filter(differs) {
        units.entry(unit(path)).or_insert(path);
    }
    for (_, path) in units.into_iter().filter(|(unit, _)| !touched.holds(unit)) {
        let mut delta = evolution.contract.clone();
        delta.is_at = path.clone();
        delta.was_at = path.clone();
        if !old.contains_key(path) {
            delta.old = None;
        }
        if !new.contains_key(path) {
            delta.new = None;
        }
        written_otherwise::tell(changes, &delta, path);
    }
}

/// The part of the spec that a place belongs to: an offload, a payload, a flag, a default.
fn unit(path: &Pointer) -> String {
    let parts: Vec<String> = path.segments().collect();
    let second = parts.get(1).map(String::as_str);
    let most = match (parts.first().map(String::as_str), second) {
        (Some("defaults"), _) if parts.get(2).is_some_and(|key| key == "function") => 4,
        (Some("defaults"), _) | (Some("flags"), Some("declared")) => 3,
        (Some("dispatch"), Some("responses")) | (Some("targets"), Some("typescript")) => 3,
        (Some("offloads" | "payloads" | "flags" | "dispatch" | "policy" | "targets"), _) => 2,
        _ => 1,
    };
    parts.into_iter().take(most).collect::<Vec<_>>().join("/")
}

/// Every scalar of a spec by its pointer.
fn leaves(document: &Document) -> BTreeMap<Pointer, String> {
    fn walk(node: &Node, at: &Pointer, out: &mut BTreeMap<Pointer, String>) {
        match &node.value {
            Value::Mapping(entries) if !entries.is_empty() => {
                entries.iter().for_each(|(key, entry)| walk(&entry.node, &at.key(key), out));
            }
            Value::Sequence(items) if !items.is_empty() => {
                items.iter().enumerate().for_each(|(index, item)| walk(item, &at.index(index), out));
            }
            _ => drop(out.insert(at.clone(), node.to_json().to_string())),
        }
    }
    let mut out = BTreeMap::new();
    walk(document.root(), &Pointer::root(), &mut out);
    out
}
