//! Parameters of a request as they enter the dispatch key.

use sha2::{Digest, Sha256};

/// Trims what ECMAScript's `String.prototype.trim` trims (ECMA-262, WhiteSpace and LineTerminator):
/// unlike Rust's `trim` U+FEFF, and not U+0085.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        matches!(
            c,
            '\u{9}'..='\u{d}' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
        )
    })
}

/// The allowed parameters that are not empty after trimming, in the order of the allow-list's sorted
/// names, as one JSON object without white space. `None` when nothing is left.
///
/// Of a name that is given several times the first value counts, also when it is blank.
pub fn canonical_json(allowed_sorted: &[&str], given: &[(String, String)]) -> Option<String> {
    let mut object = serde_json::Map::new();
    for name in allowed_sorted {
        let first = given.iter().find(|(given, _)| given == name).map(|(_, value)| trim(value));
        if let Some(value) = first.filter(|value| !value.is_empty()) {
            object.insert((*name).to_owned(), value.into());
        }
    }
    (!object.is_empty()).then(|| serde_json::Value::Object(object).to_string())
}

/// The first `hex_length` hex digits of the SHA-256 of a text.
pub fn params_hash(text: &str, hex_length: usize) -> String {
    let mut hex = hex(&Sha256::digest(text.as_bytes()));
    hex.truncate(hex_length);
    hex
}

/// Lower-case hex digits of some bytes.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut hex = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        hex.push(char::from(DIGITS[usize::from(byte >> 4)]));
        hex.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    hex
}
