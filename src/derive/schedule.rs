//! Cron schedules as Vercel and Inngest both read them: five fields of numbers, UTC.
//!
//! What only one of the platforms reads, or what they read differently, is refused.

mod field;

use std::fmt;

use chrono::{DateTime, Datelike, Days as DaysLater, NaiveTime, Timelike};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Instant;
use field::Field;
pub use field::FieldError;

/// A schedule of five fields that comes.
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
    /// A nickname such as `@daily`.
    Nickname,
    /// A time zone is part of it.
    TimeZone,
    /// A field is out of range or malformed.
    Field(FieldError),
    /// Both the day of the month and the day of the week are restricted.
    BothDays,
    /// It never comes, as on 31 February.
    Never,
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fields(count) => write!(f, "it has {count} field{}, not five", if *count == 1 { "" } else { "s" }),
            Self::Nickname => f.write_str("the platform rejects nicknames such as `@daily`"),
            Self::TimeZone => f.write_str("it contains a time zone; routes are called in UTC"),
            Self::Field(error) => error.fmt(f),
            Self::BothDays => f.write_str(
                "it restricts both the day of the month and the day of the week, which Vercel rejects; one of them \
                 must be `*`",
            ),
            Self::Never => f.write_str("no such date exists"),
        }
    }
}

impl Schedule {
    /// Parses a schedule.
    ///
    /// # Errors
    /// What a platform would refuse, read in another way, or accept and never run.
    pub fn parse(text: &str) -> Result<Self, ScheduleError> {
        if text.trim_start().starts_with('@') {
            return Err(ScheduleError::Nickname);
        }
        if text.contains('=') {
            return Err(ScheduleError::TimeZone);
        }
        let written: Vec<&str> = text.split_ascii_whitespace().collect();
        let [minute, hour, day, month, weekday] = written[..] else {
            return Err(ScheduleError::Fields(written.len()));
        };
        let minutes = field::MINUTE.parse(minute)?;
        let hours = field::HOUR.parse(hour)?;
        let days = Days {
            of_month: field::DAY_OF_MONTH.parse(day)?,
            months: field::MONTH.parse(month)?,
            of_week: field::DAY_OF_WEEK.parse(weekday)?,
        };
        if !days.of_month.is_all() && !days.of_week.is_all() {
            return Err(ScheduleError::BothDays);
        }
        let (days, cycle) = days.of_cycle();
        let gaps = Gaps::of(&times(&minutes, &hours), &days, cycle).ok_or(ScheduleError::Never)?;
        Ok(Self { text: written.join(" "), gaps })
    }

    /// The text, with one space between fields.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether another one comes at the same times, however both are written.
    pub fn same(&self, other: &Self) -> bool {
        let ranges = [field::MINUTE, field::HOUR, field::DAY_OF_MONTH, field::MONTH, field::DAY_OF_WEEK];
        let mut fields = ranges.iter().zip(self.text.split(' ').zip(other.text.split(' ')));
        fields.all(|(range, (a, b))| match (range.parse(a), range.parse(b)) {
            (Ok(a), Ok(b)) => a.numbers().eq(b.numbers()),
            _ => false,
        })
    }

    /// Whether it comes on the day of an instant, and whether it comes in its hour on the days on which it does.
    pub fn comes_at(&self, at: Instant) -> (bool, bool) {
        let (date, fields) = (DateTime::from_timestamp_millis(at.millis()), self.fields());
        let (Some(date), Some((_, hours, days))) = (date, fields) else { return (false, false) };
        (days.have(&date), hours.holds(u64::from(date.hour())))
    }

    /// The first time that it comes at an instant or after it.
    pub fn next(&self, from: Instant) -> Option<Instant> {
        let start = DateTime::from_timestamp_millis(from.millis())?;
        let (minutes, hours, days) = self.fields()?;
        let times = times(&minutes, &hours);
        // What comes at all comes within eight years: so far apart are two 29 February at the end of a century.
        let midnight = start.with_time(NaiveTime::MIN).single()?;
        (0..=8 * 366)
            .filter_map(|later| midnight.checked_add_days(DaysLater::new(later)))
            .filter(|date| days.have(date))
            .find_map(|day| {
                let at = |second: &u64| Instant::from_millis(day.timestamp_millis() + *second as i64 * 1_000);
                times.iter().filter_map(at).find(|instant| *instant >= from)
            })
    }

    /// Minutes, hours and days.
    fn fields(&self) -> Option<(Field, Field, Days)> {
        let mut fields = self.text.split(' ');
        let mut field = |range: field::Range| range.parse(fields.next()?).ok();
        let (minutes, hours) = (field(field::MINUTE)?, field(field::HOUR)?);
        let (of_month, months) = (field(field::DAY_OF_MONTH)?, field(field::MONTH)?);
        Some((minutes, hours, Days { of_month, months, of_week: field(field::DAY_OF_WEEK)? }))
    }

    /// The distances between its ticks.
    pub fn gaps(&self) -> Gaps {
        self.gaps
    }
}

impl From<FieldError> for ScheduleError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}

const DAY: u64 = 86_400;

