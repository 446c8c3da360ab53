//! Instants with the range, the rounding and the print of ECMAScript's `Date`.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use super::Duration;

/// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds, as ECMAScript counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

/// The largest distance from the epoch that ECMAScript's `Date` can hold (ECMA-262, "Time Values").
const MAX_MILLIS: i64 = 8_640_000_000_000_000;

impl Instant {
    /// An instant inside the years 0 to 9999; beyond them the print would need a sign.
    pub fn from_millis(millis: i64) -> Option<Self> {
        let instant = (millis.abs() <= MAX_MILLIS).then_some(Self(millis))?;
        let date = instant.date()?;
        let year = chrono::Datelike::year(&date);
        (0..=9999).contains(&year).then_some(instant)
    }

    /// Parses RFC 3339 with any offset. Fractions below a millisecond are cut off.
    pub fn parse(text: &str) -> Option<Self> {
        let date = DateTime::parse_from_rfc3339(text).ok()?;
        Self::from_millis(date.timestamp_millis())
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The start of the window that this instant lies in: floored to a multiple since the epoch, also
    /// before 1970.
    #[must_use]
    pub fn floor(self, window: Duration) -> Self {
        let size = i64::try_from(window.seconds()).unwrap_or(i64::MAX / 1000).saturating_mul(1000).max(1);
        Self(self.0.div_euclid(size) * size)
    }

    /// The instant this much later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0 + TimeDelta::seconds(duration.seconds() as i64).num_milliseconds())
    }

    /// `YYYY-MM-DDTHH:mm:ss.sssZ`, as `toISOString` prints it.
    pub fn iso(self) -> String {
        self.date().map(|date| date.to_rfc3339_opts(SecondsFormat::Millis, true)).unwrap_or_default()
    }

    /// `YYYY-MM-DDTHH:mm`: what `{window}` prints.
    pub fn minute(self) -> String {
        let mut text = self.iso();
        text.truncate("YYYY-MM-DDTHH:mm".len());
        text
    }

    fn date(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }
}
