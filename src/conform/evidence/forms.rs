//! Values of options in one form, and how one of the code stands to one of the contract.

use std::collections::BTreeMap;

use crate::derive::Duration;

/// An option in its form.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::conform) enum Form {
    Absent,
    Bool(bool),
    Number(f64),
    Seconds(u64),
    Text(String),
    List(Vec<Form>),
    Record(BTreeMap<String, Form>),
    /// A number of the contract that the environment may set.
    Ranged {
        env: String,
        default: f64,
        min: f64,
        max: f64,
    },
    Unknown(String),
}

/// How a value of the code stands to the contract's.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::conform) enum Verdict {
    Same,
    Differs,
    /// It cannot be known: what stands in the way.
    Unknown(String),
}

impl Form {
    /// For people.
    pub(in crate::conform) fn show(&self) -> String {
        match self {
            Self::Absent => "not set".into(),
            Self::Text(text) => format!("`{text}`"),
            _ => format!("`{}`", self.bare()),
        }
    }

    fn bare(&self) -> String {
        match self {
            Self::Absent => "not set".into(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Seconds(seconds) => Duration::from_seconds(*seconds).to_string(),
            Self::Text(text) => format!("\"{text}\""),
            Self::List(items) => match items.as_slice() {
                [only] => only.bare(),
                items => format!("[{}]", items.iter().map(Self::bare).collect::<Vec<_>>().join(", ")),
            },
            Self::Record(fields) => {
                let parts: Vec<String> =
                    fields.iter().map(|(name, value)| format!("{name}: {}", value.bare())).collect();
                if parts.is_empty() { "{}".into() } else { format!("{{ {} }}", parts.join(", ")) }
            }
            Self::Ranged { env, default, min, max } => format!("{env} from {min} to {max}, {default} when unset"),
            Self::Unknown(what) => what.clone(),
        }
    }

    /// The variable of the contract that may set a number in it, and whether another number is allowed.
    pub(in crate::conform) fn variable(&self) -> Option<(&str, f64, f64)> {
        match self {
            Self::Ranged { env, min, max, .. } => Some((env, *min, *max)),
            Self::List(items) => items.iter().find_map(Self::variable),
            Self::Record(fields) => fields.values().find_map(Self::variable),
            _ => None,
        }
    }

    /// Whether a part of it cannot be known.
    pub(in crate::conform) fn has_unknown(&self) -> bool {
        match self {
            Self::Unknown(_) => true,
            Self::List(items) => items.iter().any(Self::has_unknown),
            Self::Record(fields) => fields.values().any(Self::has_unknown),
            _ => false,
        }
    }

    /// The numbers in it with where in it they are.
    pub(in crate::conform) fn numbers(&self) -> Vec<(String, f64)> {
        match self {
            Self::Number(number) => vec![(String::new(), *number)],
            Self::Seconds(seconds) => vec![(String::new(), *seconds as f64)],
            Self::List(items) => {
                let inner = items.iter().enumerate().map(|(index, item)| (index.to_string(), item.numbers()));
                inner.flat_map(below).collect()
            }
            Self::Record(fields) => {
                let inner = fields.iter().map(|(name, value)| (name.clone(), value.numbers()));
                inner.flat_map(below).collect()
            }
            _ => Vec::new(),
        }
    }

    /// How the code's form stands to this one of the contract; `set` is the variable that was set.
    pub(in crate::conform) fn compare(&self, code: &Self, set: Option<&str>) -> Verdict {
        match (self, code) {
            (_, Self::Unknown(what)) => Verdict::Unknown(what.clone()),
            (Self::Ranged { env, min, max, .. }, Self::Number(number)) if set == Some(env) => {
                if number >= min && number <= max { Verdict::Same } else { Verdict::Differs }
            }
            (Self::Ranged { default, .. }, Self::Number(number)) if number == default => Verdict::Same,
            (Self::List(ours), Self::List(theirs)) if ours.len() == theirs.len() => {
                worst(ours.iter().zip(theirs).map(|(ours, theirs)| ours.compare(theirs, set)))
            }
            (Self::Record(ours), Self::Record(theirs)) => {
                let names = ours.keys().chain(theirs.keys());
                worst(names.map(|name| {
                    let ours = ours.get(name).unwrap_or(&Self::Absent);
                    ours.compare(theirs.get(name).unwrap_or(&Self::Absent), set)
                }))
            }
            _ if self == code => Verdict::Same,
            _ => Verdict::Differs,
        }
    }
}

fn below((name, numbers): (String, Vec<(String, f64)>)) -> impl Iterator<Item = (String, f64)> {
    numbers.into_iter().map(move |(path, number)| (format!("{name}.{path}"), number))
}

/// What differs for sure counts more than what cannot be known.
fn worst(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    verdicts.fold(Verdict::Same, |worst, verdict| match (&worst, &verdict) {
        (Verdict::Differs, _) | (_, Verdict::Same) => worst,
        (_, Verdict::Differs) | (Verdict::Same, _) => verdict,
        _ => worst,
    })
}
