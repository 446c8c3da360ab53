//! The names of a spec: which place names what. Definitions, references, renaming, completion and hover all ask
//! this one table.

use crate::document::{Document, Node, Part, Value};
use crate::source::Span;

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Payload,
    /// A field of a payload.
    Field,
    Event,
    /// A flag or another variable of the environment.
    Variable,
    Offload,
    Param,
    Rule,
}

/// A name where it is written.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) role: Role,
    pub(super) text: String,
    /// The bytes of the name alone, without quotes.
    pub(super) span: Span,
    /// This is where it is declared.
    pub(super) declares: bool,
}

/// What the key or value at a place names, and whether it declares it.
pub(super) fn role(segments: &[&str], part: Part) -> Option<(Role, bool)> {
    use Role::{Event, Field, Offload, Param, Payload, Rule, Variable};
    if part == Part::Key {
        return match segments {
            ["payloads", _] => Some((Payload, true)),
            ["payloads", _, "fields", _] => Some((Field, true)),
            ["offloads", _] => Some((Offload, true)),
            ["offloads", _, "events", _] => Some((Event, true)),
            ["flags", "declared", _] => Some((Variable, true)),
            ["flags", "declared", _, "rollback", "set", _] => Some((Variable, false)),
            _ => None,
        };
    }
    match segments {
        ["payloads", _, "extends"]
        | ["defaults" | "offloads", _, "payload"]
        | ["offloads", _, "events", _, "payload"] => Some((Payload, false)),
        ["payloads", _, "fields", .., "type"] => Some((Payload, false)),
        ["rollout", _, "offload"] => Some((Offload, false)),
        ["offloads", _, "event"] => Some((Event, true)),
        [.., "cancelOn", _, "event"] => Some((Event, false)),
        ["offloads", _, "flag"] | ["dispatch", "auth", "secret"] | ["environment", "secrets", _] => {
            Some((Variable, false))
        }
        ["flags" | "dispatch", .., "on" | "set" | "unset"] | ["offloads" | "defaults", .., "env"] => {
            Some((Variable, false))
        }
        ["offloads", _, "params", "allow", _] => Some((Param, true)),
        ["dispatch", "responses", _, "body", "dispatch", _] | ["ledger", "fields", _] => Some((Field, false)),
        [.., "allow", _, "rule"] => Some((Rule, false)),
        _ => None,
    }
}

/// Every name of a document, in the order of the text.
pub(super) fn all(document: &Document) -> Vec<Name> {
    let mut found = Vec::new();
    walk(document, document.root(), &mut Vec::new(), &mut found);
    found
}

/// The name at a byte.
pub(super) fn at(document: &Document, offset: usize) -> Option<Name> {
    let holds = |span: Span| span.start <= offset && offset <= span.end;
    all(document).into_iter().find(|name| holds(name.span))
}

fn walk(document: &Document, node: &Node, path: &mut Vec<String>, found: &mut Vec<Name>) {
    match &node.value {
        Value::Mapping(entries) => {
            for (key, entry) in entries {
                path.push(key.clone());
                note(document, key, entry.key, path, Part::Key, found);
                walk(document, &entry.node, path, found);
                path.pop();
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                walk(document, item, path, found);
                path.pop();
            }
        }
        Value::String(text) => note(document, text, node.span, path, Part::Value, found),
        _ => {}
    }
}

fn note(document: &Document, text: &str, span: Span, path: &[String], part: Part, found: &mut Vec<Name>) {
    let segments: Vec<&str> = path.iter().map(String::as_str).collect();
    let Some((role, declares)) = role(&segments, part) else { return };
    let written = document.source().slice(span);
    let name = bare(role, text);
    // A text that is written with escapes or over lines has no bytes of its own.
    let Some(offset) = written.find(name).filter(|_| !name.is_empty()) else { return };
    if role == Role::Payload && segments.last() == Some(&"type") && name.starts_with(char::is_lowercase) {
        return;
    }
    let start = span.start + offset;
    found.push(Name { role, text: name.to_owned(), span: Span::new(start, start + name.len()), declares });
}

/// The name in a text: of `array<Item>` the item, of `params?` the field.
fn bare(role: Role, text: &str) -> &str {
    match role {
        Role::Payload => text.rsplit('<').next().unwrap_or(text).trim_end_matches('>').trim(),
        Role::Field => text.strip_suffix('?').unwrap_or(text),
        _ => text,
    }
}
