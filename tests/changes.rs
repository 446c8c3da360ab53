//! Pairs of contracts, each with what is expected to be told: `tests/changes/<name>.yaml`.
//!
//! ```text
//! base      `example` (the spec of the rules' examples, when it is left out) or `own` (this repository's)
//! old, new  YAML laid over the base and over the old one: maps merge, null removes, the rest replaces
//! expected  every change: its class, its rule, and perhaps words that its message holds
//! ```
//!
//! And the net: whatever single value of our own contract is changed, and whatever key that may be left
//! out is left out, something is told.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]
#![expect(clippy::print_stdout, reason = "`--nocapture` shows how often each rule tells something")]

mod mutation;
mod overlay;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use inngest_offload::compile::Compiled;
use inngest_offload::contract;
use inngest_offload::diagnostic::{Diagnostic, Report};
use inngest_offload::diff::diff;
use inngest_offload::document::{Document, Value};
use inngest_offload::rule::BASE;
use inngest_offload::source::Source;
use inngest_offload::spec;
use mutation::{Leaf, at, marked, others, together, walk};
use overlay::laid_over;
use serde::Deserialize;
use serde_yaml::Value as Yaml;

const OWN: &str = include_str!("../spec/inngest-offload.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    #[serde(default)]
    base: Base,
    #[serde(default)]
    old: Yaml,
    #[serde(default)]
    new: Yaml,
    expected: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Base {
    #[default]
    Example,
    Own,
}

#[test]
fn every_pair_is_classified_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/changes");
    let mut paths: Vec<_> = fs::read_dir(&folder).expect("folder").map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    let wanted = std::env::var("CASE").ok();
    let mut faults = Vec::new();
    let mut count = 0;
    for path in paths {
        let name = path.file_stem().expect("name").to_string_lossy().into_owned();
        if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted.as_str())) {
            continue;
        }
        count += 1;
        let text = fs::read_to_string(&path).expect("a pair");
        let pair: Pair = serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
        let base = match pair.base {
            Base::Example => BASE,
            Base::Own => OWN,
        };
        let old = laid_over(&serde_yaml::from_str(base).expect("YAML"), pair.old);
        let new = laid_over(&old, pair.new);
        let (before, after) = (compiled(&old).expect(&name), compiled(&new).expect(&name));
        let report = Report::new(diff(&before, &after));
        // Nothing is told of the way back that would stop it.
        drop(Report::new(diff(&after, &before)));
        let found = report.diagnostics().iter().map(|d| format!("{} {}: {}", d.rule.word(), d.rule.id, d.message));
        let found: Vec<String> = found.collect();
        if std::env::var_os("UPDATE").is_some() {
            let head = text.split("expected:").next().unwrap_or_default();
            let list: Vec<String> =
                found.iter().map(|line| format!("  - {}\n", serde_json::to_string(line).expect("text"))).collect();
            let list = if list.is_empty() { " []\n".to_owned() } else { format!("\n{}", list.concat()) };
            fs::write(&path, format!("{head}expected:{list}")).expect("a pair");
        } else if found != pair.expected {
            faults.push(format!("{name}:\n  expected {:#?}\n  found {found:#?}", pair.expected));
        }
    }
    assert!(faults.is_empty(), "{}\n\nUPDATE=1 rewrites what is expected; read that diff.", faults.join("\n\n"));
    assert!(wanted.is_some() || count >= 45, "only {count} pairs");
}

#[test]
fn a_contract_does_not_differ_from_itself() {
    for text in [BASE, OWN] {
        let yaml: Yaml = serde_yaml::from_str(text).expect("YAML");
        let (one, other) = (compiled(&yaml).expect("compiles"), compiled(&yaml).expect("compiles"));
        assert!(diff(&one, &other).is_empty());
    }
}

#[test]
fn no_mutation_of_our_own_contract_is_called_no_change() {
    let document = Document::parse(Source::new("spec.yaml", OWN.to_owned()).into()).expect("the spec is YAML");
    let original = document.root().to_yaml();
    let mut leaves = Vec::new();
    walk(document.root(), &mut Vec::new(), &mut leaves);
    assert!(leaves.len() > 150, "the walk finds only {} values", leaves.len());
    let before = compiled(&original).expect("compiles");
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let chunk = leaves.len().div_ceil(threads);
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let workers: Vec<_> = leaves
            .chunks(chunk)
            .enumerate()
            .map(|(part, leaves)| {
                let (original, document, before) = (&original, &document, &before);
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    for (number, leaf) in leaves.iter().enumerate() {
                        tally.mutate(leaf, part * chunk + number, original, document, before);
                    }
                    tally
                })
            })
            .collect();
        workers.into_iter().for_each(|worker| tally.add(worker.join().expect("no change panics")));
    });
    tally.tell("values");
    // The version and what has one value in the language.
    assert!(tally.fixed <= 6, "{} values cannot be changed", tally.fixed);
}

