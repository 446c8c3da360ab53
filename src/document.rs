//! One marked pass over the YAML: a tree of plain values in which everything knows its place.
//!
//! The pass refuses what no contract needs and what readers of YAML disagree about: duplicate keys,
//! tags, anchors, aliases, merge keys, several documents, empty values, numbers with leading zeros.
//! It knows nothing of the language; it does not care which keys there are.

mod build;
mod codes;
mod scalar;

use std::sync::Arc;

use indexmap::IndexMap;

pub use codes::CODES;
pub(crate) use scalar::MAX_WHOLE;

use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::source::{Location, NotText, Source, Span};

/// A parsed spec: its text, and its values with their places.
#[derive(Debug)]
pub struct Document {
    source: Arc<Source>,
    root: Node,
}

/// A value and where it is written.
#[derive(Debug, Clone)]
pub struct Node {
    /// The bytes of the value, with quotes; of a block map or list, from its first to its last child.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A YAML value of the core schema.
#[derive(Debug, Clone)]
pub enum Value {
    /// `null`, `~`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// Text.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A map, in the order of the text.
    Mapping(IndexMap<String, Entry>),
}

/// A value in a map, and the place of its key.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The bytes of the key, with quotes.
    pub key: Span,
    /// The value.
    pub node: Node,
}

/// Which part of an entry a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key.
    Key,
    /// The value; the key stands for a value of many lines.
    Value,
}

impl Document {
    /// Parses a source.
    ///
    /// # Errors
    /// Every fault that can be seen before the first one that stops the parser.
    pub fn parse(source: Arc<Source>) -> Result<Self, Vec<Diagnostic>> {
        let (root, mut faults) = build::build(&source);
        match root {
            Ok(Some(root)) if faults.is_empty() => Ok(Self { source, root }),
            Ok(Some(_)) => Err(faults),
            Ok(None) => {
                if faults.is_empty() {
                    faults.push(Diagnostic::of_file(
                        &codes::EMPTY_DOCUMENT,
                        &source,
                        "the spec is empty",
                        "start with `version: 1`, a `name` and one entry under `offloads`",
                    ));
                }
                Err(faults)
            }
            Err(build::Stop) => Err(faults),
        }
    }

    /// What there is of a source that somebody is still writing: everything before the place that no parser
    /// gets over, whatever else is wrong with it. Only for what helps people write; nothing may follow from it.
    pub fn of_what_is_there(source: Arc<Source>) -> Self {
        let blank = Node { span: Span::default(), value: Value::Null };
        let root = build::build_what_is_there(&source).unwrap_or(blank);
        Self { source, root }
    }

    /// The innermost key or value that is written at a byte, and its own place; between the entries of a map or a
    /// list, that map or list.
    pub fn at(&self, offset: usize) -> Option<(Pointer, Part, Span)> {
        let holds = |span: Span| span.start <= offset && offset <= span.end;
        let mut at = Pointer::root();
        let mut node = &self.root;
        loop {
            match &node.value {
                Value::Mapping(entries) => {
                    if let Some((key, entry)) = entries.iter().find(|(_, entry)| holds(entry.key)) {
                        return Some((at.key(key), Part::Key, entry.key));
                    }
                    let Some((key, entry)) = entries.iter().find(|(_, entry)| holds(entry.node.span)) else { break };
                    (at, node) = (at.key(key), &entry.node);
                }
                Value::Sequence(items) => {
                    let Some((index, item)) = items.iter().enumerate().find(|(_, item)| holds(item.span)) else {
                        break;
                    };
                    (at, node) = (at.index(index), item);
                }
                _ => break,
            }
        }
        holds(node.span).then_some((at, Part::Value, node.span))
    }

    /// The text it was parsed from.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The outermost value.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The value at a pointer, if there is one.
    pub fn get(&self, pointer: &Pointer) -> Option<&Node> {
        let mut node = &self.root;
        for segment in pointer.segments() {
            node = node.child(&segment)?.1;
        }
        Some(node)
    }

    /// Every text value, in the order of the document.
    pub fn texts(&self) -> Vec<(Pointer, &str)> {
        fn walk<'n>(node: &'n Node, at: &Pointer, out: &mut Vec<(Pointer, &'n str)>) {
            match &node.value {
                Value::String(text) => out.push((at.clone(), text)),
                Value::Sequence(items) => {
                    items.iter().enumerate().for_each(|(index, item)| walk(item, &at.index(index), out));
                }
                Value::Mapping(entries) => {
                    entries.iter().for_each(|(key, entry)| walk(&entry.node, &at.key(key), out));
                }
                _ => {}
            }
        }
        let mut out = Vec::new();
        walk(&self.root, &Pointer::root(), &mut out);
        out
    }

