//! One marked pass over the YAML: a tree of plain values in which everything knows its place.
//!
//! The pass refuses what no contract needs and what readers of YAML disagree about: duplicate keys,
//! tags, anchors, aliases, merge keys, several documents, empty values, numbers with leading zeros.
//! It knows nothing of the language; it does not care which keys there are.

mod codes;
mod scalar;

use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Parser, ScanError, StructureStyle};
use indexmap::IndexMap;

pub use codes::CODES;

use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;
use crate::rule::Meta;
use crate::source::{Location, NotText, Source, Span};

/// Deepest nesting of maps and lists. The language needs about a dozen.
const MAX_DEPTH: usize = 64;

/// Most findings of one code in one document.
const MAX_FAULTS: usize = 10;

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
        let mut options = granit_parser::Options::default();
        options.set_emit_comments(false);
        options.emit_anchor_events = true;
        options.emit_unresolved_aliases = true;
        options.disallow_directives = true;
        options.flow_nesting_limit = MAX_DEPTH;
        options.block_nesting_limit = MAX_DEPTH;
        let text = source.clone();
        let mut builder = Builder {
            events: Parser::new_from_str_with_options(text.text(), options),
            source: source.clone(),
            faults: Vec::new(),
        };
        let root = builder.document();
        let mut faults = builder.faults;
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
            Err(Stop) => Err(faults),
        }
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
            format!("the spec has {size} bytes; at most {} are read", crate::source::MAX_BYTES),
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

/// The parser cannot go on; the reason is among the faults.
struct Stop;

struct Builder<'s> {
    events: Parser<'s, granit_parser::StrInput<'s>>,
    source: Arc<Source>,
    faults: Vec<Diagnostic>,
}

