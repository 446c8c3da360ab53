//! YAML with comments, as prettier leaves it.

use std::fmt::Write;

/// The widest line; what fits is written on one.
const WIDTH: usize = 80;

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// A bare or quoted value, printed already.
    Scalar(String),
    /// A text in as many lines as it takes.
    Folded(String),
    /// A list of values: on one line when it fits and all are scalars.
    List(Vec<Node>),
    /// A map in lines of its own.
    Map(Vec<Entry>),
    /// A map that stands on one line when it fits.
    Flow(Vec<(String, Node)>),
}

/// A key with its value and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// Lines of comment before it; an empty one is an empty line.
    pub(super) before: Vec<String>,
    /// The key.
    pub(super) key: String,
    /// The value.
    pub(super) value: Node,
}

impl Entry {
    /// A key without comments.
    pub(super) fn new(key: &str, value: Node) -> Self {
        Self { before: Vec::new(), key: key_text(key), value }
    }

    /// The same with comments before it.
    pub(super) fn with(mut self, before: impl IntoIterator<Item = String>) -> Self {
        self.before.extend(before);
        self
    }
}

impl Node {
    /// A text: quoted where it must be, in several lines where it is long.
    pub(super) fn text(text: &str) -> Self {
        let plain: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_printable = !plain.chars().any(char::is_control);
        if plain.len() > 58 && is_printable { Self::Folded(plain) } else { Self::Scalar(scalar(text)) }
    }

    /// A text in quotes, whatever it is.
    pub(super) fn quoted(text: &str) -> Self {
        let bare = scalar(text);
        Self::Scalar(if bare == text { format!("\"{text}\"") } else { bare })
    }

    /// A map on one line.
    pub(super) fn flow(fields: Vec<(String, Node)>) -> Self {
        Self::Flow(fields.into_iter().map(|(key, value)| (key_text(&key), value)).collect())
    }

    /// A list of texts.
    pub(super) fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Self::List(texts.into_iter().map(|text| Self::Scalar(scalar(text))).collect())
    }

    /// On one line; none when it takes more.
    fn inline(&self) -> Option<String> {
        match self {
            Self::Scalar(text) => Some(text.clone()),
            Self::Folded(_) | Self::Map(_) => None,
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::inline).collect::<Option<_>>()?;
                Some(format!("[{}]", items.join(", ")))
            }
            Self::Flow(fields) => {
                let fields = fields.iter().map(|(key, value)| Some(format!("{key}: {}", value.inline()?)));
                Some(format!("{{ {} }}", fields.collect::<Option<Vec<_>>>()?.join(", ")))
            }
        }
    }
}

/// A map as a document.
pub(super) fn print(entries: &[Entry]) -> String {
    let mut out = String::new();
    map(entries, 0, &mut out);
    out
}

fn map(entries: &[Entry], indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    for entry in entries {
        for line in &entry.before {
            let _ = if line.is_empty() { writeln!(out) } else { writeln!(out, "{pad}# {line}") };
        }
        let _ = write!(out, "{pad}{}:", entry.key);
        value(&entry.value, indent, indent + entry.key.len() + 2, out);
    }
}

/// A value behind its key or its dash, which end at `column`.
fn value(node: &Node, indent: usize, column: usize, out: &mut String) {
    if let Some(line) = node.inline().filter(|line| matches!(node, Node::Scalar(_)) || column + line.len() <= WIDTH) {
        let _ = writeln!(out, " {line}");
        return;
    }
    let pad = " ".repeat(indent + 2);
    match node {
        Node::Scalar(_) => {}
        Node::Folded(text) => {
            out.push_str(" >-\n");
            for line in wrapped(text, WIDTH.saturating_sub(indent + 2).max(40)) {
                let _ = writeln!(out, "{pad}{line}");
            }
        }
        Node::List(items) => {
            out.push('\n');
            for item in items {
                match item {
                    Node::Map(entries) => dashed(entries, indent + 2, out),
                    Node::Flow(fields) if item.inline().is_none_or(|line| indent + 4 + line.len() > WIDTH) => {
                        let entries: Vec<Entry> = fields.iter().cloned().map(Entry::from).collect();
                        dashed(&entries, indent + 2, out);
                    }
                    _ => {
                        let _ = write!(out, "{pad}-");
                        value(item, indent + 2, indent + 4, out);
                    }
                }
            }
        }
        Node::Map(entries) => {
            out.push('\n');
            map(entries, indent + 2, out);
        }
        Node::Flow(fields) => {
            out.push('\n');
            let entries: Vec<Entry> = fields.iter().cloned().map(Entry::from).collect();
            map(&entries, indent + 2, out);
        }
    }
}

impl From<(String, Node)> for Entry {
    fn from((key, value): (String, Node)) -> Self {
        Self { before: Vec::new(), key, value }
    }
}

/// A map behind a dash.
fn dashed(entries: &[Entry], indent: usize, out: &mut String) {
    let mut inner = String::new();
    map(entries, indent + 2, &mut inner);
    let pad = " ".repeat(indent);
    let mut has_dash = false;
    for line in inner.lines() {
        let is_comment = line.trim_start().starts_with('#');
        if !has_dash && !is_comment {
            has_dash = true;
            let _ = writeln!(out, "{pad}- {}", line.trim_start());
        } else if has_dash {
            let _ = writeln!(out, "{line}");
        } else {
            let _ = writeln!(out, "{pad}{}", line.trim_start());
        }
    }
}

/// Words in lines of at most so many characters.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A text as a key. `on` is text in YAML 1.2, and as a key no reader of our own language takes it for another.
fn key_text(key: &str) -> String {
    if key == "on" { key.to_owned() } else { scalar(key) }
}

/// A text as a value: bare where YAML and the language read it as this text, in flow collections as well.
pub(super) fn scalar(text: &str) -> String {
    let starts = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '_');
    let is_bare =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '.' | '-' | '<' | '>' | '(' | ')' | '=');
    let is_spaced = |c: char| is_bare(c) || matches!(c, ' ' | '\'');
    let word = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if crate::derive::Duration::parse(text).is_some() {
        return text.to_owned();
    }
    if starts && !word && !text.ends_with(' ') && text.chars().all(is_spaced) {
        return text.to_owned();
    }
    if text.chars().any(char::is_control) {
        let escaped = text.chars().map(|c| match c {
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            c if c.is_control() => format!("\\u{:04X}", c as u32),
            c => c.to_string(),
        });
        return format!("\"{}\"", escaped.collect::<String>());
    }
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}
