//! Cron schedules as Vercel and Inngest read them: five fields, UTC.

use std::fmt;

use chrono::{DateTime, Utc};
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// A schedule of five fields that comes at least twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    text: String,
    gaps: Gaps,
}

/// Why a text is no schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScheduleError {
    /// Not five fields.
    Fields(usize),
    /// A nickname such as `@daily`, or a time zone.
    Unsupported(&'static str),
    /// A field is out of range or malformed.
    Field(String),
    /// It never comes, as on 31 February.
    Never,
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fields(count) => write!(f, "it has {count} fields, not five"),
            Self::Unsupported(what) => write!(f, "{what}"),
            Self::Field(text) => f.write_str(text),
            Self::Never => f.write_str("it never comes"),
        }
    }
}

/// Where the enumeration of ticks begins: the start of a leap year, so that every day of a year comes.
const START: i64 = 1_704_067_200;

impl Schedule {
    /// Parses a schedule.
    ///
    /// # Errors
    /// What the platforms would refuse, or accept and never run.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        if text.trim_start().starts_with('@') {
            return Err(ScheduleError::Unsupported("nicknames such as `@daily` are refused by the platform"));
        }
        if text.contains('=') {
            return Err(ScheduleError::Unsupported("a time zone is part of it; routes are called in UTC"));
        }
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        if fields.len() != 5 {
            return Err(ScheduleError::Fields(fields.len()));
        }
        if let Some(token) = fields.iter().flat_map(|field| field.split(['-', ',', '/'])).find(|token| !is_plain(token))
        {
            return Err(ScheduleError::Field(format!("`{token}` is refused by the platform")));
        }
        if fields[4].split(['-', ',', '/']).any(|part| part == "7") {
            return Err(ScheduleError::Unsupported("day of week 7 is refused by the platform; write 0 for Sunday"));
        }
        if fields[2] != "*" && fields[4] != "*" {
            return Err(ScheduleError::Unsupported(
                "it restricts both the day of the month and the day of the week, which Vercel refuses",
            ));
        }
        let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
        let cron = parser.parse(text).map_err(|error| ScheduleError::Field(error.to_string()))?;
        if ticks(&cron).nth(1).is_none() {
            return Err(ScheduleError::Never);
        }
        let gaps = daily_gaps(&fields).unwrap_or_else(|| enumerated_gaps(&cron));
        Ok(Self { text: text.to_owned(), gaps })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The distances between its ticks.
    pub fn gaps(&self) -> Gaps {
        self.gaps
    }
}

/// `*` or a number. Vercel takes no names of months and days.
fn is_plain(token: &str) -> bool {
    token == "*" || (!token.is_empty() && token.bytes().all(|b| b.is_ascii_digit()))
}

fn ticks(cron: &Cron) -> impl Iterator<Item = i64> + '_ {
    let start: DateTime<Utc> = DateTime::from_timestamp(START, 0).unwrap_or_default();
    cron.iter_from(start, croner::Direction::Forward).map(|tick| tick.timestamp())
}

/// Gaps of a schedule that is the same every day; `None` for others.
fn daily_gaps(fields: &[&str]) -> Option<Gaps> {
    if fields[2..] != ["*"; 3] {
        return None;
    }
    let minutes = numbers(fields[0], 60)?;
    let hours = numbers(fields[1], 24)?;
    let mut ticks: Vec<i64> = Vec::with_capacity(minutes.len() * hours.len() + 1);
    for hour in &hours {
        ticks.extend(minutes.iter().map(|minute| hour * 3_600 + minute * 60));
    }
    ticks.push(ticks.first()? + 86_400);
    Some(Gaps::of(&ticks))
}

/// The numbers that one field of a schedule stands for, in order.
fn numbers(field: &str, end: i64) -> Option<Vec<i64>> {
    let mut chosen = vec![false; usize::try_from(end).ok()?];
    for item in field.split(',') {
        let (range, step) = match item.split_once('/') {
            Some((range, step)) => (range, step.parse::<i64>().ok().filter(|step| *step > 0)?),
            None => (item, 1),
        };
        let (first, last) = match range.split_once('-') {
            Some((first, last)) => (first.parse().ok()?, last.parse().ok()?),
            None if range == "*" => (0, end - 1),
            None if step > 1 => (range.parse().ok()?, end - 1),
            None => (range.parse().ok()?, range.parse().ok()?),
        };
        let mut at: i64 = first;
        while at <= last {
            *chosen.get_mut(usize::try_from(at).ok()?)? = true;
            at += step;
        }
    }
    Some((0..end).zip(chosen).filter_map(|(number, chosen)| chosen.then_some(number)).collect())
}

/// Gaps over a leap year, or over the first 2,000 ticks.
fn enumerated_gaps(cron: &Cron) -> Gaps {
    let ticks: Vec<i64> = ticks(cron).take(2_000).take_while(|tick| *tick < START + 366 * 86_400).collect();
    if ticks.len() < 2 {
        return Gaps { smallest: 366 * 86_400, divisor: 86_400, span: 366 * 86_400, count: 1 };
    }
    Gaps::of(&ticks)
}

/// Distances between ticks, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gaps {
    /// The smallest.
    pub smallest: u64,
    /// The greatest common divisor.
    pub divisor: u64,
    /// All of them together.
    pub span: u64,
    /// How many there are.
    pub count: u64,
}

impl Gaps {
    fn of(ticks: &[i64]) -> Self {
        let mut gaps = Self { smallest: u64::MAX, divisor: 0, span: 0, count: 0 };
        for pair in ticks.windows(2) {
            let gap = pair[1].abs_diff(pair[0]);
            gaps.smallest = gaps.smallest.min(gap);
            gaps.divisor = gcd(gaps.divisor, gap);
            gaps.span += gap;
            gaps.count += 1;
        }
        gaps
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Serialize for Schedule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl JsonSchema for Schedule {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Schedule".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "Five cron fields, UTC.",
            "examples": ["*/5 * * * *"]
        })
    }
}
