//! JSON as prettier prints it, so that a formatter in the team's repository finds nothing to change.
//!
//! Objects are always written out, one property a line: prettier keeps an object open that was
//! written so. Arrays stand on one line where they fit. Nothing here knows what the values mean.

use std::fmt::Write;

use serde_json::{Number, Value};

use super::tree::Json;
use super::width::width;
use crate::ascii;

/// Width of a line, prettier's `printWidth`.
const LINE: usize = 80;
/// Spaces a level, prettier's `tabWidth`.
const INDENT: usize = 2;

/// JSON in whatever way it is held.
pub(super) trait Tree: Sized {
    /// What it is.
    fn node(&self) -> Node<'_, Self>;

    /// The properties of an object.
    fn properties(&self) -> impl ExactSizeIterator<Item = (&str, &Self)>;
}

/// A value, one level deep.
pub(super) enum Node<'v, T> {
    Null,
    Bool(bool),
    Number(&'v Number),
    Text(&'v str),
    List(&'v [T]),
    Object,
    /// A value that is held in the other way.
    Other(&'v Value),
}

impl Tree for Value {
    fn node(&self) -> Node<'_, Self> {
        match self {
            Self::Null => Node::Null,
            Self::Bool(value) => Node::Bool(*value),
            Self::Number(number) => Node::Number(number),
            Self::String(text) => Node::Text(text),
            Self::Array(items) => Node::List(items),
            Self::Object(_) => Node::Object,
        }
    }

    fn properties(&self) -> impl ExactSizeIterator<Item = (&str, &Self)> {
        static NONE: std::sync::LazyLock<serde_json::Map<String, Value>> = std::sync::LazyLock::new(Default::default);
        self.as_object().unwrap_or(&NONE).iter().map(|(key, value)| (key.as_str(), value))
    }
}

impl Tree for Json<'_> {
    fn node(&self) -> Node<'_, Self> {
        match self {
            Self::Null => Node::Null,
            Self::Bool(value) => Node::Bool(*value),
            Self::Number(number) => Node::Number(number),
            Self::Text(text) => Node::Text(text),
            Self::List(items) => Node::List(items),
            Self::Object(_) => Node::Object,
            Self::Given(value) => Node::Other(value),
            Self::Made(value) => Node::Other(value),
        }
    }

    fn properties(&self) -> impl ExactSizeIterator<Item = (&str, &Self)> {
        let entries = if let Self::Object(object) = self { object.entries() } else { &[] };
        entries.iter().map(|(key, value)| (key.as_ref(), value))
    }
}

/// Prints a value, with a line break at the end.
pub fn print(value: &Value) -> String {
    print_tree(value)
}

/// Prints a value that is held in any way.
pub(super) fn print_tree(value: &impl Tree) -> String {
    let mut out = String::new();
    write(value, 0, 0, 0, &mut out);
    out.push('\n');
    out
}

/// `column` is where the value starts, `after` how many characters must fit behind it on its line.
fn write(value: &impl Tree, depth: usize, column: usize, after: usize, out: &mut String) {
    match value.node() {
        Node::Object if value.properties().len() > 0 => {
            out.push('{');
            let last = value.properties().len() - 1;
            for (index, (key, value)) in value.properties().enumerate() {
                line(depth + 1, out);
                let start = out.len();
                write_text(key, out);
                out.push_str(": ");
                // Only a list asks where it starts.
                let list = matches!(value.node(), Node::List(_) | Node::Other(_));
                let column = if list { (depth + 1) * INDENT + width(&out[start..]) } else { 0 };
                write(value, depth + 1, column, usize::from(index < last), out);
                comma(index < last, out);
            }
            line(depth, out);
            out.push('}');
        }
        Node::List(items) if !items.is_empty() => {
            let room = LINE.saturating_sub(column + after);
            let start = out.len();
            if !must_break(items) && write_flat(value, room, start, out) {
                return;
            }
            out.truncate(start);
            if items.len() > 1 && items.iter().all(|item| matches!(item.node(), Node::Number(_))) {
                write_filled(items, depth, out);
            } else {
                write_broken(items, depth, out);
            }
        }
        Node::Other(value) => write(value, depth, column, after, out),
        other => write_scalar(&other, out),
    }
}

fn write_broken(items: &[impl Tree], depth: usize, out: &mut String) {
    out.push('[');
    let last = items.len() - 1;
    for (index, item) in items.iter().enumerate() {
        line(depth + 1, out);
        write(item, depth + 1, (depth + 1) * INDENT, usize::from(index < last), out);
        comma(index < last, out);
    }
    line(depth, out);
    out.push(']');
}

/// Numbers fill their lines.
fn write_filled(items: &[impl Tree], depth: usize, out: &mut String) {
    out.push('[');
    line(depth + 1, out);
    let mut column = (depth + 1) * INDENT;
    let last = items.len() - 1;
    for (index, item) in items.iter().enumerate() {
        let mut text = String::new();
        write_scalar(&item.node(), &mut text);
        comma(index < last, &mut text);
        if index > 0 {
            if column + 1 + text.len() <= LINE {
                out.push(' ');
                column += 1;
            } else {
                line(depth + 1, out);
                column = (depth + 1) * INDENT;
            }
        }
        column += text.len();
        out.push_str(&text);
    }
    line(depth, out);
    out.push(']');
}

