//! The front end: any bytes become a tree in which everything knows its place, or findings that know theirs.

use std::sync::Arc;

use inngest_offload::compile::compile;
use inngest_offload::document::{Document, Node, Value};
use inngest_offload::source::{Source, Span};

use super::findings::sound;

/// What holds for any bytes.
pub fn hold(bytes: &[u8]) {
    match compile("spec.yaml", bytes.to_vec()) {
        Ok(compiled) => {
            sound(&compiled.findings, bytes.len());
            tree(&compiled.document);
            // The loss of what JSON cannot say is not silent: there is none.
            let json = compiled.document.root().to_json();
            let yaml: serde_json::Value =
                serde_json::to_value(compiled.document.root().to_yaml()).expect("plain values");
            assert_eq!(json, yaml);
        }
        Err(findings) => {
            assert!(!findings.is_empty(), "refused without a word");
            sound(&findings, bytes.len());
        }
    }
    if let Ok(source) = Source::from_bytes("spec.yaml", bytes.to_vec()) {
        let source = Arc::new(source);
        // What an editor asks while somebody types.
        let document = Document::of_what_is_there(source.clone());
        tree(&document);
        for offset in (0..=source.text().len()).step_by(source.text().len() / 16 + 1) {
            if let Some((pointer, _, span)) = document.at(offset) {
                assert!(span.start <= offset && offset <= span.end);
                assert!(document.get(&pointer).is_some(), "{pointer:?} leads nowhere");
            }
        }
    }
}

/// Every value lies inside of the one that holds it, and no two of them overlap; there are not more of them than bytes.
fn tree(document: &Document) {
    let text = document.source().text();
    let mut nodes = 0;
    node(document.root(), Span::new(0, text.len()), text, &mut nodes);
    assert!(nodes <= text.len() + 1, "{nodes} values in {} bytes", text.len());
}

fn node(at: &Node, outer: Span, text: &str, nodes: &mut usize) {
    *nodes += 1;
    within(at.span, outer, text);
    let mut after = at.span.start;
    let mut next = |span: Span| {
        assert!(after <= span.start, "{span:?} begins before {after}");
        after = span.end;
    };
    match &at.value {
        Value::Mapping(entries) => {
            for entry in entries.values() {
                within(entry.key, at.span, text);
                next(entry.key);
                next(entry.node.span);
                node(&entry.node, at.span, text, nodes);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                next(item.span);
                node(item, at.span, text, nodes);
            }
        }
        Value::Float(number) => assert!(number.is_finite()),
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::String(_) => {}
    }
}

fn within(span: Span, outer: Span, text: &str) {
    assert!(outer.start <= span.start && span.start <= span.end && span.end <= outer.end, "{span:?} in {outer:?}");
    assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?} splits a character");
}
