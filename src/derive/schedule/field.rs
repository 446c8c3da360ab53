//! One field of a schedule: `*`, numbers, ranges, steps, and lists of them.

use std::fmt;

/// What a field may hold.
pub(super) struct Range {
    name: &'static str,
    first: u8,
    last: u8,
}

pub(super) const MINUTE: Range = Range { name: "minute", first: 0, last: 59 };
pub(super) const HOUR: Range = Range { name: "hour", first: 0, last: 23 };
pub(super) const DAY_OF_MONTH: Range = Range { name: "day of the month", first: 1, last: 31 };
pub(super) const MONTH: Range = Range { name: "month", first: 1, last: 12 };
pub(super) const DAY_OF_WEEK: Range = Range { name: "day of the week", first: 0, last: 6 };

/// The numbers that a field stands for.
pub(super) struct Field {
    chosen: u64,
    all: u64,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    field: &'static str,
    part: String,
    why: String,
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} `{}`: {}", self.field, self.part, self.why)
    }
}

impl Field {
    /// Whether it stands for a number.
    pub(super) fn holds(&self, number: u64) -> bool {
        self.chosen >> number & 1 == 1
    }

    /// Whether it restricts nothing.
    pub(super) fn is_all(&self) -> bool {
        self.chosen == self.all
    }

    /// Its numbers, in order.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u64> + Clone + '_ {
        (0..64).filter(|number| self.holds(*number))
    }
}

impl Range {
    /// Parses a field.
    pub(super) fn parse(&self, text: &str) -> Result<Field, FieldError> {
        let bits = |first: u8, last: u8, step: u8| {
            (first..=last).step_by(usize::from(step)).fold(0, |bits, number| bits | 1_u64 << number)
        };
        let mut chosen = 0;
        for part in text.split(',') {
            let (first, last, step) = self.part(part)?;
            chosen |= bits(first, last, step);
        }
        Ok(Field { chosen, all: bits(self.first, self.last, 1) })
    }

    /// First, last and step of one part of a list.
    fn part(&self, part: &str) -> Result<(u8, u8, u8), FieldError> {
        let fault = |why: String| FieldError { field: self.name, part: part.to_owned(), why };
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, Some(step)),
            None => (part, None),
        };
        let (first, last) = match range.split_once('-') {
            Some((first, last)) => (self.number(first).map_err(fault)?, self.number(last).map_err(fault)?),
            None if range == "*" => (self.first, self.last),
            None => {
                let number = self.number(range).map_err(fault)?;
                if let Some(step) = step {
                    let why = format!("a step needs a range, such as `{number}-{}/{step}`", self.last);
                    return Err(fault(why));
                }
                (number, number)
            }
        };
        if first > last {
            return Err(fault(format!(
                "the range goes backwards; write `{first}-{},{}-{last}`",
                self.last, self.first
            )));
        }
        let Some(step) = step else { return Ok((first, last, 1)) };
        match step.parse::<u64>() {
            Ok(0) => Err(fault("a step is 1 or more".to_owned())),
            Ok(step) if step > u64::from(last - first) => {
                Err(fault(format!("the step is longer than the range, so it means only `{first}`")))
            }
            Ok(step) if is_digits(part.rsplit('/').next().unwrap_or_default()) => {
                Ok((first, last, u8::try_from(step).unwrap_or(u8::MAX)))
            }
            _ => Err(fault(format!("the step `{step}` is not a number"))),
        }
    }

    fn number(&self, text: &str) -> Result<u8, String> {
        if !is_digits(text) {
            return Err(self.not_a_number(text));
        }
        match text.parse::<u8>() {
            Ok(7) if self.last == DAY_OF_WEEK.last => Err("Inngest rejects 7; write `0` for Sunday".to_owned()),
            Ok(number) if (self.first..=self.last).contains(&number) => Ok(number),
            _ => Err(format!("values are {} to {}", self.first, self.last)),
        }
    }

    fn not_a_number(&self, text: &str) -> String {
        const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let names: &[&str] = match self.name {
            name if name == DAY_OF_WEEK.name => &DAYS,
            name if name == MONTH.name => &MONTHS,
            _ => &[],
        };
        let named = names.iter().position(|name| name.eq_ignore_ascii_case(text));
        match named.and_then(|at| u8::try_from(at).ok()) {
            Some(at) => format!("Vercel rejects names; write `{}` for `{text}`", at + self.first),
            None if text.is_empty() => "a number is missing".to_owned(),
            None if text == "*" => "`*` must be alone or before a step".to_owned(),
            None => format!("`{text}` is not a number; the platforms reject other characters"),
        }
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}
