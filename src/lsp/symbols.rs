//! The outline of a spec.

use super::Model;
use crate::document::{Document, Entry, Node, Value};
use crate::source::Span;

/// A part of a spec.
#[derive(Debug, Clone)]
pub(super) struct Symbol {
    pub(super) name: String,
    pub(super) detail: String,
    /// The number of the protocol.
    pub(super) kind: u8,
    /// Key and value.
    pub(super) whole: Span,
    pub(super) key: Span,
    pub(super) children: Vec<Symbol>,
}

const MODULE: u8 = 2;
const CLASS: u8 = 5;
const PROPERTY: u8 = 7;
const FUNCTION: u8 = 12;
const EVENT: u8 = 24;

/// The outline: what is declared under each key.
pub(super) fn symbols(model: &Model) -> Vec<Symbol> {
    let document = model.document();
    let Value::Mapping(entries) = &document.root().value else { return Vec::new() };
    entries
        .iter()
        .map(|(key, entry)| {
            let mut top = symbol(document, key, entry, MODULE);
            let inside = if key == "flags" { child(&entry.node, "declared") } else { Some(&entry.node) };
            let kind = match key.as_str() {
                "offloads" => FUNCTION,
                "payloads" => CLASS,
                _ => PROPERTY,
            };
            top.children = inside.map(|node| children(document, node, kind)).unwrap_or_default();
            for (part, node) in top.children.iter_mut().zip(inside.into_iter().flat_map(values)) {
                let (below, kind) = match key.as_str() {
                    "offloads" => (child(node, "events"), EVENT),
                    "payloads" => (child(node, "fields"), PROPERTY),
                    _ => (None, PROPERTY),
                };
                part.children = below.map(|node| children(document, node, kind)).unwrap_or_default();
            }
            top
        })
        .collect()
}

fn child<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    Some(node.child(key)?.1)
}

fn values(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Mapping(entries) => entries.values().map(|entry| &entry.node).collect(),
        _ => Vec::new(),
    }
}

fn children(document: &Document, node: &Node, kind: u8) -> Vec<Symbol> {
    match &node.value {
        Value::Mapping(entries) => entries.iter().map(|(key, entry)| symbol(document, key, entry, kind)).collect(),
        _ => Vec::new(),
    }
}

fn symbol(document: &Document, key: &str, entry: &Entry, kind: u8) -> Symbol {
    const MOST: usize = 60;
    let text = |node: &Node| match &node.value {
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Bool(_) => {
            document.source().slice(node.span).lines().next().unwrap_or_default().chars().take(MOST).collect()
        }
        _ => String::new(),
    };
    let detail =
        child(&entry.node, "route").or_else(|| child(&entry.node, "type")).map_or_else(|| text(&entry.node), text);
    // Clients refuse an empty name.
    let name = if key.is_empty() { "\"\"".to_owned() } else { key.to_owned() };
    let whole = Span::new(entry.key.start, entry.node.span.end.max(entry.key.end));
    Symbol { name, detail, kind, whole, key: entry.key, children: Vec::new() }
}
