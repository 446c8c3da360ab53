//! No fact of the spec is dropped: whatever a value of our own contract is changed to, the generated
//! files change with it.
//!
//! Every scalar of the spec is changed, one at a time, and the contract is compiled anew. A text is
//! changed to a marker that occurs nowhere else, and the marker must come out, as it is or in the
//! case that a name takes. Where only certain values are allowed (an enum, a reference, a duration),
//! another allowed value is taken, and some file must differ. `contract.json`, which repeats
//! everything, does not count, nor does TypeScript: schemas and documents hold every fact by themselves.

use inngest_offload::artifact::{Artifact, without_seal};
use inngest_offload::contract;
use inngest_offload::document::{Document, Node, Value};
use inngest_offload::emit::{EMITTERS, Emission, Templates};
use inngest_offload::source::Source;
use inngest_offload::spec;
use serde_yaml::Value as Yaml;

const SPEC: &str = include_str!("../spec/inngest-offload.yaml");

/// Values that nothing generated shows, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("/version", "says how the spec is read; there is no other version"),
    (
        "/payloads/CronDispatchEventData/fields/params/optional",
        "a field bound to the parameters is there only when a call has some, whatever is written",
    ),
];

/// Values beside which the language has no other: what must come out for each of them.
const ONLY_VALUES: &[(&str, &str)] = &[
    ("/dispatch/auth/scheme", "`bearer`"),
    ("/dispatch/inlineFallback", "is `never` run inline"),
    ("/flags/declared/BACKGROUND_JOBS_USE_INNGEST/override/means", "`BACKGROUND_JOBS_FORCE_INLINE` on: `inline`"),
    ("/offloads/appointment-reconcile/params/hash/algorithm", "hex digits of `sha256`"),
];

/// Changes that need another one beside them: the end of the pointer, the value, the keys of the same
/// map that go, and those that come.
type Together = (&'static str, &'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);
const TOGETHER: &[Together] = &[
    ("/kind", "webhook", &["schedule"], &[("dispatchKey", "a:{job}"), ("payload", "CronDispatchEventData")]),
    ("/kind", "cron", &["when"], &[("schedule", "7 3 * * *")]),
    ("/status", "generated", &["via"], &[("dispatchKey", "a:{job}")]),
    ("/extends", "", &["extends"], &[]),
];

