//! The order in which people expect texts: of ASCII, in languages that order it as the root of CLDR does.

use std::cmp::Ordering;

use super::super::super::{Kind, Value};

/// Languages that order ASCII so, each held against Node.
const LANGUAGES: [&str; 6] = ["de", "en", "fr", "it", "nl", "pt"];

/// The order of the root of CLDR for ASCII, before digits and letters.
const MARKS: &[u8] = b" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/// Longer numbers in a text are not told apart from letters here.
const LONGEST_NUMBER: usize = 500;

/// How texts are compared.
#[derive(Clone, Copy)]
pub(in super::super) struct Collation {
    /// Upper and lower case are the same.
    folds_case: bool,
    /// Digits are read as numbers.
    is_numeric: bool,
}

impl Collation {
    /// What languages and options ask for; `None` for what only the platform knows.
    pub(in super::super) fn of(locales: Option<&Value<'_>>, options: Option<&Value<'_>>) -> Option<Self> {
        is_usual(locales)?;
        let mut collation = Self { folds_case: false, is_numeric: false };
        let options = match options {
            None | Some(Value::Undefined) => return Some(collation),
            Some(Value::Object(options)) if matches!(options.kind, Kind::Plain) && !options.is_open() => options,
            Some(_) => return None,
        };
        for slot in options.listed() {
            match (&*slot.name, &slot.value) {
                _ if slot.is_getter => return None,
                (_, Value::Undefined) | ("ignorePunctuation", Value::Bool(false)) => {}
                ("usage", Value::Text(usage)) if &**usage == "sort" => {}
                ("sensitivity", Value::Text(sensitivity)) => match &**sensitivity {
                    // ASCII has no accents.
                    "base" | "accent" => collation.folds_case = true,
                    "case" | "variant" => {}
                    _ => return None,
                },
                ("numeric", Value::Bool(is_numeric)) => collation.is_numeric = *is_numeric,
                _ => return None,
            }
        }
        Some(collation)
    }

    /// How it is named, so that what compares so is one value of the platform.
    pub(in super::super) fn name(self) -> String {
        let mark = |is: bool, mark: &'static str| if is { mark } else { "" };
        format!("~{}{}", mark(self.folds_case, "i"), mark(self.is_numeric, "n"))
    }

    pub(in super::super) fn of_name(name: &str) -> Option<Self> {
        let marks = name.strip_prefix('~')?;
        Some(Self { folds_case: marks.contains('i'), is_numeric: marks.contains('n') })
    }

    /// The order of two texts; `None` for what is not plain ASCII.
    pub(in super::super) fn order(self, a: &str, b: &str) -> Option<Ordering> {
        // Lower case comes first where nothing else differs.
        let cases = |text: &str| {
            let letters = text.bytes().filter(u8::is_ascii_alphabetic);
            letters.map(|byte| byte.is_ascii_uppercase()).collect::<Vec<_>>()
        };
        let order = self.weights(a)?.cmp(&self.weights(b)?);
        Some(if self.folds_case { order } else { order.then_with(|| cases(a).cmp(&cases(b))) })
    }

    /// What counts first of each part of a text.
    fn weights(self, text: &str) -> Option<Vec<(usize, &str)>> {
        let mut weights = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(byte) = rest.bytes().next() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            if self.is_numeric && end > 0 {
                // Of numbers without zeros in front the longer one is higher.
                let number = rest[..end - 1].trim_start_matches('0');
                let number = &rest[end - 1 - number.len()..end];
                if number.len() > LONGEST_NUMBER {
                    return None;
                }
                weights.push((100 + number.len(), number));
                rest = &rest[end..];
                continue;
            }
            weights.push((weight(byte)?, ""));
            rest = &rest[1..];
        }
        Some(weights)
    }
}

fn weight(byte: u8) -> Option<usize> {
    Some(match byte {
        b'0'..=b'9' => 100 + usize::from(byte),
        b'A'..=b'Z' | b'a'..=b'z' => 1_000 + usize::from(byte.to_ascii_lowercase()),
        _ => MARKS.iter().position(|mark| *mark == byte)?,
    })
}

/// Whether the language asked for first orders ASCII as most do.
fn is_usual(locales: Option<&Value<'_>>) -> Option<()> {
    let first = match locales {
        None | Some(Value::Undefined) => return Some(()),
        Some(Value::Text(locale)) => locale.clone(),
        Some(Value::Object(list)) => match &list.kind {
            Kind::List(locales) if !list.is_open() => match locales.borrow().first() {
                None => return Some(()),
                Some(locale) => locale.as_text()?.clone(),
            },
            _ => return None,
        },
        Some(_) => return None,
    };
    let (language, region) = first.split_once('-').unwrap_or((&first, "US"));
    let is_region = region.len() == 2 && region.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_region && LANGUAGES.contains(&language)).then_some(())
}
