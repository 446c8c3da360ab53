//! The properties of `fuzz`, for a short while: the committed corpus, then changes of it that are the same on every
//! run. `FUZZ=100` makes a hundred times as many. `fuzz/README.md` says how to look for hours.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

#[allow(unreachable_pub, missing_docs, dead_code, reason = "a crate of its own in `fuzz`")]
#[path = "../fuzz/src/lib.rs"]
mod properties;

use std::panic::{AssertUnwindSafe, catch_unwind};

use properties::{choices, code, seeds};

/// Numbers that look like chance and are the same on every machine (xorshift64*).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let length = self.next() as usize % (most + 1);
        (0..length).map(|_| (self.next() >> 32) as u8).collect()
    }
}

/// Tries an input; says which one it was when the property does not hold.
fn holds(name: &str, hold: fn(&[u8]), input: &[u8]) {
    if let Err(fault) = catch_unwind(AssertUnwindSafe(|| hold(input))) {
        let path = seeds::repository().join("target").join(format!("fuzz-{name}"));
        std::fs::write(&path, input).expect("the input");
        let said = fault.downcast_ref::<String>().cloned().unwrap_or_default();
        panic!("{said}\nthe input is in {}: add it to fuzz/corpus/{name}", path.display());
    }
}

fn rounds(few: usize) -> usize {
    few * std::env::var("FUZZ").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// The corpus, then changed inputs of it and new ones.
fn try_choices(name: &str, few: usize) {
    let hold = properties::TARGETS.iter().find(|(known, _)| *known == name).expect("a target").1;
    let corpus = seeds::corpus(name);
    assert!(!corpus.is_empty(), "no corpus of {name}");
    corpus.iter().for_each(|input| holds(name, hold, input));
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..rounds(few) {
        let input = if round % 2 == 0 {
            random.bytes(120)
        } else {
            let mut input = corpus[random.next() as usize % corpus.len()].clone();
            for _ in 0..=random.next() % 4 {
                let at = random.next() as usize % (input.len() + 1);
                match random.next() % 3 {
                    0 if at < input.len() => drop(input.remove(at)),
                    1 if at < input.len() => input[at] = random.next() as u8,
                    _ => input.insert(at, random.next() as u8),
                }
            }
            input
        };
        holds(name, hold, &input);
    }
}

/// Texts, changed as people and merges change them.
fn try_texts(name: &str, hold: fn(&[u8]), texts: &[Vec<u8>], few: usize) {
    texts.iter().for_each(|input| holds(name, hold, input));
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..rounds(few) {
        let text = &texts[random.next() as usize % texts.len()];
        let mut text = String::from_utf8_lossy(text).into_owned();
        let other = String::from_utf8_lossy(&texts[random.next() as usize % texts.len()]).into_owned();
        for _ in 0..=random.next() % 4 {
            choices::change(&mut text, &other, &mut choices::Choices::of(&random.bytes(24)));
        }
        holds(name, hold, text.as_bytes());
    }
}

#[test]
fn yaml() {
    let all = [seeds::SPECS.clone(), seeds::corpus("yaml")].concat();
    try_texts("yaml", properties::yaml::hold, &all, 600);
}

#[test]
fn contracts() {
    try_choices("contract", 60);
}

#[test]
fn applications() {
    try_choices("code", 60);
}

#[test]
fn routes() {
    let routes: Vec<Vec<u8>> = seeds::APPLICATIONS[0].1.values().map(|text| text.clone().into_bytes()).collect();
    try_texts("code", code::hold_as_text, &routes, 60);
}

#[test]
fn templates() {
    try_choices("templates", 100);
}

#[test]
fn patterns() {
    try_texts("patterns", properties::patterns::hold, &seeds::corpus("patterns"), 5_000);
}

#[test]
fn keys() {
    try_choices("keys", 2_000);
}

#[test]
fn every_target_has_a_property() {
    let text = std::fs::read_to_string(seeds::repository().join("fuzz/Cargo.toml")).expect("fuzz/Cargo.toml");
    for (name, _) in properties::TARGETS {
        assert!(text.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is no target");
    }
    assert_eq!(text.matches("[[bin]]").count(), properties::TARGETS.len());
}
