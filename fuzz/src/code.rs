//! The facts of TypeScript: an application with any change has findings that are sound, and the same on one thread
//! and on four.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use inngest_offload::compile::{Compiled, compile};
use inngest_offload::conform::{conform_in, threads};
use rayon::ThreadPool;

use super::choices::{Choices, change};
use super::findings::{sound, told};
use super::seeds::APPLICATIONS;

type App = (Compiled, BTreeMap<String, String>);

static APPS: LazyLock<Vec<App>> = LazyLock::new(|| {
    let apps = APPLICATIONS.iter().map(|(spec, files)| {
        let compiled = compile("spec.yaml", spec.clone()).unwrap_or_else(|findings| panic!("{findings:?}"));
        (compiled, files.clone())
    });
    apps.collect()
});

static POOLS: LazyLock<[ThreadPool; 2]> = LazyLock::new(|| [1, 4].map(|count| threads(count).expect("threads")));

/// What holds for any change of an application: the first byte says which one, the rest what changes.
pub fn hold(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    // The small one is the fastest, so it comes most often.
    let (compiled, files) = &APPS[(choices.below(16)).saturating_sub(13)];
    let mut files = files.clone();
    let names: Vec<String> = files.keys().cloned().collect();
    for _ in 0..8 {
        if choices.is_empty() {
            break;
        }
        let (name, other) = (choices.pick(&names), choices.pick(&names));
        let piece = files.get(other).cloned().unwrap_or_default();
        match choices.below(16) {
            0 => drop(files.remove(name)),
            1 => drop(files.insert(name.clone(), piece)),
            _ => {
                if let Some(text) = files.get_mut(name) {
                    change(text, &piece, &mut choices);
                }
            }
        }
    }
    judge(compiled, &files);
}

/// What holds for any text in the place of the small application's route.
pub fn hold_as_text(bytes: &[u8]) {
    let (compiled, files) = &APPS[0];
    let mut files = files.clone();
    let text = String::from_utf8_lossy(bytes).into_owned();
    let route = files.keys().find(|name| name.ends_with("/route.ts")).cloned().expect("a route");
    files.insert(route, text);
    judge(compiled, &files);
}

fn judge(compiled: &Compiled, files: &BTreeMap<String, String>) {
    let read =
        |paths: &[String]| paths.iter().map(|path| files.get(path).map(|text| text.clone().into_bytes())).collect();
    let [one, four] = POOLS
        .each_ref()
        .map(|pool| conform_in(pool, &compiled.document, &compiled.contract, files.keys().cloned().collect(), &read));
    sound(&one, files.values().map(String::len).sum());
    assert_eq!(told(one), told(four), "threads change what is found");
}
