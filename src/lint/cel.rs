//! CEL expressions of function options: parsed once, then reduced to what rules ask about.
//!
//! An [`Expression`] knows its paths with their places, what its result is made of, and what the
//! platform would refuse in it. It is never evaluated, and it has no idea of payloads: [`judge`]
//! holds it against those.

mod judge;
mod path;
mod site;
mod syntax;
mod walk;

use std::ops::Range;

use cel::parser::Parser;

pub(super) use judge::Kind;
pub(super) use site::report;
use syntax::Syntax;

/// Longest expression that is parsed, in bytes. The parser's tree of a longer chain could overflow
/// the stack of a thread; keys are some 30 bytes long.
const MAX_LENGTH: usize = 1_024;

/// Deepest nesting of brackets that is parsed, for the same reason.
const MAX_NESTING: usize = 8;

/// A parsed expression.
#[derive(Debug)]
pub(super) struct Expression {
    /// What it reads, in the order of the text.
    pub(super) paths: Vec<Path>,
    /// What its value is, as far as the text alone tells.
    pub(super) outcome: Outcome,
    /// The first call whose result no event determines, such as `now()`.
    pub(super) clock: Option<Piece>,
    /// The first piece that is neither logic nor comparison nor index.
    pub(super) beyond_matching: Option<Piece>,
}

/// A piece of the text with its name for people.
#[derive(Debug)]
pub(super) struct Piece {
    /// Its name.
    pub(super) name: String,
    /// Its place.
    pub(super) span: Range<usize>,
}

/// A value that is read: `event.data.clientId`, `event['data'].items[0]`.
#[derive(Debug)]
pub(super) struct Path {
    /// From the root on; at least one.
    pub(super) steps: Vec<Step>,
    /// What it is read for.
    pub(super) role: Role,
}

impl Path {
    /// The path as one reads it aloud.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (i, step) in self.steps.iter().enumerate() {
            match &step.name {
                Some(name) if i == 0 => text.push_str(name),
                Some(name) if is_identifier(name) => text.extend([".", name]),
                Some(name) => text.extend(["['", name, "']"]),
                None => text.push_str("[…]"),
            }
        }
        text
    }

    /// Its place.
    pub(super) fn span(&self) -> Range<usize> {
        let (first, last) = (self.steps.first(), self.steps.last());
        first.map_or(0, |step| step.span.start)..last.map_or(0, |step| step.span.end)
    }
}

/// One step of a path.
#[derive(Debug)]
pub(super) struct Step {
    /// The field; `None` for a number or a computed index.
    pub(super) name: Option<String>,
    /// Its place.
    pub(super) span: Range<usize>,
}

/// What a path is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is a part of the result.
    Result,
    /// It is a part of the result, turned into text by `string()`.
    Text,
    /// A condition, a comparison or a function reads it.
    Other,
    /// `has()` asks whether it is there.
    Tested,
}

/// What the value of an expression is, as far as the text alone tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Outcome {
    /// True or false.
    Boolean,
    /// This number.
    Number(f64),
    /// A text that is written out.
    Text,
    /// It depends.
    Unknown,
}

impl Expression {
    /// Parses an expression.
    ///
    /// # Errors
    /// The first fault of its syntax.
    pub(super) fn parse(text: &str) -> Result<Self, Syntax> {
        // Nearly all expressions are one path: no parser is needed to read it.
        if let Some(path) = plain_path(text) {
            return Ok(Self { paths: vec![path], outcome: Outcome::Unknown, clock: None, beyond_matching: None });
        }
        syntax::within_limits(text)?;
        // Depth of the grammar's own recursion: brackets and the branches of `?:`.
        let parser = Parser::new().max_recursion_depth(2 * MAX_NESTING as u16);
        match parser.parse_with_source_info(text) {
            Ok((tree, places)) => Ok(walk::expression(text, &tree, &places)),
            Err(errors) => Err(syntax::explain(text, &errors.errors)),
        }
    }
}

/// A path of plain names, `event.data.dispatchKey`, if the text is nothing else.
fn plain_path(text: &str) -> Option<Path> {
    let mut steps = Vec::new();
    let mut start = text.len() - text.trim_ascii_start().len();
    for name in text.trim_ascii().split('.') {
        if !is_identifier(name) || syntax::is_word_of_the_language(name) {
            return None;
        }
        steps.push(Step { name: Some(name.to_owned()), span: start..start + name.len() });
        start += name.len() + 1;
    }
    Some(Path { steps, role: Role::Result })
}

fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
