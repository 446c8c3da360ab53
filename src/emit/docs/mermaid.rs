//! Mermaid source. Labels come from the spec: every character that Mermaid could read as syntax is
//! written as an entity (`#35;`), so that text stays text. Ids are made here, never from the spec.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::inline::{Block, prose};
use crate::markdown::{one_line, shorten};

/// Longest label that stays readable in a picture.
const MOST: usize = 60;

/// A label of the spec.
pub(super) fn text(text: &str) -> String {
    let text = shorten(&one_line(text), MOST);
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'-' | b'_' | b'.' | b'/')) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        let safe = matches!(c, ' ' | '-' | '_' | '.' | '/' | '=' | '*' | ',' | '(' | ')' | '…' | '→' | '×');
        if safe || c.is_alphanumeric() {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

/// A flowchart that is being drawn from left to right.
pub(super) struct Flowchart {
    lines: Vec<String>,
    nodes: Vec<(String, String)>,
    edges: Vec<String>,
}

/// How a node looks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Something that starts a chain.
    Start,
    /// A step.
    Step,
    /// A question.
    Choice,
    /// Something that is kept.
    Store,
}

impl Flowchart {
    pub(super) fn new() -> Self {
        Self { lines: vec!["flowchart LR".into()], nodes: Vec::new(), edges: Vec::new() }
    }

    /// The id of the node with this label of a column; it is drawn once.
    pub(super) fn node(&mut self, column: &str, label: &str, shape: Shape) -> String {
        let key = format!("{column}\u{0}{}", text(label));
        if let Some((_, id)) = self.nodes.iter().find(|(known, _)| *known == key) {
            return id.clone();
        }
        self.another(column, label, shape)
    }

    /// The id of a node of its own, whatever its label.
    pub(super) fn another(&mut self, column: &str, label: &str, shape: Shape) -> String {
        let label = text(label);
        let key = format!("{column}\u{0}{label}");
        let id = format!("{column}{}", self.nodes.len());
        let (open, close) = match shape {
            Shape::Start => ("([\"", "\"])"),
            Shape::Step => ("[\"", "\"]"),
            Shape::Choice => ("{{\"", "\"}}"),
            Shape::Store => ("[(\"", "\")]"),
        };
        self.lines.push(format!("  {id}{open}{label}{close}"));
        self.nodes.push((key, id.clone()));
        id
    }

    /// Draws an arrow once. `label` is a word of the compiler.
    pub(super) fn edge(&mut self, from: &str, to: &str, label: &str) {
        let edge = if label.is_empty() { format!("  {from} --> {to}") } else { format!("  {from} -->|{label}| {to}") };
        if !self.edges.contains(&edge) {
            self.edges.push(edge);
        }
    }

    /// The fenced block.
    pub(super) fn print(mut self) -> Block {
        self.lines.append(&mut self.edges);
        Block::new("mermaid", &self.lines.join("\n"))
    }
}

/// A sequence diagram that is being drawn.
pub(super) struct Sequence {
    participants: Vec<(&'static str, String)>,
    told: Told,
    depth: usize,
}

/// What becomes of a sequence: one of the two is asked for, and making both is not cheap.
enum Told {
    /// Its source.
    Source(String),
    /// Its lines.
    Steps(Vec<Step>),
}

/// A line of a sequence, for formats that draw none.
#[derive(Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "SequenceStep")]
pub(super) struct Step {
    /// How many conditions hold.
    depth: usize,
    /// A condition; then nobody says anything.
    when: Option<String>,
    /// Who says it.
    from: String,
    /// Who hears it.
    to: String,
    /// What is said.
    says: String,
    /// What is said does not arrive.
    lost: bool,
}

impl Sequence {
    /// One of which the source is asked for. `participants` are ids of the compiler with their labels.
    pub(super) fn drawn(participants: Vec<(&'static str, String)>) -> Self {
        let mut source = String::from("sequenceDiagram");
        for (id, label) in &participants {
            source.extend(["\n  participant ", id, " as ", &text(label)]);
        }
        Self { participants, told: Told::Source(source), depth: 1 }
    }

    /// One of which the lines are asked for. `participants` are ids of the compiler, and what steps call them.
    pub(super) fn in_words(participants: Vec<(&'static str, String)>) -> Self {
        Self { participants, told: Told::Steps(Vec::new()), depth: 1 }
    }

    /// An arrow of the compiler such as `R->>I`, and what is said.
    pub(super) fn say(&mut self, arrow: &str, message: &str) {
        let of = |id: &str| self.participants.iter().find(|(known, _)| *known == id).map(|(_, label)| label.clone());
        match &mut self.told {
            Told::Source(source) => line(source, self.depth, &[arrow, ": ", &text(message)]),
            Told::Steps(steps) => steps.push(Step {
                depth: self.depth - 1,
                when: None,
                from: of(&arrow[..1]).unwrap_or_default(),
                to: of(&arrow[arrow.len() - 1..]).unwrap_or_default(),
                says: prose(message),
                lost: arrow.contains('x'),
            }),
        }
    }

    /// `alt`, `else`, `opt` or `loop` with its condition.
    pub(super) fn open(&mut self, word: &str, condition: &str) {
        if word == "else" {
            self.depth = self.depth.saturating_sub(1);
        }
        match &mut self.told {
            Told::Source(source) => line(source, self.depth, &[word, " ", &text(condition)]),
            Told::Steps(steps) => steps.push(Step {
                depth: self.depth.saturating_sub(1),
                when: Some(condition.to_owned()),
                from: String::new(),
                to: String::new(),
                says: String::new(),
                lost: false,
            }),
        }
        self.depth += 1;
    }

    /// Ends the innermost part.
    pub(super) fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1).max(1);
        if let Told::Source(source) = &mut self.told {
            line(source, self.depth, &["end"]);
        }
    }

    /// The picture; empty for a sequence in words.
    pub(super) fn picture(self) -> Block {
        match self.told {
            Told::Source(source) => Block::new("mermaid", &source),
            Told::Steps(_) => Block::new("mermaid", ""),
        }
    }

    /// The lines; none for one that is drawn.
    pub(super) fn steps(self) -> Vec<Step> {
        match self.told {
            Told::Source(_) => Vec::new(),
            Told::Steps(steps) => steps,
        }
    }
}

/// Adds a line of a picture.
fn line(source: &mut String, depth: usize, parts: &[&str]) {
    source.push('\n');
    source.extend(std::iter::repeat_n("  ", depth));
    source.extend(parts.iter().copied());
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn labels_stay_text() {
        let cases = [
            ("GET /api/cron/x", "GET /api/cron/x"),
            ("a\"]; click b", "a#34;#93;#59; click b"),
            ("<b>&lt;", "#60;b#62;#38;lt#59;"),
            ("%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;"),
            ("```\nend", "#96;#96;#96; end"),
            ("#35;", "#35;35#59;"),
            ("a\u{202e}b", "a#91;U#43;202E#93;b"),
        ];
        for (given, expected) in cases {
            assert_eq!(text(given), expected, "{given}");
        }
    }
}
