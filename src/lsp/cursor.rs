//! Where in the language a person is typing.
//!
//! The word at the cursor is replaced by a mark and the text is read as far as it can be read; where the mark comes
//! out is where the person is. A text that cannot be read as far as the cursor is cut down to the lines above it that
//! hold it by their indentation.

use std::sync::Arc;

use crate::document::{Document, Node, Value};
use crate::pointer::Pointer;
use crate::source::{Source, Span};

/// What may be written at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expected {
    /// A key of the map at the place, which has these keys already.
    Key {
        /// Keys that are there.
        siblings: Vec<String>,
        /// The map is written in braces.
        flow: bool,
        /// The colon is there.
        colon: bool,
    },
    /// The value at the place, which begins with this text.
    Value(String),
}

/// A place in the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: Pointer,
    pub(super) expected: Expected,
    /// The word that is being typed.
    pub(super) word: Span,
}

/// A character that nobody writes.
const MARK: &str = "\u{e000}";

/// What the cursor may be at: both when it is not decided yet.
pub(super) fn places(text: &str, offset: usize) -> Vec<Place> {
    let Some(before) = text.get(..offset) else { return Vec::new() };
    let ends = |c: char| c.is_whitespace() || ",[]{}\"'".contains(c);
    let start = before.rfind(ends).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let rest = &text[offset..];
    let end = offset + rest.find(|c| ends(c) || c == ':').unwrap_or(rest.len());
    let word = Span::new(start, end);
    if in_comment(before) || before.ends_with(':') {
        return Vec::new();
    }
    let colon = text[end..].trim_start_matches([' ', '"', '\'']).starts_with(':');
    let as_key = if colon { MARK.to_owned() } else { format!("{MARK}: 0") };
    let whole = |mark: &str| [&text[..start], mark, &text[end..]].concat();
    let skeleton = |mark: &str| [&above(&text[..start]), mark].concat();
    let (mut key, mut value) = (find(&whole(&as_key)), find(&whole(MARK)));
    if key.is_none() && value.is_none() {
        (key, value) = (find(&skeleton(&as_key)), find(&skeleton(MARK)));
    }
    let mut found = Vec::new();
    if let Some(Found::Key { at, siblings, flow }) = key {
        found.push(Place { at, expected: Expected::Key { siblings, flow, colon }, word });
    }
    if let Some(Found::Value { at, text }) = value {
        found.push(Place { at, expected: Expected::Value(text), word });
    }
    found
}

fn in_comment(before: &str) -> bool {
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    line.trim_start().starts_with('#') || line.rfind(" #").is_some_and(|at| !line[at..].contains(['"', '\'']))
}

/// The lines above that hold the last line by their indentation, and that line.
fn above(text: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let last = lines.pop().unwrap_or_default();
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut limit = last.bytes().take_while(|b| *b == b' ').count();
    let mut kept = vec![last];
    for line in lines.into_iter().rev().map(|line| line.trim_end_matches('\r')) {
        let trimmed = line.trim();
        if !trimmed.is_empty() && !trimmed.starts_with('#') && indentation(line) < limit {
            limit = indentation(line);
            kept.push(line);
        }
    }
    kept.reverse();
    kept.join("\n")
}

enum Found {
    Key { at: Pointer, siblings: Vec<String>, flow: bool },
    Value { at: Pointer, text: String },
}

fn find(text: &str) -> Option<Found> {
    let document = Document::of_what_is_there(Arc::new(Source::new("", text.to_owned())));
    search(&document, document.root(), &Pointer::root())
}

fn search(document: &Document, node: &Node, at: &Pointer) -> Option<Found> {
    match &node.value {
        Value::Mapping(entries) => {
            if entries.keys().any(|key| key.contains(MARK)) {
                let siblings = entries.keys().filter(|key| !key.contains(MARK)).cloned().collect();
                let flow = document.source().slice(node.span).starts_with('{');
                return Some(Found::Key { at: at.clone(), siblings, flow });
            }
            entries.iter().find_map(|(key, entry)| search(document, &entry.node, &at.key(key)))
        }
        Value::Sequence(items) => {
            items.iter().enumerate().find_map(|(index, item)| search(document, item, &at.index(index)))
        }
        Value::String(text) => {
            let (before, _) = text.split_once(MARK)?;
            Some(Found::Value { at: at.clone(), text: before.to_owned() })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Vec<String> {
        let offset = text.find('|').expect("a cursor");
        let found = places(&text.replacen('|', "", 1), offset);
        let show = |place: Place| match place.expected {
            Expected::Key { siblings, .. } => format!("key of {} beside {}", place.at, siblings.join(" ")),
            Expected::Value(before) => format!("value {} after {before:?}", place.at),
        };
        found.into_iter().map(show).collect()
    }

    #[test]
    fn the_place_is_known_while_it_is_typed() {
        let cases = [
            ("a: 1\n|", vec!["key of  beside a"]),
            ("o:\n  j:\n    kind: cron\n    sch|\n    w: 5m\n", vec!["key of /o/j beside kind w"]),
            ("o:\n  j: { kind: cron, | }\n", vec!["key of /o/j beside kind"]),
            ("o:\n  j: { kind: | }\n", vec!["value /o/j/kind after \"\""]),
            ("o:\n  kind: cr|\n  x: 1\n", vec!["value /o/kind after \"\""]),
            ("o:\n  key: \"cron:{jo|}\"\n", vec!["value /o/key after \"cron:{\""]),
            ("r:\n  - |\n", vec!["key of /r/0 beside ", "value /r/0 after \"\""]),
            ("r: [a, |]\n", vec!["key of /r/1 beside ", "value /r/1 after \"\""]),
            // What cannot be read above it is left out.
            ("x: [\no:\n  j:\n    ki|\n", vec!["key of /o/j beside ", "value /o/j after \"\""]),
            ("o: # |\n", vec![]),
        ];
        for (text, expected) in cases {
            assert_eq!(at(text), expected, "{text}");
        }
    }
}
