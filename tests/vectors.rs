//! Keys and ids that the generated TypeScript must derive as well: `tests/typescript` reads what is
//! written here. A few are committed, so that nothing that production depends on changes unseen;
//! ten thousand random ones are made anew by every run, always the same.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};

use inngest_offload::compile::compile;
use inngest_offload::contract::{Contract, Offload, Window};
use inngest_offload::derive::{Duration, Instant, derive};
use serde_json::{Value, json};

const UUID: &str = "3f0e8a52-4d2c-4a5e-9f58-0c0f3a9d2b11";
const CONTRACTS: [(&str, &str); 2] =
    [("own", "spec/inngest-offload.yaml"), ("everything", "tests/cases/everything/spec.yaml")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn contract(path: &str) -> Contract {
    let bytes = fs::read(root().join(path)).expect("the spec");
    match compile(path, bytes) {
        Ok(compiled) => compiled.contract,
        Err(findings) => panic!("{path}: {}", findings[0].message),
    }
}

fn vector(contract: &str, offload: &Offload, millis: i64, size: Option<u64>, params: &[(String, String)]) -> Value {
    let events = offload.dispatch().expect("events");
    let at = Instant::from_millis(millis).expect("an instant");
    let derived = derive(offload, events, at, size.map(Duration::from_seconds), params, UUID).expect("keys");
    json!({
        "contract": contract,
        "offload": offload.job,
        "at": millis,
        "params": params,
        "windowSeconds": size,
        "window": derived.window.map(|(start, size)| json!({
            "start": start.iso(), "minute": start.minute(), "seconds": size.seconds(),
        })),
        "dispatchKey": derived.dispatch_key,
        "events": derived.events,
    })
}

fn dispatched(contract: &Contract) -> impl Iterator<Item = &Offload> {
    contract.offloads.values().filter(|offload| offload.dispatch().is_some())
}

/// A size that the environment sets, where it may.
fn size_of(offload: &Offload, random: u64) -> Option<u64> {
    match offload.window.as_deref() {
        Some(Window::Env { min, max, .. }) => {
            let (min, max) = (min.map_or(1, |d| d.seconds()), max.map_or(1_000_000, |d| d.seconds()));
            Some(min + random % (max - min + 1))
        }
        _ => None,
    }
}

#[test]
fn the_committed_vectors_are_current() {
    const INSTANTS: [&str; 9] = [
        "2026-02-18T05:59:49.123Z",
        "2026-02-18T06:00:00.000Z",
        "2024-02-29T23:59:59.999Z",
        "1970-01-01T00:00:00.000Z",
        "1969-12-31T23:59:59.999Z",
        "1969-12-31T23:55:00.000Z",
        "1900-01-01T00:00:00.001Z",
        "0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z",
    ];
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let values = [
        " true \u{a0}\u{feff}\u{2028}",
        "\u{85}kept\u{200b}",
        "\"\\/\u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f}",
        "é😀漢\u{2028}\u{2029}\u{ffff}",
        "</script>${x}`'",
        "   ",
    ];
    let mut vectors = Vec::new();
    for (name, path) in CONTRACTS {
        let contract = contract(path);
        for offload in dispatched(&contract) {
            for at in INSTANTS {
                let millis = Instant::parse(at).expect("an instant").millis();
                vectors.push(vector(name, offload, millis, size_of(offload, 0), &[]));
            }
            let Some(params) = &offload.params else { continue };
            let first = params.allow[0].value.as_str();
            for value in values {
                let given = [pair(first, value), pair("not-allowed", "x"), pair(first, "the second does not count")];
                vectors.push(vector(name, offload, 1_771_394_389_123, None, &given));
            }
            let all: Vec<(String, String)> = params.allow.iter().rev().map(|name| pair(&name.value, "v")).collect();
            vectors.push(vector(name, offload, 1_771_394_389_123, None, &all));
        }
    }
    let text = vectors.iter().map(|vector| format!("  {vector}")).collect::<Vec<_>>().join(",\n");
    let text = format!("[\n{text}\n]\n");
    let file = root().join("tests/vectors/keys.json");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &text).expect("file");
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == text, "keys have changed: a change of keys runs every open window twice in production");
}

/// Xorshift: the same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// Anywhere in the years that keys can print, and often at the edge of a window.
    fn instant(&mut self, window: u64) -> i64 {
        const FIRST: i64 = -62_135_596_800_000;
        const LAST: i64 = 253_402_300_799_999;
        let millis = match self.below(3) {
            0 => FIRST + (self.next() % LAST.abs_diff(FIRST)) as i64,
            1 => self.below(4_000_000_000_000) as i64 - 2_000_000_000_000,
            _ => {
                let windows = self.below(4_000_000) as i64 - 2_000_000;
                windows * (window as i64) * 1000 + [-1, 0, 1][self.below(3) as usize]
            }
        };
        millis.clamp(FIRST, LAST)
    }

    fn text(&mut self) -> String {
        const SPECIAL: &[char] = &[
            ' ',
            '\t',
            '\n',
            '\r',
            '\u{b}',
            '\u{c}',
            '\u{0}',
            '\u{1f}',
            '\u{7f}',
            '\u{85}',
            '\u{a0}',
            '\u{1680}',
            '\u{2000}',
            '\u{200a}',
            '\u{200b}',
            '\u{2028}',
            '\u{2029}',
            '\u{202f}',
            '\u{205f}',
            '\u{3000}',
            '\u{feff}',
            '"',
            '\'',
            '\\',
            '/',
            '`',
            '$',
            '{',
            '}',
            '&',
            '=',
            '+',
            '%',
            '#',
            '<',
            'é',
            'ß',
            '漢',
            '😀',
            '\u{10ffff}',
            '\u{d7ff}',
            '\u{e000}',
            '\u{fffd}',
            '\u{301}',
            '\u{202e}',
        ];
        let length = self.below(9);
        (0..length)
            .map(|_| match self.below(4) {
                0 => char::from(self.below(127) as u8),
                1 => char::from_u32(self.below(0x11_0000) as u32).unwrap_or('\u{fffd}'),
                _ => SPECIAL[self.below(SPECIAL.len() as u64) as usize],
            })
            .collect()
    }
}

#[test]
fn random_vectors_for_the_generated_code() {
    let mut random = Random(0x0123_4567_89ab_cdef);
    let contracts = CONTRACTS.map(|(name, path)| (name, contract(path)));
    let offloads: Vec<(&str, &Offload)> =
        contracts.iter().flat_map(|(name, contract)| dispatched(contract).map(|offload| (*name, offload))).collect();
    let mut lines = Vec::new();
    for index in 0..10_000 {
        let (name, offload) = offloads[index % offloads.len()];
        let size = size_of(offload, random.next());
        let window = size.or(offload.window.as_deref().map(|w| w.default_size().seconds())).unwrap_or(60);
        let at = random.instant(window);
        let mut params = Vec::new();
        if let Some(allowed) = &offload.params {
            for _ in 0..random.below(6) {
                let allowed = &allowed.allow[random.below(allowed.allow.len() as u64) as usize].value;
                let name = if random.below(8) == 0 { random.text() } else { allowed.clone() };
                params.push((name, random.text()));
            }
        }
        lines.push(format!("  {}", vector(name, offload, at, size, &params)));
    }
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keys.json");
    fs::write(file, format!("[\n{}\n]\n", lines.join(",\n"))).expect("file");
}
