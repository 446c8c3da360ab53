//! All facts of a contract, each under a path that does not depend on the order of lists: what the
//! rules' account is checked against.

use std::collections::BTreeMap;

use serde_json::Value;

use super::renames::Renames;
use crate::contract::{Contract, traced, untraced};
use crate::pointer::Pointer;

/// A fact: what it says, and where the spec says it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fact {
    pub(super) value: Value,
    pub(super) place: Pointer,
}

/// The facts of a contract, under new names.
pub(super) fn facts(contract: &Contract, renames: &Renames) -> BTreeMap<Pointer, Fact> {
    let mut walk = Walk { renames, out: BTreeMap::new() };
    walk.value(&traced(contract), &Pointer::root(), &[], &Pointer::root());
    walk.out
}

struct Walk<'r> {
    renames: &'r Renames,
    out: BTreeMap<Pointer, Fact>,
}

impl Walk<'_> {
    fn value(&mut self, value: &Value, path: &Pointer, keys: &[&str], place: &Pointer) {
        let renames = self.renames;
        let (at, value) = untraced(value);
        let place = &at.map_or_else(|| place.clone(), Pointer::parse);
        let last = keys.last().copied().unwrap_or_default();
        // Both follow from other facts: from what offloads say of their flag, payloads of their parent.
        if keys.first() == Some(&"flags") && keys.len() == 3 && last == "offloads" || last == "inherited" {
            return;
        }
        // JSON of the team's own, whatever is in it.
        let is_field = keys.len() > 3 && keys[keys.len() - 3] == "fields";
        match value {
            Value::Object(map) if !(is_field && matches!(last, "example" | "default")) => {
                if map.is_empty() && last == "singleton" {
                    self.leaf(value, path, keys, place);
                }
                for (key, value) in map {
                    let name = new_key(renames, key, keys);
                    let keys = [keys, &[name]].concat();
                    self.value(value, &path.key(name), &keys, place);
                }
            }
            Value::Array(items) if !(is_field && matches!(last, "example" | "default")) => {
                let mut used: BTreeMap<String, usize> = BTreeMap::new();
                for (index, item) in items.iter().enumerate() {
                    let name = self.item(item, last, path, keys).unwrap_or_else(|| index.to_string());
                    let count = used.entry(name.clone()).or_default();
                    *count += 1;
                    // What a list of names says twice it says once; of other lists, each item counts.
                    let name = match (*count, last) {
                        (1, _) => name,
                        (_, "cancelOn" | "events" | "fields") => format!("{name} ({count})"),
                        _ => continue,
                    };
                    let keys = [keys, &[name.as_str()]].concat();
                    self.value(item, &path.key(&name), &keys, place);
                }
            }
            value => self.leaf(value, path, keys, place),
        }
    }

    fn leaf(&mut self, value: &Value, path: &Pointer, keys: &[&str], place: &Pointer) {
        let last = keys.last().copied().unwrap_or_default();
        let is_flag = keys.first() == Some(&"flags");
        let text = value.as_str().map(|text| match last {
            "payload" | "extends" | "type" => self.renames.in_type(text),
            "flag" | "on" | "set" | "unset" if last == "flag" || is_flag => self.renames.flag(text).to_owned(),
            "offload" | "job" => self.renames.job(text).to_owned(),
            _ => text.to_owned(),
        });
        let value = text.map_or_else(|| value.clone(), Value::String);
        self.out.insert(path.clone(), Fact { value, place: place.clone() });
    }

    /// The name of an item of a list: what tells it from the others.
    fn item(&self, item: &Value, list: &str, path: &Pointer, keys: &[&str]) -> Option<String> {
        let (_, item) = untraced(item);
        if let Value::String(text) = item {
            return Some(text.clone());
        }
        let text = |key: &str| untraced(item.get(key)?).1.as_str();
        Some(match list {
            "fields" => {
                let name = text("name")?.to_owned();
                self.renames.fields.get(&(path.as_str().to_owned(), name.clone())).cloned().unwrap_or(name)
            }
            "events" => {
                let name = text("name")?.to_owned();
                let job = keys.get(1).copied().unwrap_or_default().to_owned();
                self.renames.events.get(&(job, name.clone())).cloned().unwrap_or(name)
            }
            "metadata" => text("name")?.to_owned(),
            "allow" => text("rule")?.to_owned(),
            "synchronous" => text("route")?.to_owned(),
            "cancelOn" => text("event")?.to_owned(),
            "rollout" => format!("{} {}", self.renames.job(text("offload")?), text("step")?),
            _ => return None,
        })
    }
}

/// The new name of a key.
fn new_key<'k>(renames: &'k Renames, key: &'k str, keys: &[&str]) -> &'k str {
    match keys {
        ["offloads"] => renames.job(key),
        ["payloads"] => renames.payload(key),
        ["flags"] | ["flags", _, "rollback", "set"] => renames.flag(key),
        _ => key,
    }
}
