//! JSON as people write it in `tsconfig.json`: with comments, and a comma after the last item.
//!
//! It becomes plain JSON of the same length, and serde reads that. Nothing else is forgiven.

use serde_json::Value;

use super::lower::Unreadable;
use crate::source::{Source, Span};

/// The value of a text.
///
/// # Errors
/// It is no JSON even without comments and last commas.
pub(super) fn parse(text: &str) -> Result<Value, serde_json::Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match serde_json::from_str(text) {
        Ok(value) => Ok(value),
        Err(_) => serde_json::from_slice(&plain(text)),
    }
}

/// The value of a file.
///
/// # Errors
/// As [`parse`], with the place.
pub(super) fn read(source: &Source) -> Result<Value, Unreadable> {
    parse(source.text()).map_err(|error| {
        let line = error.line().max(1);
        let start = source.line_range(line, line).start;
        let at = (start + error.column().saturating_sub(1)).min(source.text().len());
        Unreadable { span: Span::new(at, at), message: format!("it is not valid JSON: {}", said(&error)) }
    })
}

/// What the parser says, less the place, which the finding has.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at line ").map_or(text.as_str(), |(said, _)| said).to_owned()
}

/// The bytes with blanks in place of comments and of commas that nothing follows. All that matters is
/// ASCII, so other characters go through byte by byte.
fn plain(text: &str) -> Vec<u8> {
    let mut out = text.as_bytes().to_vec();
    let mut at = 0;
    // The last byte that means something, and where the comma is that it may be.
    let (mut last, mut comma) = (b'[', None);
    while at < out.len() {
        let byte = out[at];
        let length = match (byte, out.get(at + 1)) {
            (b'"', _) => string(&out[at..]),
            (b'/', Some(b'/')) => blank(&mut out, at, |rest| rest.iter().position(|b| matches!(b, b'\n' | b'\r'))),
            (b'/', Some(b'*')) => {
                blank(&mut out, at, |rest| rest[2..].windows(2).position(|two| two == b"*/").map(|end| end + 4))
            }
            _ => 1,
        };
        if !out[at].is_ascii_whitespace() {
            if let Some(comma) = comma.take().filter(|_| matches!(byte, b']' | b'}')) {
                out[comma] = b' ';
            }
            comma = (byte == b',' && !matches!(last, b',' | b'[' | b'{')).then_some(at);
            last = byte;
        }
        at += length;
    }
    out
}

/// The length of the string that begins here, with its quotes.
fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Blanks out a comment that begins at a place; returns its length.
fn blank(bytes: &mut [u8], at: usize, length: fn(&[u8]) -> Option<usize>) -> usize {
    let rest = &mut bytes[at..];
    let length = length(rest).unwrap_or(rest.len());
    rest[..length].fill(b' ');
    length
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::parse;

    #[test]
    fn comments_and_last_commas_are_no_fault() {
        let cases = [
            ("{}", json!({})),
            ("\u{feff}{ \"a\": 1 }", json!({ "a": 1 })),
            ("// head\n{ \"a\": [1, 2,], }\n", json!({ "a": [1, 2] })),
            ("{ /* , ] */ \"a\": 1, // b\r\n }", json!({ "a": 1 })),
            ("{ \"a\": \"// no /* comment */\", \"b\": \",]\" }", json!({ "a": "// no /* comment */", "b": ",]" })),
            (r#"{ "@/*": ["./src/*"], }"#, json!({ "@/*": ["./src/*"] })),
            (r#"{ "a": "\"//\\", /**/ }"#, json!({ "a": "\"//\\" })),
            ("[1, /* é */ 2, /*/ , */]", json!([1, 2])),
            ("[[1,],/**/]", json!([[1]])),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).ok(), Some(expected), "{text}");
        }
        for text in ["", "{", "[,]", "[1,,]", "{ \"a\" }", "/* open", "\"open", "{ a: 1 }", "/*/ {}"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