#[test]
fn no_removal_from_our_own_contract_is_called_no_change() {
    let original: Yaml = serde_yaml::from_str(OWN).expect("YAML");
    let before = compiled(&original).expect("compiles");
    let mut tally = Tally::default();
    let mut paths = Vec::new();
    parts(&original, &mut Vec::new(), &mut paths);
    assert!(paths.len() > 200, "the walk finds only {} parts", paths.len());
    for path in paths {
        let mut yaml = original.clone();
        let (last, parent) = path.split_last().expect("no part is the whole");
        match at(&mut yaml, parent) {
            Some(Yaml::Mapping(map)) => drop(map.remove(last.as_str())),
            Some(Yaml::Sequence(items)) => drop(items.remove(last.parse().expect("an index"))),
            _ => unreachable!("only maps and lists have parts"),
        }
        if let Some(after) = compiled(&yaml) {
            let name = format!("without /{}", path.join("/"));
            tally.note(&name, diff(&before, &after));
            tally.note(&format!("{name}, backwards"), diff(&after, &before));
        }
    }
    tally.tell("parts");
}

/// What was told of many mutations.
#[derive(Default)]
struct Tally {
    by_rule: BTreeMap<&'static str, usize>,
    mutations: usize,
    general: Vec<String>,
    silent: Vec<String>,
    fixed: usize,
}

impl Tally {
    /// Changes one value, in as many ways as are told apart: free text, another allowed value.
    fn mutate(&mut self, leaf: &Leaf, number: usize, original: &Yaml, document: &Document, before: &Compiled) {
        let with = |value: Yaml| {
            let mut yaml = original.clone();
            let place = at(&mut yaml, &leaf.path)?;
            (*place != value).then(|| *place = value.clone())?;
            Some((format!("{} = {value:?}", leaf.pointer()), yaml))
        };
        let texts = match &leaf.value {
            Value::String(text) => marked(text, &format!("zqmark{number}x")),
            _ => Vec::new(),
        };
        let texts: Vec<_> = texts.into_iter().filter_map(|text| with(Yaml::String(text))).collect();
        let allowed: Vec<_> = others(leaf, document.root()).into_iter().filter_map(with).collect();
        let beside = together(leaf, original).into_iter();
        let beside = beside.map(|(value, yaml)| (format!("{} = {value}", leaf.pointer()), yaml)).collect();
        let mut found = false;
        for candidates in [texts, allowed, beside] {
            if !found
                && let Some((name, after)) = candidates.into_iter().find_map(|(name, y)| Some((name, compiled(&y)?)))
            {
                self.note(&name, diff(before, &after));
                self.note(&format!("{name}, backwards"), diff(&after, before));
                found = true;
            }
        }
        self.fixed += usize::from(!found);
    }

    fn add(&mut self, other: Self) {
        other.by_rule.into_iter().for_each(|(rule, count)| *self.by_rule.entry(rule).or_default() += count);
        self.mutations += other.mutations;
        self.general.extend(other.general);
        self.silent.extend(other.silent);
        self.fixed += other.fixed;
    }

    fn note(&mut self, name: &str, found: Vec<Diagnostic>) {
        self.mutations += 1;
        if found.is_empty() {
            self.silent.push(name.to_owned());
        }
        for finding in &found {
            assert!(!finding.help.is_empty() && !finding.message.is_empty(), "{name}");
            *self.by_rule.entry(finding.rule.id).or_default() += 1;
        }
        // Facts that are left over beside what a rule tells are as bad as those that no rule tells.
        if let Some(left) = found.iter().find(|finding| finding.rule.id == "other-change") {
            self.general.push(format!("{name}: {}", left.message));
        }
    }

    fn tell(&self, of: &str) {
        println!(
            "{} mutations of {of}; {} of them leave something to the general rule",
            self.mutations,
            self.general.len()
        );
        self.general.iter().for_each(|name| println!("  {name}"));
        self.by_rule.iter().for_each(|(rule, count)| println!("{count:6} {rule}"));
        assert!(self.silent.is_empty(), "called no change:\n{}", self.silent.join("\n"));
        let most = self.mutations / 50;
        assert!(self.general.len() <= most, "{} leave something to the general rule", self.general.len());
    }
}

/// Every value under another, with the way to it.
fn parts(yaml: &Yaml, path: &mut Vec<String>, out: &mut Vec<Vec<String>>) {
    let inner: Vec<(String, &Yaml)> = match yaml {
        Yaml::Mapping(map) => map.iter().map(|(key, value)| (key.as_str().expect("text").to_owned(), value)).collect(),
        Yaml::Sequence(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => return,
    };
    for (key, value) in inner {
        path.push(key);
        out.push(path.clone());
        parts(value, path, out);
        path.pop();
    }
}

/// The contract, if there is one: what rules find in it is no matter here.
fn compiled(yaml: &Yaml) -> Option<Compiled> {
    let text = serde_yaml::to_string(yaml).expect("a value is YAML");
    let document = Document::parse(Arc::new(Source::new("spec.yaml", text))).ok()?;
    let contract = contract::resolve(&document, &spec::load(&document).ok()?).ok()?;
    Some(Compiled { document, contract, findings: Vec::new() })
}