impl<'s> Builder<'s> {
    fn document(&mut self) -> Result<Option<Node>, Stop> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root),
                Event::StreamStart | Event::DocumentEnd | Event::Anchor(..) => {}
                Event::DocumentStart(..) if root.is_some() => {
                    self.fault(
                        &codes::SEVERAL_DOCUMENTS,
                        span,
                        "a second document starts here",
                        "keep one contract a file: remove the `---` and what follows",
                    );
                    return Ok(root);
                }
                Event::DocumentStart(..) => {}
                event => {
                    let node = self.node(event, span)?;
                    let blank = matches!(node.value, Value::Null) && self.source.slice(node.span).is_empty();
                    if !blank {
                        root = Some(node);
                    }
                }
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'s>, Span), Stop> {
        match self.events.next() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok((event, Span::new(range.start, range.end)))
            }
            Some(Err(error)) => {
                self.scan_error(&error);
                Err(Stop)
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'s>, span: Span) -> Result<Node, Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), span);
                let value = match scalar::resolve(text, style) {
                    Ok(value) => value,
                    Err(ambiguous) => {
                        self.fault(&codes::AMBIGUOUS_SCALAR, span, ambiguous.message, ambiguous.help);
                        Value::Null
                    }
                };
                Ok(Node { span, value })
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), span);
                self.sequence(span)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.refuse_properties(anchor, tag.is_some(), span);
                self.mapping(span, style == StructureStyle::Flow)
            }
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.fault(
                    &codes::ALIAS,
                    span,
                    "aliases are not part of the language",
                    "write the value out, or move what offloads share to `defaults`",
                );
                Ok(Node { span, value: Value::Null })
            }
            _ => Ok(Node { span, value: Value::Null }),
        }
    }

    fn sequence(&mut self, start: Span) -> Result<Node, Stop> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::SequenceEnd => {
                    let last = items.last().map_or(start.end, |item| item.span.end);
                    let end = if span.end > span.start { span.end } else { last };
                    return Ok(Node { span: Span::new(start.start, end), value: Value::Sequence(items) });
                }
                Event::Anchor(..) => {}
                event => items.push(self.node(event, span)?),
            }
        }
    }

    fn mapping(&mut self, start: Span, flow: bool) -> Result<Node, Stop> {
        let mut entries: IndexMap<String, Entry> = IndexMap::new();
        let mut last = start.end;
        loop {
            let (event, span) = self.next()?;
            let (key, key_span) = match event {
                Event::MappingEnd => {
                    let end = if span.end > span.start { span.end } else { last };
                    return Ok(Node { span: Span::new(start.start, end), value: Value::Mapping(entries) });
                }
                Event::Anchor(..) => continue,
                Event::Scalar(text, _, anchor, tag) => {
                    self.refuse_properties(anchor, tag.is_some(), span);
                    (text.into_owned(), span)
                }
                event => {
                    let node = self.node(event, span)?;
                    self.fault(
                        &codes::KEY_NOT_TEXT,
                        node.span,
                        "a key must be text",
                        "write a plain name before the colon",
                    );
                    (String::new(), node.span)
                }
            };
            let (event, span) = loop {
                match self.next()? {
                    (Event::Anchor(..), _) => {}
                    next => break next,
                }
            };
            let empty_allowed = matches!(key.as_str(), "default" | "example");
            let node = self.node(event, span)?;
            last = node.span.end.max(key_span.end);
            if key == "<<" {
                self.fault(
                    &codes::MERGE_KEY,
                    key_span,
                    "merge keys are not part of the language",
                    "write the values out, or move what offloads share to `defaults`",
                );
            } else if matches!(node.value, Value::Null) && !empty_allowed && self.faults.is_empty() {
                let help = if flow && key.contains([' ', '.']) {
                    "inside `{ }` a comma ends a text: write the whole text in quotes"
                } else {
                    "give it a value, or remove the key"
                };
                self.fault(&codes::EMPTY_VALUE, key_span, format!("`{key}` has no value"), help);
            }
            if let Some(first) = entries.get(&key) {
                let first = Location { source: self.source.clone(), span: first.key };
                self.fault(
                    &codes::DUPLICATE_KEY,
                    key_span,
                    format!("`{key}` is written twice in one map"),
                    "keep one of the two",
                );
                if let Some(fault) = self.faults.last_mut() {
                    let message = "first written here".to_owned();
                    fault.related.push(crate::diagnostic::Related { location: first, message });
                }
            } else {
                entries.insert(key, Entry { key: key_span, node });
            }
        }
    }

    fn refuse_properties(&mut self, anchor: usize, tag: bool, span: Span) {
        let span = Span::new(span.start, span.end.max(span.start));
        if anchor != 0 {
            self.fault(
                &codes::ALIAS,
                span,
                "anchors are not part of the language",
                "remove the `&name`; what offloads share belongs under `defaults`",
            );
        }
        if tag {
            self.fault(
                &codes::TAG,
                span,
                "tags are not part of the language",
                "remove the `!tag`; quote the value if it must be text",
            );
        }
    }

    fn scan_error(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0).min(self.source.text().len());
        let rest = &self.source.text()[at..];
        let width = rest.chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
        let span = Span::new(at, at + width);
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => self.fault(
                &codes::TOO_DEEP,
                span,
                format!("maps and lists are nested more than {MAX_DEPTH} deep"),
                "no part of the language needs this depth: look for an unclosed bracket",
            ),
            ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
                self.fault(&codes::SYNTAX, span, "a tab is used for indentation", "indent with spaces")
            }
            ErrorKind::DirectiveDisallowed => {
                self.fault(&codes::SYNTAX, span, "directives (`%`) are not part of the language", "remove the line")
            }
            _ => self.fault(
                &codes::SYNTAX,
                span,
                format!("this is not YAML: {}", error.info()),
                "check the indentation, the quotes and the brackets here and on the line above",
            ),
        }
    }

    fn fault(&mut self, code: &'static Meta, span: Span, message: impl Into<String>, help: impl Into<String>) {
        // A file full of one fault is told so; the first places are enough to mend it.
        if self.faults.iter().filter(|fault| fault.rule.id == code.id).count() == MAX_FAULTS {
            return;
        }
        let location = Location { source: self.source.clone(), span };
        self.faults.push(Diagnostic::new(code, location, message, help));
    }
}