/// Arrays of several lists, or of several objects, are broken whatever their width; so is one that
/// holds an object, because objects are written out.
fn must_break<T: Tree>(items: &[T]) -> bool {
    fn holds_object(value: &impl Tree) -> bool {
        match value.node() {
            Node::Object => value.properties().len() > 0,
            Node::List(items) => must_break(items),
            Node::Other(value) => holds_object(value),
            _ => false,
        }
    }
    fn is_long_list(value: &impl Tree) -> bool {
        match value.node() {
            Node::List(items) => items.len() > 1,
            Node::Other(value) => is_long_list(value),
            _ => false,
        }
    }
    (items.len() > 1 && items.iter().all(is_long_list)) || items.iter().any(holds_object)
}

/// Writes on one line; gives up, and says so, when `room` is not enough.
fn write_flat(value: &impl Tree, room: usize, start: usize, out: &mut String) -> bool {
    match value.node() {
        Node::Other(value) => return write_flat(value, room, start, out),
        Node::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push_str(", ");
                }
                if !write_flat(item, room, start, out) {
                    return false;
                }
            }
            out.push(']');
        }
        other => write_scalar(&other, out),
    }
    width(&out[start..]) <= room
}

/// A text or a number; a list or an object, when it is empty.
fn write_scalar<T: Tree>(value: &Node<'_, T>, out: &mut String) {
    match value {
        Node::Null => out.push_str("null"),
        Node::Bool(true) => out.push_str("true"),
        Node::Bool(false) => out.push_str("false"),
        // Writing to a string cannot fail.
        Node::Number(number) => _ = write!(out, "{number}"),
        Node::Object => out.push_str("{}"),
        Node::List(_) => out.push_str("[]"),
        Node::Text(text) => write_text(text, out),
        Node::Other(value) => write_scalar(&value.node(), out),
    }
}

/// A text with the escapes that JSON needs. What a reader cannot see is escaped as well, so that no
/// text of the spec can make a file look like something else.
fn write_text(text: &str, out: &mut String) {
    out.push('"');
    if ascii::all(text, |b| ascii::seen(b) & (b != b'"') & (b != b'\\')) {
        out.push_str(text);
        out.push('"');
        return;
    }
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let short = match c {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            c if c.is_control() || crate::contract::is_invisible(c) => "",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        plain = at + c.len_utf8();
        if short.is_empty() {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push_str(short);
        }
    }
    out.push_str(&text[plain..]);
    out.push('"');
}

fn comma(wanted: bool, out: &mut String) {
    if wanted {
        out.push(',');
    }
}

fn line(depth: usize, out: &mut String) {
    const SPACES: &str = "                                ";
    out.push('\n');
    let mut left = depth * INDENT;
    while left > 0 {
        let some = left.min(SPACES.len());
        out.push_str(&SPACES[..some]);
        left -= some;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::print;

    /// What prettier 3 prints for each value, read off its output.
    #[test]
    fn prints_what_prettier_prints() {
        let cases = [
            (json!({}), "{}\n"),
            (json!({ "a": {}, "b": [] }), "{\n  \"a\": {},\n  \"b\": []\n}\n"),
            (json!({ "a": ["x", "y"] }), "{\n  \"a\": [\"x\", \"y\"]\n}\n"),
            (json!({ "a": [{ "b": 1 }] }), "{\n  \"a\": [\n    {\n      \"b\": 1\n    }\n  ]\n}\n"),
            (json!([["a"], ["b"]]), "[[\"a\"], [\"b\"]]\n"),
            (json!([["a", "b"], ["c", "d"]]), "[\n  [\"a\", \"b\"],\n  [\"c\", \"d\"]\n]\n"),
            (json!([["a", "b"], 1]), "[[\"a\", \"b\"], 1]\n"),
            (json!([{}, {}]), "[{}, {}]\n"),
            (
                json!({ "n": [1_111_111_111, 2_222_222_222_u32, 333_333_333, 44_444_444, 55_555_555, 666_666, 777_777_777, 888_888_888, -5, 1.5] }),
                "{\n  \"n\": [\n    1111111111, 2222222222, 333333333, 44444444, 55555555, 666666, 777777777,\n    888888888, -5, 1.5\n  ]\n}\n",
            ),
            (json!("a\u{0}b\u{202e}\u{1f600}\"\\"), "\"a\\u0000b\\u202e\u{1f600}\\\"\\\\\"\n"),
        ];
        for (value, expected) in cases {
            assert_eq!(print(&value), expected, "{value}");
        }
    }

    #[test]
    fn a_list_may_fill_the_line_with_its_comma() {
        let fits = "x".repeat(80 - "  \"a\": [\"\"],".len());
        let text = print(&json!({ "a": [fits], "b": 1 }));
        assert!(text.lines().any(|line| line.len() == 80), "{text}");
        let wide = format!("{fits}x");
        let text = print(&json!({ "a": [wide], "b": 1 }));
        assert!(text.contains("\"a\": [\n"), "{text}");
        let text = print(&json!({ "b": 1, "a": [wide] }));
        assert!(text.contains("\"a\": [\""), "the last one has no comma: {text}");
    }
}
