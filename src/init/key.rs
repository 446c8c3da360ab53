//! Patterns of keys and ids, from what was sent at several instants.

use crate::derive::{Duration, Instant, canonical_json, params_hash};

/// Windows that teams choose, in seconds; what an event says of its own window is tried before these.
const SIZES: [u64; 16] =
    [60, 120, 180, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400, 604_800];

/// How an instant stands in a key.
type Print = fn(Instant) -> String;

/// A key that was seen.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// Its pattern.
    pub(super) pattern: String,
    /// The window; none when every instant gave the same key.
    pub(super) window: Option<Duration>,
    /// The language has no value that prints the instant as the code does: this is the nearest.
    pub(super) is_inexact: bool,
}

/// The pattern of keys that were seen at instants; `seconds` is what the event says of its window.
pub(super) fn key(samples: &[(Instant, String)], seconds: Option<u64>) -> Option<Key> {
    let (_, first) = samples.first()?;
    if samples.iter().all(|(_, key)| key == first) {
        return Some(Key { pattern: literal(first), window: None, is_inexact: false });
    }
    let prints: [(&str, Print); 2] = [("{windowStart}", Instant::iso), ("{window}", Instant::minute)];
    for size in seconds.into_iter().chain(SIZES).map(Duration::from_seconds) {
        for (value, print) in prints {
            if let Some(pattern) = same(samples, value, |at| print(at.floor(size))) {
                let pattern = with_size(&pattern, size.seconds(), seconds);
                return Some(Key { pattern, window: Some(size), is_inexact: false });
            }
        }
    }
    // The beginning of the instant's text: the hour, the day.
    [(13, 3600), (10, 86_400)].into_iter().find_map(|(length, size)| {
        let pattern = same(samples, "{window}", |at| at.iso().get(..length).unwrap_or_default().to_owned())?;
        Some(Key { pattern, window: Some(Duration::from_seconds(size)), is_inexact: true })
    })
}

/// The pattern of keys in all of which the print of the instant stands, in the same place.
fn same(samples: &[(Instant, String)], value: &str, print: impl Fn(Instant) -> String) -> Option<String> {
    let mut patterns = samples.iter().map(|(at, key)| {
        let (before, after) = key.split_once(&print(*at))?;
        Some(format!("{}{value}{}", literal(before), literal(after)))
    });
    let first = patterns.next()??;
    patterns.all(|pattern| pattern.as_ref() == Some(&first)).then_some(first)
}

/// Names the size of the window where it stands by itself, when the event says it as well.
fn with_size(pattern: &str, size: u64, said: Option<u64>) -> String {
    if said != Some(size) {
        return pattern.to_owned();
    }
    let digits = size.to_string();
    let parts = pattern.split(':').map(|part| if part == digits { "{windowSeconds}" } else { part });
    parts.collect::<Vec<_>>().join(":")
}

/// What a key has in the end when the call has parameters: the part of the pattern.
pub(super) fn params_part(plain: &str, with: &str, allowed: &[String], given: &[(String, String)]) -> Option<Hashed> {
    let rest = with.strip_prefix(plain)?;
    let hex = rest.trim_start_matches(|c: char| !c.is_ascii_hexdigit());
    let before = &rest[..rest.len() - hex.len()];
    let mut sorted: Vec<&str> = allowed.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let hash = params_hash(&canonical_json(&sorted, given)?, hex.len());
    (hash == hex && (8..=64).contains(&hex.len()))
        .then(|| Hashed { part: format!("[{}{{paramsHash}}]", literal(before)), length: hex.len() })
}

/// A hash of parameters in a key.
#[derive(Debug, Clone)]
pub(super) struct Hashed {
    /// The part of the pattern.
    pub(super) part: String,
    /// How many digits it has.
    pub(super) length: usize,
}

/// The pattern of ids that were seen with their keys.
pub(super) fn id(samples: &[(String, String)], event: &str) -> Option<String> {
    let one = |key: &str, id: &str| {
        let hashes =
            (8..=64).rev().map(|length| (params_hash(key, length), format!("{{dispatchKey | sha256({length})}}")));
        let all = std::iter::once((key.to_owned(), "{dispatchKey}".to_owned())).chain(hashes);
        let (before, value, after) = all.into_iter().find_map(|(text, value)| {
            let (before, after) = id.split_once(&text).filter(|_| !text.is_empty())?;
            Some((before.to_owned(), value, after.to_owned()))
        })?;
        let named = |text: &str| match text.split_once(event).filter(|_| !event.is_empty()) {
            Some((before, after)) => format!("{}{{event}}{}", literal(before), literal(after)),
            None => literal(text),
        };
        Some(format!("{}{value}{}", named(&before), named(&after)))
    };
    let mut patterns = samples.iter().map(|(key, id)| one(key, id));
    let first = patterns.next()??;
    patterns.all(|pattern| pattern.as_ref() == Some(&first)).then_some(first)
}

/// A text as patterns have it.
pub(super) fn literal(text: &str) -> String {
    let escaped = text.chars().flat_map(|c| {
        let escape = matches!(c, '{' | '}' | '[' | ']' | '\\').then_some('\\');
        escape.into_iter().chain([c])
    });
    escaped.collect()
}
