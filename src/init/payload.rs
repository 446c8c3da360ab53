//! The fields of events, from what was sent in several calls.

use crate::conform::observe::Data;
use crate::derive::Instant;

/// A field that was seen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// Its type; none for one that has fields of its own.
    pub(super) type_: Option<&'static str>,
    /// Its own fields.
    pub(super) fields: Vec<Field>,
    /// What the dispatcher fills it with.
    pub(super) from: Option<&'static str>,
    /// Whether it was absent in some calls.
    pub(super) is_optional: bool,
    /// What it was seen to hold, where that has no type.
    pub(super) unknown: Option<String>,
}

/// A call, and what it sent.
#[derive(Debug)]
pub(super) struct Sample<'s> {
    /// When.
    pub(super) at: Instant,
    /// Whether it had parameters.
    pub(super) has_query: bool,
    /// The data of the event.
    pub(super) data: &'s Data,
}

/// What else is known of the calls.
#[derive(Debug)]
pub(super) struct Known {
    /// The field that holds the dispatch key.
    pub(super) key: Option<String>,
    /// The size of the window in seconds.
    pub(super) window: Option<u64>,
}

/// The fields of all samples, in the order in which they are first seen.
pub(super) fn fields(samples: &[Sample<'_>], known: &Known) -> Vec<Field> {
    let mut found: Vec<Field> = Vec::new();
    for name in names(samples.iter().map(|sample| sample.data)) {
        let seen: Vec<(&Sample<'_>, Data)> = samples
            .iter()
            .map(|sample| (sample, sample.data.get(&name)))
            .filter(|(_, value)| *value != Data::Undefined)
            .collect();
        let values: Vec<&Data> = seen.iter().map(|(_, value)| value).collect();
        let from = binding(&name, &seen, known);
        let mut field = field(name, &values);
        field.is_optional = seen.len() < samples.len();
        field.from = from;
        match from {
            Some("params") => (field.type_, field.fields, field.is_optional) = (Some("map<string>"), Vec::new(), true),
            Some("windowSeconds") => field.type_ = Some("integer"),
            Some("uuid") => field.type_ = Some("uuid"),
            _ => {}
        }
        found.push(field);
    }
    found
}

fn names<'d>(all: impl Iterator<Item = &'d Data>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for field in all.flat_map(Data::fields) {
        if !names.iter().any(|known| known.as_str() == &*field.name) {
            names.push(field.name.to_string());
        }
    }
    names
}

/// A field that holds these values.
fn field(name: String, values: &[&Data]) -> Field {
    let records = values.iter().all(|value| value.is_closed() && value.fields().next().is_some());
    if records && !values.is_empty() {
        let inner = names(values.iter().copied()).into_iter().map(|inner| {
            let all: Vec<Data> = values.iter().map(|value| value.get(&inner)).collect();
            let there: Vec<&Data> = all.iter().filter(|value| **value != Data::Undefined).collect();
            Field { is_optional: there.len() < all.len(), ..field(inner, &there) }
        });
        let fields = inner.collect();
        return Field { name, type_: None, fields, from: None, is_optional: false, unknown: None };
    }
    let mut types = values.iter().map(|value| type_of(value));
    let first = types.next().flatten();
    let type_ = first.filter(|first| types.all(|other| other == Some(*first)));
    let unknown = match type_ {
        Some(_) => None,
        None => values.iter().find(|value| type_of(value).is_none()).or(values.first()).map(|value| value.show()),
    };
    Field { name, type_: Some(type_.unwrap_or("json")), fields: Vec::new(), from: None, is_optional: false, unknown }
}

fn type_of(value: &Data) -> Option<&'static str> {
    match value {
        Data::Text(text) if Instant::parse(text).is_some() && text.ends_with('Z') => Some("timestamp"),
        Data::Text(_) => Some("string"),
        Data::Instant(_) => Some("timestamp"),
        Data::Number(number) if number.fract() == 0.0 => Some("integer"),
        Data::Number(_) => Some("number"),
        Data::Bool(_) => Some("boolean"),
        Data::List(items) if !items.is_empty() => {
            let one = type_of(&items[0])?;
            let all = items.iter().all(|item| type_of(item) == Some(one));
            let lists = [("string", "array<string>"), ("integer", "array<integer>"), ("number", "array<number>")];
            lists.into_iter().find(|(of, _)| all && *of == one).map(|(_, list)| list)
        }
        _ => None,
    }
}

/// What the dispatcher fills a field with, when that explains every value of it.
fn binding(name: &str, seen: &[(&Sample<'_>, Data)], known: &Known) -> Option<&'static str> {
    let texts = |says: &dyn Fn(&Sample<'_>, &str) -> bool| {
        seen.iter().all(|(sample, value)| value.as_text().is_some_and(|text| says(sample, text)))
    };
    let window = known.window.map(crate::derive::Duration::from_seconds);
    // How the machine's random texts begin.
    let is_random = |text: &str| text.starts_with("00000000-0000-4000-8000-");
    if known.key.as_deref() == Some(name) {
        Some("dispatchKey")
    } else if texts(&|sample, text| text == sample.at.iso()) {
        Some("now")
    } else if window.is_some_and(|size| texts(&|sample, text| text == sample.at.floor(size).iso())) {
        Some("windowStart")
    } else if texts(&|_, text| is_random(text)) {
        Some("uuid")
    } else if name == "source" && texts(&|_, _| true) {
        Some("source")
    } else if known.window.is_some_and(|size| seen.iter().all(|(_, value)| *value == Data::Number(size as f64))) {
        Some("windowSeconds")
    } else if name == "params" && seen.iter().all(|(sample, value)| sample.has_query && value.is_closed()) {
        Some("params")
    } else {
        None
    }
}
