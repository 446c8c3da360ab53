//! The pattern language: `{name}` for a value, `{name | sha256(24)}` for a hash of it, `[...]` for a
//! part that is present only when every value inside it is. `\` before a bracket, a brace or itself
//! takes it literally.

use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::params_hash;

/// A parsed pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What it consists of, in order.
    pub parts: Vec<Part>,
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Text as it is.
    Text(String),
    /// A value.
    Value(Value),
    /// Present only when every value inside it is; never nested.
    Optional(Vec<Part>),
}

/// A value, perhaps hashed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// Which value.
    pub name: ValueName,
    /// How many hex digits of its SHA-256 are used instead; 1 to 64.
    pub sha256: Option<usize>,
}

macro_rules! value_names {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The values that a pattern can name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum ValueName { $($(#[$doc])* $name,)* }

        impl ValueName {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As it is written between braces.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

value_names! {
    /// The offload's key.
    Job = "job",
    /// The offload's key in SCREAMING_SNAKE_CASE.
    JobConstant = "JOB",
    /// The event's name.
    Event = "event",
    /// The event's name in SCREAMING_SNAKE_CASE.
    EventConstant = "EVENT",
    /// The offload's source.
    Source = "source",
    /// Start of the window to the minute: `YYYY-MM-DDTHH:mm`.
    Window = "window",
    /// Start of the window in full.
    WindowStart = "windowStart",
    /// Size of the window in seconds.
    WindowSeconds = "windowSeconds",
    /// Hash of the allowed parameters; absent without any.
    ParamsHash = "paramsHash",
    /// The dispatch key.
    DispatchKey = "dispatchKey",
    /// The instant of the call.
    Now = "now",
    /// A random UUID.
    Uuid = "uuid",
}

impl ValueName {
    /// The value with this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|name| name.as_str() == text)
    }
}

/// Why a text is no pattern, and the byte offset of the fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PatternError {
    /// `{` or `[` without its end.
    Unclosed(usize),
    /// `}` or `]` without its beginning.
    Unopened(usize),
    /// `[` inside `[...]`.
    Nested(usize),
    /// No value has this name.
    UnknownValue(usize, String),
    /// What follows `|` is not `sha256(1..=64)`.
    BadFilter(usize, String),
    /// `[...]` without a value: it would always or never be there.
    NoValueInside(usize),
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unclosed(_) => f.write_str("a bracket is not closed"),
            Self::Unopened(_) => f.write_str("a closing bracket has no opening one"),
            Self::Nested(_) => f.write_str("an optional part is inside another one"),
            Self::UnknownValue(_, name) => write!(f, "unknown value `{name}`"),
            Self::BadFilter(_, text) => write!(f, "`{text}` is not `sha256(n)` with n from 1 to 64"),
            Self::NoValueInside(_) => f.write_str("an optional part contains no value"),
        }
    }
}

/// What the values of a call are; `None` for a value that the call does not have.
pub trait Values {
    /// The value with this name.
    fn get(&self, name: ValueName) -> Option<String>;
}

impl<F: Fn(ValueName) -> Option<String>> Values for F {
    fn get(&self, name: ValueName) -> Option<String> {
        self(name)
    }
}

impl Pattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let mut parts = Vec::new();
        let mut optional: Option<(usize, Vec<Part>)> = None;
        let mut literal = String::new();
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.peek() {
                    Some(&(_, next @ ('{' | '}' | '[' | ']' | '\\'))) => {
                        literal.push(next);
                        chars.next();
                    }
                    _ => literal.push('\\'),
                },
                '{' => {
                    let end = text[at..].find('}').map(|n| at + n).ok_or(PatternError::Unclosed(at))?;
                    let value = parse_value(at + 1, &text[at + 1..end])?;
                    let into = optional.as_mut().map_or(&mut parts, |(_, inside)| inside);
                    flush(&mut literal, into);
                    into.push(Part::Value(value));
                    while chars.peek().is_some_and(|(i, _)| *i <= end) {
                        chars.next();
                    }
                }
                '[' if optional.is_some() => return Err(PatternError::Nested(at)),
                '[' => {
                    flush(&mut literal, &mut parts);
                    optional = Some((at, Vec::new()));
                }
                ']' => {
                    let (start, mut inside) = optional.take().ok_or(PatternError::Unopened(at))?;
                    flush(&mut literal, &mut inside);
                    if !inside.iter().any(|part| matches!(part, Part::Value(_))) {
                        return Err(PatternError::NoValueInside(start));
                    }
                    parts.push(Part::Optional(inside));
                }
                '}' => return Err(PatternError::Unopened(at)),
                c => literal.push(c),
            }
        }
        if let Some((at, _)) = optional {
            return Err(PatternError::Unclosed(at));
        }
        flush(&mut literal, &mut parts);
        Ok(Self { parts })
    }

    /// The values it names, in order, with whether each is in an optional part.
    pub fn values(&self) -> impl Iterator<Item = (&Value, bool)> {
        self.parts.iter().flat_map(|part| -> Vec<(&Value, bool)> {
            match part {
                Part::Text(_) => Vec::new(),
                Part::Value(value) => vec![(value, false)],
                Part::Optional(inside) => inside
                    .iter()
                    .filter_map(|part| if let Part::Value(value) = part { Some((value, true)) } else { None })
                    .collect(),
            }
        })
    }

    /// Whether it names this value anywhere.
    pub fn names(&self, name: ValueName) -> bool {
        self.values().any(|(value, _)| value.name == name)
    }

    /// The same pattern with the values that are known already put in.
    #[must_use]
    pub fn fill(&self, known: &impl Values) -> Self {
        fn fill_parts(parts: &[Part], known: &impl Values) -> Vec<Part> {
            let mut out: Vec<Part> = Vec::new();
            for part in parts {
                let part = match part {
                    Part::Value(value) => match known.get(value.name) {
                        Some(text) => Part::Text(hashed(text, value.sha256)),
                        None => part.clone(),
                    },
                    Part::Optional(inside) => {
                        let inside = fill_parts(inside, known);
                        if inside.iter().any(|part| matches!(part, Part::Value(_))) {
                            Part::Optional(inside)
                        } else {
                            inside.into_iter().for_each(|part| push(&mut out, part));
                            continue;
                        }
                    }
                    Part::Text(_) => part.clone(),
                };
                push(&mut out, part);
            }
            out
        }
        fn push(out: &mut Vec<Part>, part: Part) {
            match (out.last_mut(), part) {
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
                (_, part) => out.push(part),
            }
        }
        Self { parts: fill_parts(&self.parts, known) }
    }

    /// The text for a call. `None` when a value outside every optional part is absent.
    pub fn render(&self, values: &impl Values) -> Option<String> {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => out.push_str(text),
                Part::Value(value) => out.push_str(&hashed(values.get(value.name)?, value.sha256)),
                Part::Optional(inside) => {
                    let inside = Self { parts: inside.clone() };
                    out.push_str(&inside.render(values).unwrap_or_default());
                }
            }
        }
        Some(out)
    }

    /// The text, when no value is left in it.
    pub fn constant(&self) -> Option<String> {
        self.render(&|_: ValueName| None)
    }
}

