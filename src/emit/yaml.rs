//! YAML as prettier prints it, so that a formatter in the team's repository finds nothing to change.
//!
//! Block style: a line a property, a line an item. Text is plain only where every reader of YAML takes it
//! for text. Nothing here knows what the values mean.

use std::fmt::Write;

use super::json::{Node, Tree};
use crate::ascii;

/// Spaces a level, prettier's `tabWidth`.
const INDENT: usize = 2;

/// Words that some version of YAML reads as something else than text.
const WORDS: [&str; 10] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan"];

/// Prints a value that is held in any way, with a line break at the end.
pub(super) fn print(value: &impl Tree) -> String {
    let mut out = String::new();
    match value.node() {
        Node::Object if value.properties().len() > 0 => object(value, 0, true, &mut out),
        _ => {
            scalar(value, &mut out);
            out.push('\n');
        }
    }
    out
}

/// The properties; the first one stands where the writer is when `inline`.
fn object(value: &impl Tree, depth: usize, mut inline: bool, out: &mut String) {
    for (key, value) in value.properties() {
        if !std::mem::take(&mut inline) {
            indent(depth, out);
        }
        text(key, out);
        out.push(':');
        nested(value, depth + 1, out);
    }
}

/// A value behind `:` or `-`, with the end of its last line.
fn nested(value: &impl Tree, depth: usize, out: &mut String) {
    match value.node() {
        Node::Other(value) => nested(value, depth, out),
        Node::Object if value.properties().len() > 0 => {
            out.push('\n');
            object(value, depth, false, out);
        }
        Node::List(items) if !items.is_empty() => {
            out.push('\n');
            for item in items {
                indent(depth, out);
                out.push('-');
                in_list(item, depth + 1, out);
            }
        }
        _ => {
            out.push(' ');
            scalar(value, out);
            out.push('\n');
        }
    }
}

/// An item: its first property stands on the line of its `-`.
fn in_list(value: &impl Tree, depth: usize, out: &mut String) {
    match value.node() {
        Node::Other(value) => in_list(value, depth, out),
        Node::Object if value.properties().len() > 0 => {
            out.push(' ');
            object(value, depth, true, out);
        }
        Node::List(items) if !items.is_empty() => {
            out.push(' ');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    indent(depth, out);
                }
                out.push('-');
                in_list(item, depth + 1, out);
            }
        }
        _ => nested(value, depth, out),
    }
}

fn indent(depth: usize, out: &mut String) {
    const SPACES: &str = "                                ";
    let mut left = depth * INDENT;
    while left > 0 {
        let some = left.min(SPACES.len());
        out.push_str(&SPACES[..some]);
        left -= some;
    }
}

/// What stands on one line.
fn scalar(value: &impl Tree, out: &mut String) {
    match value.node() {
        Node::Null => out.push_str("null"),
        Node::Bool(value) => out.push_str(if value { "true" } else { "false" }),
        Node::Number(number) => {
            let _ = write!(out, "{number}");
        }
        Node::Text(given) => text(given, out),
        Node::List(_) => out.push_str("[]"),
        Node::Object => out.push_str("{}"),
        Node::Other(value) => scalar(value, out),
    }
}

/// Text: plain where it can be, otherwise in the quotes that need no escape, double ones before single ones.
fn text(given: &str, out: &mut String) {
    if is_plain(given) {
        out.push_str(given);
        return;
    }
    if ascii::all(given, |b| ascii::seen(b) & (b != b'"') & (b != b'\\')) {
        out.extend(["\"", given, "\""]);
        return;
    }
    let printable = !given.contains('\\') && given.chars().all(is_printable);
    if printable && given.contains('"') {
        let _ = write!(out, "'{}'", given.replace('\'', "''"));
        return;
    }
    out.push('"');
    for c in given.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_printable(c) => out.push(c),
            c if u32::from(c) > 0xffff => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
        }
    }
    out.push('"');
}

/// What a reader of the file can see, and what no version of YAML takes for a line break.
fn is_printable(c: char) -> bool {
    !c.is_control() && !crate::markdown::hidden(c) && !matches!(c, '\u{2028}' | '\u{2029}')
}

/// Text on one line that begins with a letter, `$`, `/` or `_` and holds nothing that ends it, or a version.
fn is_plain(given: &str) -> bool {
    if given.starts_with(|c: char| c.is_ascii_digit()) {
        let version = given.bytes().all(|b| b.is_ascii_digit() || b == b'.') && given.split('.').count() > 2;
        return version && given.split('.').all(|part| !part.is_empty());
    }
    let bytes = given.as_bytes();
    given.starts_with(|c: char| c.is_alphabetic() || matches!(c, '$' | '/' | '_'))
        && (ascii::all(given, ascii::seen) || given.chars().all(|c| c.is_alphanumeric() || matches!(c, ' '..='~')))
        && !matches!(bytes.last(), Some(b' ' | b':'))
        && !bytes.windows(2).any(|pair| matches!(pair, b"  " | b": " | b" #"))
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(given))
}

#[cfg(test)]
mod tests {
    use super::print;
    use serde_json::json;

    #[test]
    fn a_line_a_value() {
        let value =
            json!({ "a": { "b": [1, { "c": "d", "e": [] }, [2, 3], {}] }, "x-y": null, "on": "no", "f": "g h" });
        assert_eq!(
            print(&value),
            "a:\n  b:\n    - 1\n    - c: d\n      e: []\n    - - 2\n      - 3\n    - {}\nx-y: null\n\"on\": \"no\"\nf: g h\n"
        );
    }

    #[test]
    fn text_stays_text() {
        let texts = [
            "",
            " ",
            "a: b",
            "a #b",
            "- a",
            "~",
            "null",
            "True",
            "1",
            "1e3",
            "0x1",
            ".inf",
            "2026-01-01",
            "a\nb",
            "\"",
            "'",
            "it's \"so\"",
            "\\",
            "a\u{2028}b\u{85}\u{feff}\u{202e}\u{0}",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "{a}",
            "[a]",
            "a, b",
            "<<",
            "=",
            "? a",
            "| a",
            "---",
            "...",
            "日本",
            "😀",
            "\u{e0001}",
            "\t",
            "a \n b",
        ];
        for given in texts {
            let value = json!({ given: [given] });
            let read: serde_json::Value = serde_yaml::from_str(&print(&value)).expect("YAML");
            assert_eq!(read, value, "{}", print(&value));
        }
    }
}