    /// Where to point for a pointer; for one that names nothing, its nearest ancestor.
    pub fn locate(&self, pointer: &Pointer, part: Part) -> Location {
        let mut node = &self.root;
        let mut key = None;
        for segment in pointer.segments() {
            match node.child(&segment) {
                Some((span, child)) => {
                    key = span;
                    node = child;
                }
                None => {
                    let span = key.unwrap_or_else(|| self.first_line(node.span));
                    return self.location(span);
                }
            }
        }
        let span = match (part, key) {
            (Part::Key, Some(key)) => key,
            _ if !self.spans_lines(node.span) || matches!(node.value, Value::String(_)) => node.span,
            (_, Some(key)) => key,
            (_, None) => self.first_line(node.span),
        };
        self.location(span)
    }

    /// Whether [`Self::locate`] leads to the document itself or to a whole section of it: a map or a list at its top.
    pub fn is_section(&self, pointer: &Pointer) -> bool {
        let mut node = &self.root;
        let mut depth = 0;
        for segment in pointer.segments() {
            let Some((_, child)) = node.child(&segment) else { break };
            node = child;
            depth += 1;
        }
        depth == 0 || depth == 1 && matches!(node.value, Value::Mapping(_) | Value::Sequence(_))
    }

    fn location(&self, span: Span) -> Location {
        Location { source: self.source.clone(), span }
    }

    fn spans_lines(&self, span: Span) -> bool {
        self.source.slice(span).contains('\n')
    }

    fn first_line(&self, span: Span) -> Span {
        let text = self.source.slice(span);
        let length = text.find(['\n', '\r']).unwrap_or(text.len());
        Span::new(span.start, span.start + length)
    }
}

impl Node {
    /// The place of the key (in a map) and the value under one segment of a pointer.
    pub fn child(&self, segment: &str) -> Option<(Option<Span>, &Node)> {
        match &self.value {
            Value::Mapping(entries) => entries.get(segment).map(|entry| (Some(entry.key), &entry.node)),
            Value::Sequence(items) => items.get(segment.parse::<usize>().ok()?).map(|node| (None, node)),
            _ => None,
        }
    }

    /// The value for the typed load.
    pub fn to_yaml(&self) -> serde_yaml::Value {
        match &self.value {
            Value::Null => serde_yaml::Value::Null,
            Value::Bool(value) => serde_yaml::Value::Bool(*value),
            Value::Integer(value) => serde_yaml::Value::Number((*value).into()),
            Value::Float(value) => serde_yaml::Value::Number((*value).into()),
            Value::String(value) => serde_yaml::Value::String(value.clone()),
            Value::Sequence(items) => serde_yaml::Value::Sequence(items.iter().map(Self::to_yaml).collect()),
            Value::Mapping(entries) => {
                let mut map = serde_yaml::Mapping::with_capacity(entries.len());
                for (key, entry) in entries {
                    map.insert(serde_yaml::Value::String(key.clone()), entry.node.to_yaml());
                }
                serde_yaml::Value::Mapping(map)
            }
        }
    }

    /// The value for the JSON Schema of the language.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Integer(value) => (*value).into(),
            Value::Float(value) => (*value).into(),
            Value::String(value) => value.clone().into(),
            Value::Sequence(items) => items.iter().map(Self::to_json).collect(),
            Value::Mapping(entries) => entries.iter().map(|(key, entry)| (key.clone(), entry.node.to_json())).collect(),
        }
    }
}

/// A finding for bytes that are no text.
pub fn not_text(source: Source, reason: &NotText) -> Diagnostic {
    let end = source.text().len();
    let source = Arc::new(source);
    match reason {
        NotText::TooLarge(size) => Diagnostic::of_file(
            &codes::TOO_LARGE,
            &source,
            format!("the spec has {size} bytes; at most {} are supported", crate::source::MAX_BYTES),
            "split the contract, or point `--spec` at the right file",
        ),
        NotText::NotUtf8 { at, utf16 } => Diagnostic::new(
            &codes::NOT_UTF8,
            Location { source, span: Span::new(end, end) },
            if *utf16 { "the spec is UTF-16, not UTF-8".to_owned() } else { format!("byte {at} is not UTF-8") },
            "save the file as UTF-8",
        ),
    }
}