#[test]
fn every_value_of_the_spec_comes_out() {
    let document = Document::parse(Source::new("spec.yaml", SPEC.to_owned()).into()).expect("the spec is YAML");
    let original = document.root().to_yaml();
    let templates = Templates::built_in().expect("the templates are sound");
    let before = outputs(&original, &templates).expect("the spec compiles");

    let mut leaves = Vec::new();
    walk(document.root(), &mut Vec::new(), &mut leaves);
    assert!(leaves.len() > 150, "the walk finds only {} values", leaves.len());

    let dropped: Vec<String> = std::thread::scope(|scope| {
        let chunks = leaves.chunks(leaves.len().div_ceil(threads()));
        let workers: Vec<_> = chunks
            .enumerate()
            .map(|(chunk, leaves)| {
                let (original, templates, before, all) = (&original, &templates, &before, &document);
                scope.spawn(move || {
                    let number = |index: usize| chunk * 10_000 + index;
                    let faults = leaves
                        .iter()
                        .enumerate()
                        .map(|(index, leaf)| fault(leaf, number(index), original, all.root(), templates, before));
                    faults.flatten().collect::<Vec<_>>()
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("no check panics")).collect()
    });
    assert!(dropped.is_empty(), "{} facts are dropped:\n{}", dropped.len(), dropped.join("\n"));
}

/// A test that cannot fail proves nothing: when the files do not show a value, it is noticed.
#[test]
fn a_dropped_value_is_noticed() {
    let document = Document::parse(Source::new("spec.yaml", SPEC.to_owned()).into()).expect("the spec is YAML");
    let original = document.root().to_yaml();
    let templates = Templates::built_in().expect("the templates are sound");
    let before = outputs(&original, &templates).expect("the spec compiles");
    let leaf = |pointer: &str| {
        let mut leaves = Vec::new();
        walk(document.root(), &mut Vec::new(), &mut leaves);
        leaves.into_iter().find(|leaf| leaf.pointer() == pointer).expect("the spec has it")
    };
    let version = leaf("/version");
    let other = changed(&leaf("/name"), "another", &original, &templates).expect("another name compiles");
    assert!(differs(&before, &other));
    // Files that do not depend on the name: the fault is reported.
    let blind = |leaf: &Leaf| fault(leaf, 0, &original, document.root(), &templates, &other);
    assert!(blind(&version).is_none(), "an exception is let through");
    let only = leaf("/dispatch/inlineFallback");
    let silent: Vec<String> = before.iter().map(|text| text.replace("`never`", "")).collect();
    assert!(fault(&only, 0, &original, document.root(), &templates, &silent).is_some());
    let same = outputs(&original, &templates).expect("the spec compiles");
    assert!(!differs(&before, &same), "the same spec gives the same files");
}

/// A scalar and the way to it.
struct Leaf {
    path: Vec<String>,
    value: Value,
}

impl Leaf {
    fn pointer(&self) -> String {
        self.path.iter().map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
    }
}

fn walk(node: &Node, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
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

/// What is wrong with a leaf, if anything is.
fn fault(
    leaf: &Leaf,
    number: usize,
    original: &Yaml,
    document: &Node,
    templates: &Templates,
    before: &[String],
) -> Option<String> {
    let pointer = leaf.pointer();
    if EXCEPTIONS.iter().any(|(exception, _)| *exception == pointer) {
        return None;
    }
    if let Some((_, shown)) = ONLY_VALUES.iter().find(|(only, _)| *only == pointer) {
        let found = before.iter().any(|text| text.contains(shown));
        return (!found).then(|| format!("{pointer}: `{shown}` does not come out"));
    }
    if let Value::String(text) = &leaf.value {
        let marker = format!("zqmark{number}x");
        for candidate in marked(text, &marker) {
            let Some(after) = changed(leaf, &candidate, original, templates) else { continue };
            if !differs(before, &after) {
                return Some(format!("{pointer}: nothing differs for `{candidate}`"));
            }
            let found = after.iter().any(|text| text.to_lowercase().contains(&marker));
            return (!found).then(|| format!("{pointer}: the marker `{candidate}` does not come out"));
        }
    }
    for candidate in others(leaf, document) {
        let mut yaml = original.clone();
        *at(&mut yaml, &leaf.path)? = candidate.clone();
        if let Some(after) = outputs(&yaml, templates) {
            return (!differs(before, &after)).then(|| format!("{pointer}: nothing differs for `{candidate:?}`"));
        }
    }
    let own = |value: &str| matches!(&leaf.value, Value::String(own) if own == value);
    for (end, value, leave, come) in TOGETHER.iter().filter(|(end, value, ..)| pointer.ends_with(end) && !own(value)) {
        let mut yaml = original.clone();
        let (_, parent) = leaf.path.split_last()?;
        let Yaml::Mapping(map) = at(&mut yaml, parent)? else { continue };
        map.insert(Yaml::String(end[1..].to_owned()), Yaml::String((*value).to_owned()));
        leave.iter().for_each(|key| drop(map.remove(*key)));
        for (key, value) in *come {
            map.insert(Yaml::String((*key).to_owned()), Yaml::String((*value).to_owned()));
        }
        if let Some(after) = outputs(&yaml, templates) {
            return (!differs(before, &after)).then(|| format!("{pointer}: nothing differs for `{value}`"));
        }
    }
    Some(format!("{pointer}: no other value compiles; add one to the candidates"))
}

/// The outputs for another text; `None` when it does not compile.
fn changed(leaf: &Leaf, text: &str, original: &Yaml, templates: &Templates) -> Option<Vec<String>> {
    let mut yaml = original.clone();
    *at(&mut yaml, &leaf.path)? = Yaml::String(text.to_owned());
    outputs(&yaml, templates)
}

/// Forms of a marker, of which one is allowed in most places.
fn marked(text: &str, marker: &str) -> Vec<String> {
    let mut all = vec![marker.to_owned(), format!("/{marker}"), format!("{text}{marker}")];
    if text.starts_with('{') {
        all.push(format!("{{manifest}}{marker}"));
    }
    all
}

/// Other values for what is no free text: values of the same kind elsewhere in the spec, and some
/// that it does not use.
fn others(leaf: &Leaf, document: &Node) -> Vec<Yaml> {
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
    out.extend(inngest_offload::lint::RULES.iter().map(|rule| rule.meta.id.to_owned()));
    out.retain(|text| text != own);
    let mut seen = std::collections::HashSet::new();
    out.retain(|text| seen.insert(text.clone()));
    out.into_iter().map(Yaml::String).collect()
}

fn at<'y>(yaml: &'y mut Yaml, path: &[String]) -> Option<&'y mut Yaml> {
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

/// Path and text of every schema and document; `None` when the spec does not compile.
fn outputs(yaml: &Yaml, templates: &Templates) -> Option<Vec<String>> {
    let text = serde_yaml::to_string(yaml).expect("a value is YAML");
    let document = Document::parse(Source::new("spec.yaml", text).into()).ok()?;
    let contract = contract::resolve(&document, &spec::load(&document).ok()?).ok()?;
    let emission = Emission { contract: &contract, spec: "spec.yaml", templates };
    // TypeScript does not count, and `contract.json` does not: see above.
    let emitters =
        EMITTERS.iter().filter(|emitter| !emitter.name.starts_with("typescript-") && emitter.name != "contract.json");
    let artifacts: Vec<Artifact> =
        emitters.flat_map(|emitter| (emitter.emit)(&emission).unwrap_or_else(|error| panic!("{error}"))).collect();
    let counted = artifacts.iter().filter(|artifact| !artifact.path.as_str().ends_with(".ts"));
    let counted: Vec<String> =
        counted.map(|artifact| format!("{}\n{}", artifact.path, without_seal(&artifact.text))).collect();
    assert!(counted.len() > 10, "only {} files are emitted", counted.len());
    Some(counted)
}

fn differs(before: &[String], after: &[String]) -> bool {
    before != after
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
