//! No fact of the spec is dropped: whatever a value of our own contract is changed to, the generated
//! files change with it.
//!
//! Every scalar of the spec is changed, one at a time, and the contract is compiled anew. A text is
//! changed to a marker that occurs nowhere else, and the marker must come out, as it is or in the
//! case that a name takes. Where only certain values are allowed (an enum, a reference, a duration),
//! another allowed value is taken, and some file must differ. `contract.json`, which repeats
//! everything, does not count, nor does TypeScript: schemas and documents hold every fact by themselves.

mod mutation;

use inngest_offload::artifact::{Artifact, without_seal};
use inngest_offload::contract;
use inngest_offload::document::{Document, Node, Value};
use inngest_offload::emit::{EMITTERS, Emission, Templates};
use inngest_offload::source::Source;
use inngest_offload::spec;
use mutation::{Leaf, at, marked, others, together, walk};
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
    ("/dispatch/inlineFallback", "is never run inline"),
    ("/flags/declared/BACKGROUND_JOBS_USE_INNGEST/override/means", "`BACKGROUND_JOBS_FORCE_INLINE` on: `inline`"),
    ("/offloads/appointment-reconcile/params/hash/algorithm", "hex digits of `sha256`"),
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
    let silent: Vec<String> = before.iter().map(|text| text.replace("never run inline", "")).collect();
    assert!(fault(&only, 0, &original, document.root(), &templates, &silent).is_some());
    let same = outputs(&original, &templates).expect("the spec compiles");
    assert!(!differs(&before, &same), "the same spec gives the same files");
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
            let holds = |text: &&String| text.to_lowercase().contains(&marker);
            // What the Markdown says, the one page says as well.
            let of = |ending: &str| {
                after.iter().filter(holds).any(|text| text.lines().next().is_some_and(|path| path.ends_with(ending)))
            };
            if of(".md") && !of(".html") {
                return Some(format!("{pointer}: the marker `{candidate}` is in the Markdown, not on the page"));
            }
            let found = after.iter().any(|text| holds(&text));
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
    for (value, yaml) in together(leaf, original) {
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
        emitters.flat_map(|emitter| emitter.files(&emission).unwrap_or_else(|error| panic!("{error}"))).collect();
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
