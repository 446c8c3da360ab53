//! The compiler over specs that are valid by structure: what compiles gives outputs that other readers take, with
//! the texts of the spec in them, the same on every run and every number of threads.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use inngest_offload::artifact::{Artifact, Seal, seal};
use inngest_offload::compile::{Compiled, compile};
use inngest_offload::contract::{Contract, Type};
use inngest_offload::diff::diff;
use inngest_offload::emit::{Emission, Templates, emit, folders};
use inngest_offload::plan::{OnDisk, Plan, Snapshot, drift};
use rayon::ThreadPool;
use serde_json::Value;

use super::choices::Choices;
use super::findings::{sound, told};
use super::literals::of_typescript;
use super::spec;

/// Bytes of output for nothing, and for one byte of input at the most: documents say a fact in several places.
const OUTPUT: (usize, usize) = (400_000, 600);

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| Templates::built_in().unwrap_or_else(|e| panic!("{e}")));
static POOLS: LazyLock<[ThreadPool; 2]> =
    LazyLock::new(|| [1, 4].map(|count| rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads")));

/// What holds for any spec that these choices give, and for another one that follows it.
pub fn hold(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    let first = spec::any(&mut choices);
    let Some(old) = compiled(&first) else { return };
    follows(&old, first.len());
    assert!(diff(&old, &old).is_empty(), "a contract differs from itself: {:?}", diff(&old, &old));
    let mut second = first;
    spec::change(&mut second, &mut choices);
    let Some(new) = compiled(&second) else { return };
    let changes = diff(&old, &new);
    // Not only the spec: each fact of what an offload inherits can change.
    sound(&changes, 100 * second.len());
    assert_eq!(told(changes), told(diff(&old, &new)));
}

/// The spec with what it means, when no rule finds an error in it.
fn compiled(text: &str) -> Option<Compiled> {
    match compile("spec.yaml", text.as_bytes().to_vec()) {
        Ok(compiled) => {
            sound(&compiled.findings, text.len());
            (!compiled.is_broken()).then_some(compiled)
        }
        Err(findings) => {
            assert!(!findings.is_empty(), "refused without a word");
            sound(&findings, text.len());
            None
        }
    }
}

/// What holds for what comes out.
fn follows(compiled: &Compiled, input: usize) {
    let contract = &compiled.contract;
    let emission = Emission { contract, spec: "spec.yaml", templates: &TEMPLATES };
    let [artifacts, again] =
        POOLS.each_ref().map(|pool| pool.install(|| emit(&emission)).unwrap_or_else(|error| panic!("{error}")));
    let text = |all: &[Artifact]| all.iter().map(|a| (a.path.clone(), a.text.clone())).collect::<Vec<_>>();
    assert!(text(&artifacts) == text(&again), "two runs differ");

    let bytes: usize = artifacts.iter().map(|artifact| artifact.text.len()).sum();
    assert!(bytes <= OUTPUT.0 + OUTPUT.1 * input, "{bytes} bytes from {input}");
    let mut paths = HashSet::new();
    let mut literals = HashSet::new();
    for Artifact { path, text, .. } in &artifacts {
        let name = path.as_str();
        assert!(paths.insert(name.to_lowercase()), "{name} is written twice");
        assert!(!text.contains('\r'), "{name} has other line ends than its own");
        if name.ends_with(".ts") {
            literals.extend(of_typescript(name, text));
        } else if name.ends_with(".json") {
            let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            if name.ends_with(".schema.json") {
                let fault = jsonschema::draft202012::new(&value).err().map(|error| error.to_string());
                assert_eq!(fault, None, "{name}");
            }
        } else if name.ends_with(".yaml") {
            serde_yaml::from_str::<serde_yaml::Value>(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
    if contract.targets.typescript.is_some() {
        for text in texts(contract) {
            assert!(literals.contains(&text), "{text:?} is no literal of {}", compiled.document.source().text());
        }
    }
    clean(compiled, artifacts);
}

/// Texts that code of the team and the platform meet again.
fn texts(contract: &Contract) -> Vec<String> {
    let mut texts: Vec<String> = contract.events().map(|(_, event)| event.name.value.clone()).collect();
    for offload in contract.generated() {
        texts.extend(offload.events().map(|event| event.function.id.value.clone()));
        texts.extend(offload.events().filter_map(|event| event.function.name.as_ref()).map(|name| name.value.clone()));
        if offload.dispatch().is_some() {
            texts.extend(offload.params.iter().flat_map(|params| params.sorted()).map(str::to_owned));
        }
    }
    let used: HashSet<&str> = contract.events().map(|(_, event)| event.payload.value.as_str()).collect();
    for payload in contract.payloads.iter().filter(|(name, _)| used.contains(name.as_str())).map(|(_, payload)| payload)
    {
        for field in &payload.fields {
            texts.push(field.name.clone());
            if let Type::Enum(values) = &field.type_.value {
                texts.extend(values.iter().cloned());
            }
        }
    }
    texts
}

/// What `generate` writes, `check` finds as it is: also with other line ends, and less than all is told.
fn clean(compiled: &Compiled, artifacts: Vec<Artifact>) {
    let contract = &compiled.contract;
    let disk = |change: &dyn Fn(&str) -> String| {
        let on_disk = |a: &Artifact| {
            let text = change(&a.text);
            if text == a.text { OnDisk::Same } else { OnDisk::Text(text) }
        };
        let files = artifacts.iter().map(|a| (a.path.clone(), on_disk(a)));
        Snapshot { files: files.collect::<BTreeMap<_, _>>(), ..Snapshot::default() }
    };
    let plan = |snapshot| Plan::new(artifacts.clone(), snapshot, "spec.yaml");
    let as_it_is: &dyn Fn(&str) -> String = &|text| text.to_owned();
    for (how, change) in [("as it is", as_it_is), ("with CRLF", &|text| text.replace('\n', "\r\n"))] {
        let plan = plan(disk(change));
        let told = drift(&compiled.document, contract, &plan);
        let said: Vec<_> = told.iter().map(|finding| (&finding.message, &finding.diff)).collect();
        assert!(plan.is_clean() && plan.unchanged == artifacts.len(), "{how}: {said:?}");
    }
    for artifact in artifacts.iter().filter(|a| a.ownership == inngest_offload::artifact::Ownership::Generated) {
        assert_eq!(seal(&artifact.text), Seal::Intact, "{}", artifact.path);
        let folders = folders(contract);
        assert!(folders.iter().any(|folder| artifact.path.as_str().starts_with(folder.as_str())), "{}", artifact.path);
    }
    if let Some(first) = artifacts.first() {
        let mut snapshot = disk(&|text| text.to_owned());
        snapshot.files.remove(&first.path);
        assert_eq!(drift(&compiled.document, contract, &plan(snapshot)).len(), 1, "{} is not missed", first.path);
    }
}