fn hashed(text: String, sha256: Option<usize>) -> String {
    match sha256 {
        Some(length) => params_hash(&text, length),
        None => text,
    }
}

fn flush(literal: &mut String, into: &mut Vec<Part>) {
    if !literal.is_empty() {
        into.push(Part::Text(std::mem::take(literal)));
    }
}

fn parse_value(at: usize, text: &str) -> Result<Value, PatternError> {
    let (name, filter) = match text.split_once('|') {
        Some((name, filter)) => (name.trim(), Some(filter.trim())),
        None => (text.trim(), None),
    };
    let sha256 = match filter {
        None => None,
        Some(filter) => {
            let length = filter.strip_prefix("sha256(").and_then(|rest| rest.strip_suffix(')'));
            let length = length.and_then(|digits| digits.trim().parse().ok());
            let length = length.filter(|length| (1..=64).contains(length));
            Some(length.ok_or_else(|| PatternError::BadFilter(at, filter.to_owned()))?)
        }
    };
    let name = ValueName::parse(name).ok_or_else(|| PatternError::UnknownValue(at, name.to_owned()))?;
    Ok(Value { name, sha256 })
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fn print(parts: &[Part], f: &mut fmt::Formatter<'_>) -> fmt::Result {
            for part in parts {
                match part {
                    Part::Text(text) => {
                        let special = ['{', '}', '[', ']', '\\'];
                        let mut rest = text.as_str();
                        while let Some(at) = rest.find(special) {
                            f.write_str(&rest[..at])?;
                            f.write_str("\\")?;
                            f.write_str(&rest[at..=at])?;
                            rest = &rest[at + 1..];
                        }
                        f.write_str(rest)?;
                    }
                    Part::Value(Value { name, sha256: None }) => write!(f, "{{{}}}", name.as_str())?,
                    Part::Value(Value { name, sha256: Some(length) }) => {
                        write!(f, "{{{} | sha256({length})}}", name.as_str())?
                    }
                    Part::Optional(inside) => {
                        f.write_str("[")?;
                        print(inside, f)?;
                        f.write_str("]")?;
                    }
                }
            }
            Ok(())
        }
        print(&self.parts, f)
    }
}

impl Serialize for Pattern {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Pattern {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Pattern".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A pattern: `{name}` for a value, `[...]` for a part that is present only when every value inside it is.",
            "examples": ["cron:nightly-report:{window}"]
        })
    }
}
