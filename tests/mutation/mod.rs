//! Changes of a spec, one value at a time: what the tests of facts and those of changes share.

use inngest_offload::document::{Node, Value};
use serde_yaml::Value as Yaml;

/// Changes that need another one beside them: the end of the pointer, the value, the keys of the same
/// map that go, and those that come.
type Together = (&'static str, &'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);
const TOGETHER: &[Together] = &[
    ("/kind", "webhook", &["schedule"], &[("dispatchKey", "a:{job}"), ("payload", "CronDispatchEventData")]),
    ("/kind", "cron", &["when"], &[("schedule", "7 3 * * *")]),
    ("/status", "generated", &["via"], &[("dispatchKey", "a:{job}")]),
    ("/extends", "", &["extends"], &[]),
];

/// A scalar and the way to it.
pub(crate) struct Leaf {
    pub(crate) path: Vec<String>,
    pub(crate) value: Value,
}

impl Leaf {
    /// Its JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        self.path.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
    }
}

/// Every scalar under a node.
pub(crate) fn walk(node: &Node, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    match &node.value {
        Value::Mapping(entries) => {
            for (key, entry) in entries {
                path.push(key.clone());
                walk(&entry.node, path, leaves);
                path.pop();
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                walk(item, path, leaves);
                path.pop();
            }
        }
        value => leaves.push(Leaf { path: path.clone(), value: value.clone() }),
    }
}

/// Forms of a marker, of which one is allowed in most places.
pub(crate) fn marked(text: &str, marker: &str) -> Vec<String> {
    let mut all = vec![marker.to_owned(), format!("/{marker}"), format!("{text}{marker}")];
    if text.starts_with('{') {
        all.push(format!("{{manifest}}{marker}"));
    }
    all
}

/// Other values for what is no free text: values of the same kind elsewhere in the spec, and some
/// that it does not use.
pub(crate) fn others(leaf: &Leaf, document: &Node) -> Vec<Yaml> {
    match &leaf.value {
        Value::Bool(value) => return vec![Yaml::Bool(!value)],
        Value::Integer(value) => {
            return [value + 1, value - 1, 503].into_iter().map(|n| Yaml::Number(n.into())).collect();
        }
        _ => {}
    }
    let Value::String(own) = &leaf.value else { return Vec::new() };
    let mut out: Vec<String> = [
        "existing",
        "generated",
        "cron",
        "webhook",
        "PUT",
        "P7",
        "7m",
        "7 3 * * *",
        "uuid",
        "now",
        "integer",
        "number",
        "date",
        "string",
        "verify",
        "convert",
        "done",
        "allow",
        "required",
        "optional",
        "id",
        "name",
        "succeeded",
        "cancelled",
    ]
    .map(str::to_owned)
    .to_vec();
    let kind = |leaf: &Leaf| leaf.path.iter().rev().find(|part| part.parse::<usize>().is_err()).cloned();
    let mut leaves = Vec::new();
    walk(document, &mut Vec::new(), &mut leaves);
    out.extend(leaves.into_iter().filter(|other| kind(other) == kind(leaf)).filter_map(|other| match other.value {
        Value::String(text) => Some(text),
        _ => None,
    }));
    for name in ["payloads", "offloads"] {
        if let Some((_, Node { value: Value::Mapping(entries), .. })) = document.child(name) {
            out.extend(entries.keys().cloned());
        }
    }
    if leaf.path.last().is_some_and(|key| key == "rule") {
        out.extend(inngest_offload::lint::RULES.iter().map(|rule| rule.meta.id.to_owned()));
    }
    out.retain(|text| text != own);
    let mut seen = std::collections::HashSet::new();
    out.retain(|text| seen.insert(text.clone()));
    out.into_iter().map(Yaml::String).collect()
}

/// The value at the end of a path.
pub(crate) fn at<'y>(yaml: &'y mut Yaml, path: &[String]) -> Option<&'y mut Yaml> {
    let mut here = yaml;
    for part in path {
        here = match here {
            Yaml::Mapping(map) => map.get_mut(part.as_str())?,
            Yaml::Sequence(items) => items.get_mut(part.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(here)
}

/// The spec with another value for a leaf, and with what has to change beside it.
pub(crate) fn together(leaf: &Leaf, original: &Yaml) -> Vec<(&'static str, Yaml)> {
    let pointer = leaf.pointer();
    let own = |value: &str| matches!(&leaf.value, Value::String(own) if own == value);
    let fitting = TOGETHER.iter().filter(|(end, value, ..)| pointer.ends_with(end) && !own(value));
    let change = |(end, value, leave, come): &Together| {
        let mut yaml = original.clone();
        let (_, parent) = leaf.path.split_last()?;
        let Yaml::Mapping(map) = at(&mut yaml, parent)? else { return None };
        map.insert(Yaml::String(end[1..].to_owned()), Yaml::String((*value).to_owned()));
        leave.iter().for_each(|key| drop(map.remove(*key)));
        for (key, value) in *come {
            map.insert(Yaml::String((*key).to_owned()), Yaml::String((*value).to_owned()));
        }
        Some((*value, yaml))
    };
    fitting.filter_map(change).collect()
}
