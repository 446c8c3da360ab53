//! From the parser's events to the tree of values.

use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};
use indexmap::IndexMap;

use super::{Entry, Node, Value, codes, scalar};
use crate::diagnostic::{Diagnostic, Related};
use crate::rule::Meta;
use crate::source::{Location, Source, Span};

/// Deepest nesting of maps and lists. The language needs about a dozen.
const MAX_DEPTH: usize = 64;

/// Most findings of one code in one document.
const MAX_FAULTS: usize = 10;

/// The outermost value of a source, if it has one, and what is wrong with its YAML.
pub(super) fn build(source: &Arc<Source>) -> (Result<Option<Node>, Stop>, Vec<Diagnostic>) {
    let mut builder = builder(source, false);
    let root = builder.document();
    (root, builder.faults)
}

/// What there is of the outermost value before the place that no parser gets over.
pub(super) fn build_what_is_there(source: &Arc<Source>) -> Option<Node> {
    builder(source, true).document().ok().flatten()
}

fn builder(source: &Arc<Source>, lenient: bool) -> Builder<'_> {
    let mut options = granit_parser::Options::default();
    options.set_emit_comments(false);
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    options.disallow_directives = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    Builder {
        events: Parser::new_from_str_with_options(source.text(), options),
        source: source.clone(),
        faults: Vec::new(),
        lenient,
        stopped: false,
    }
}

/// The parser cannot go on; the reason is among the faults.
pub(super) struct Stop;

struct Builder<'s> {
    events: Parser<'s, granit_parser::StrInput<'s>>,
    source: Arc<Source>,
    faults: Vec<Diagnostic>,
    /// Maps and lists end where the parser stops, and are kept.
    lenient: bool,
    /// The parser cannot go on.
    stopped: bool,
}

impl<'s> Builder<'s> {
    fn document(&mut self) -> Result<Option<Node>, Stop> {
        let mut root = None;
        loop {
            let (event, span) = match self.next() {
                Err(Stop) if self.lenient => return Ok(root),
                next => next?,
            };
            match event {
                Event::StreamEnd => return Ok(root),
                Event::StreamStart | Event::DocumentEnd | Event::Anchor(..) => {}
                Event::DocumentStart(..) if root.is_some() => {
                    self.fault(
                        &codes::SEVERAL_DOCUMENTS,
                        span,
                        "a second document starts here",
                        "keep one contract per file: remove the `---` and everything after it",
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
        if self.stopped {
            return Err(Stop);
        }
        match self.events.next() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok((event, Span::new(range.start, range.end)))
            }
            Some(Err(error)) => {
                self.scan_error(&error);
                self.stopped = true;
                Err(Stop)
            }
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'s>, span: Span) -> Result<Node, Stop> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                // The parser ends a block where the next value begins.
                let span = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => self.without_blank_end(span),
                    _ => span,
                };
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
                    "write the value out, or move shared values to `defaults`",
                );
                Ok(Node { span, value: Value::Null })
            }
            _ => Ok(Node { span, value: Value::Null }),
        }
    }

    fn without_blank_end(&self, span: Span) -> Span {
        Span::new(span.start, span.start + self.source.slice(span).trim_end().len())
    }

    fn sequence(&mut self, start: Span) -> Result<Node, Stop> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            let (event, span) = match self.next() {
                Err(Stop) if self.lenient => (Event::SequenceEnd, Span::default()),
                next => next?,
            };
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
            let (event, span) = match self.next() {
                Err(Stop) if self.lenient => (Event::MappingEnd, Span::default()),
                next => next?,
            };
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
                match self.next() {
                    Ok((Event::Anchor(..), _)) => {}
                    // A key without a value, as far as can be seen.
                    Err(Stop) if self.lenient => break (Event::StreamEnd, Span::new(key_span.end, key_span.end)),
                    next => break next?,
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
                    "write the values out, or move shared values to `defaults`",
                );
            } else if matches!(node.value, Value::Null) && !empty_allowed && self.faults.is_empty() {
                let help = if flow && key.contains([' ', '.']) {
                    "inside `{ }`, a comma ends a text: write the whole text in quotes"
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
                    fault.related.push(Related { location: first, message });
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
                "remove the `&name`; values that offloads share belong under `defaults`",
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
                "the language never needs this depth: look for an unclosed bracket",
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
                format!("this is not valid YAML: {}", error.info()),
                "check the indentation, the quotes and the brackets here and in the line above",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::pointer::Pointer;

    #[test]
    fn a_block_of_text_ends_with_its_text() {
        let text = "a: >-\n  one\n  two\n\n\nb: |\n  three\n\nc: [x]\nd:\n  - e: |+\n      four\n\n    f: g\n";
        let document = Document::parse(Arc::new(Source::new("spec.yaml", text.to_owned()))).expect("YAML");
        for (at, last) in [("/a", "two"), ("/b", "three"), ("/d/0/e", "four")] {
            let node = document.get(&Pointer::parse(at)).expect("a value");
            assert!(
                document.source().slice(node.span).ends_with(last),
                "{at}: {:?}",
                document.source().slice(node.span)
            );
        }
    }
}