/// Seconds of a day at which it comes, in order.
fn times(minutes: &Field, hours: &Field) -> Vec<u64> {
    hours.numbers().flat_map(|hour| minutes.numbers().map(move |minute| hour * 3_600 + minute * 60)).collect()
}

/// On which days a schedule comes.
struct Days {
    of_month: Field,
    months: Field,
    of_week: Field,
}

impl Days {
    /// Whether a date is one of them.
    fn have(&self, date: &impl Datelike) -> bool {
        self.of_month.holds(u64::from(date.day()))
            && self.months.holds(u64::from(date.month()))
            && self.of_week.holds(u64::from(date.weekday().num_days_from_sunday()))
    }

    /// The days of one cycle, counted from its start, and how many days it has.
    fn of_cycle(&self) -> (Vec<u64>, u64) {
        if !self.of_month.is_all() || !self.months.is_all() {
            self.of_calendar()
        } else if self.of_week.is_all() {
            (vec![0], 1)
        } else {
            (self.of_week.numbers().collect(), 7)
        }
    }

    /// After 28 years every date falls on the same day of the week again.
    fn of_calendar(&self) -> (Vec<u64>, u64) {
        const LENGTHS: [u64; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
        let mut chosen = Vec::new();
        let mut at = 0;
        for year in 0..28 {
            for (month, length) in (1..).zip(LENGTHS) {
                let leap = month == 2 && year % 4 == 0;
                for day in 1..=length + u64::from(leap) {
                    // The cycle starts on a Saturday, as the year 2000 does.
                    let weekday = (at + 6) % 7;
                    if self.months.holds(month) && self.of_month.holds(day) && self.of_week.holds(weekday) {
                        chosen.push(at);
                    }
                    at += 1;
                }
            }
        }
        (chosen, at)
    }
}

/// Distances between ticks, in seconds, over a cycle that repeats for ever.
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
    /// Of the same times on each day of a cycle; `None` when there is no day.
    fn of(times: &[u64], days: &[u64], cycle: u64) -> Option<Self> {
        let (&first, &last) = (times.first()?, times.last()?);
        let within_day = times.windows(2).map(|pair| pair[1] - pair[0]);
        let next_cycle = [*days.last()?, days.first()? + cycle];
        let between_days =
            days.windows(2).chain([&next_cycle[..]]).map(|pair| (pair[1] - pair[0]) * DAY + first - last);
        let mut gaps = Self { smallest: u64::MAX, divisor: 0, span: cycle * DAY, count: 0 };
        gaps.count = (times.len() * days.len()) as u64;
        for gap in within_day.chain(between_days) {
            gaps.smallest = gaps.smallest.min(gap);
            gaps.divisor = gcd(gaps.divisor, gap);
        }
        Some(gaps)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_tick_is_the_first_at_an_instant_or_after_it() {
        for (schedule, from, next) in [
            ("*/5 * * * *", "2026-02-18T05:55:00.000Z", "2026-02-18T05:55:00.000Z"),
            ("*/5 * * * *", "2026-02-18T05:55:00.001Z", "2026-02-18T06:00:00.000Z"),
            ("5 * * * *", "2026-02-18T05:55:00.000Z", "2026-02-18T06:05:00.000Z"),
            ("30 2 * * *", "2026-02-18T05:55:00.000Z", "2026-02-19T02:30:00.000Z"),
            ("0 6 * * *", "2026-02-18T05:55:00.000Z", "2026-02-18T06:00:00.000Z"),
            ("0 9 * * 1-5", "2026-02-20T09:00:01.000Z", "2026-02-23T09:00:00.000Z"),
            ("0 0 31 * *", "2026-02-18T05:55:00.000Z", "2026-03-31T00:00:00.000Z"),
            ("59 23 29 2 *", "2096-03-01T00:00:00.000Z", "2104-02-29T23:59:00.000Z"),
        ] {
            let from = Instant::parse(from).expect("an instant");
            let schedule = Schedule::parse(schedule).expect("a schedule");
            assert_eq!(schedule.next(from).map(Instant::iso).as_deref(), Some(next), "{}", schedule.as_str());
        }
        let last = Instant::parse("9999-12-31T23:59:59Z").expect("an instant");
        assert_eq!(Schedule::parse("0 0 * * *").expect("a schedule").next(last), None);
    }

    #[test]
    fn a_schedule_comes_on_days_and_in_hours() {
        for (schedule, at, comes) in [
            ("*/5 * * * *", "2026-02-18T05:55:00.000Z", (true, true)),
            ("0 6 * * *", "2026-02-18T05:55:00.000Z", (true, false)),
            ("0 9 * * 1-5", "2026-02-21T09:30:00.000Z", (false, true)),
            ("0 9 * * 1-5", "2026-02-21T10:00:00.000Z", (false, false)),
            ("0 0 1 * *", "2026-03-01T00:59:59.000Z", (true, true)),
        ] {
            let at = Instant::parse(at).expect("an instant");
            assert_eq!(
                Schedule::parse(schedule).expect("a schedule").comes_at(at),
                comes,
                "{schedule} at {}",
                at.iso()
            );
        }
    }
}
