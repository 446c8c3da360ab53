//! How the values that a field may have changed: fewer, more, or others.

use serde_json::Value;

use super::renames::Renames;
use crate::contract::{Field, Type};
use crate::pointer::Pointer;

/// How one set of values relates to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same.
    Same,
    /// Some values are no longer allowed.
    Narrower,
    /// Some values are new.
    Wider,
    /// Neither holds the other.
    Other,
}

/// How a type changed. Fields of an object are compared each on its own.
pub(super) fn relation(was: &Type, is: &Type, renames: &Renames) -> Relation {
    match (was, is) {
        (Type::Enum(_), Type::Enum(_)) | (Type::Object(_), Type::Object(_)) => Relation::Same,
        (Type::Array(was), Type::Array(is)) | (Type::Map(was), Type::Map(is)) => relation(was, is, renames),
        _ if renames.in_type(&was.text()) == is.text() => Relation::Same,
        (Type::Json, _) | (Type::Number, Type::Integer) => Relation::Narrower,
        (_, Type::Json) | (Type::Integer, Type::Number) => Relation::Wider,
        (Type::String, is) if is.is_text() => Relation::Narrower,
        (was, Type::String) if was.is_text() => Relation::Wider,
        _ => Relation::Other,
    }
}

/// The restrictions that came and those that went, in words, each with the end of its path.
pub(super) fn restrictions(was: &Field, is: &Field, renames: &Renames) -> (Vec<Restriction>, Vec<Restriction>) {
    let (mut came, mut went) = (Vec::new(), Vec::new());
    let type_words = || format!("`{}` becomes `{}`", was.type_.value.text(), is.type_.value.text());
    match relation(&was.type_.value, &is.type_.value, renames) {
        Relation::Narrower => came.push(Restriction { path: &["type"], key: None, words: type_words() }),
        Relation::Wider => went.push(Restriction { path: &["type"], key: None, words: type_words() }),
        Relation::Same | Relation::Other => {}
    }
    if let (Type::Enum(before), Type::Enum(after)) = (&was.type_.value, &is.type_.value) {
        let only = |these: &[String], others: &[String], words: &str| -> Vec<Restriction> {
            let missing = these.iter().filter(|value| !others.contains(value));
            missing
                .map(|value| Restriction {
                    path: &["type", "enum"],
                    key: Some(value.clone()),
                    words: format!("the value `{value}` {words}"),
                })
                .collect()
        };
        came.extend(only(before, after, "is removed"));
        went.extend(only(after, before, "is new"));
    }
    match (was.nullable, is.nullable) {
        (true, false) => {
            came.push(Restriction { path: &["nullable"], key: None, words: "`null` is no longer allowed".to_owned() })
        }
        (false, true) => {
            went.push(Restriction { path: &["nullable"], key: None, words: "`null` is now allowed".to_owned() })
        }
        _ => {}
    }
    let keywords = was.bounds.keys().chain(is.bounds.keys().filter(|key| !was.bounds.contains_key(*key)));
    for keyword in keywords {
        let (before, after) = (was.bounds.get(keyword), is.bounds.get(keyword));
        if before == after {
            continue;
        }
        let one = |side: Option<&Value>| side.map_or_else(|| "none".to_owned(), super::words::shown);
        let words = format!("`{keyword}` from {} to {}", one(before), one(after));
        let restriction = Restriction { path: &["bounds"], key: Some(keyword.clone()), words };
        if tightens(keyword, before, after) { came.push(restriction) } else { went.push(restriction) }
    }
    (came, went)
}

/// A restriction that came or went.
#[derive(Debug)]
pub(super) struct Restriction {
    pub(super) path: &'static [&'static str],
    pub(super) key: Option<String>,
    pub(super) words: String,
}

/// Whether a bound allows less than before. Where that cannot be decided, as between two regular
/// expressions, it may.
fn tightens(keyword: &str, was: Option<&Value>, is: Option<&Value>) -> bool {
    let (Some(was), Some(is)) = (was, is) else { return is.is_some_and(|is| is.as_bool() != Some(false)) };
    let numbers = was.as_f64().zip(is.as_f64());
    match (keyword, numbers) {
        ("minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties", Some((was, is))) => is > was,
        ("maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties", Some((was, is))) => is < was,
        ("multipleOf", Some((was, is))) => !is_multiple(was, is),
        ("uniqueItems", _) => is.as_bool() == Some(true),
        _ => true,
    }
}

/// Whether decimals divide, as the generated checks and JSON Schema's read them: 0.3 is three times 0.1.
fn is_multiple(value: f64, factor: f64) -> bool {
    let ratio = value / factor;
    (ratio.round() - ratio).abs() <= 2.0 * f64::EPSILON * ratio.abs()
}

impl Restriction {
    /// Its path, under that of its field.
    pub(super) fn path_under(&self, field: &Pointer) -> Pointer {
        let path = self.path.iter().fold(field.clone(), |path, key| path.key(key));
        self.key.as_ref().map_or_else(|| path.clone(), |key| path.key(key))
    }

    /// The key of the field that says it.
    pub(super) fn written_as(&self) -> &str {
        match (self.path, &self.key) {
            (["bounds"], Some(keyword)) => keyword,
            (["type", "enum"], _) => "values",
            _ => self.path.first().copied().unwrap_or_default(),
        }
    }
}
