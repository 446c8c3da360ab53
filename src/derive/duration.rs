//! Compact durations: `30s`, `5m`, `1h`, `1w1d1h1m1s`.

use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// A whole number of seconds, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Duration(u64);

const UNITS: [(char, u64); 5] = [('w', 604_800), ('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

impl Duration {
    /// What a text has to match; not every one that does is a duration.
    pub(crate) const PATTERN: &str = "^([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$";

    /// A duration of this many seconds.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Parses the compact form, the one that Inngest takes: units from large to small, each once.
    /// `None` for anything else, for nothing and for zero.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text;
        let mut seconds: u64 = 0;
        for (unit, size) in UNITS {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 && rest[digits..].starts_with(unit) {
                let count: u64 = rest[..digits].parse().ok()?;
                seconds = seconds.checked_add(count.checked_mul(size)?)?;
                rest = &rest[digits + 1..];
            }
        }
        // A year bounds every duration of the platform.
        (rest.is_empty() && seconds > 0 && seconds <= 366 * 86_400).then_some(Self(seconds))
    }

    /// In seconds.
    pub const fn seconds(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        for (unit, size) in UNITS {
            if rest >= size {
                write!(f, "{}{unit}", rest / size)?;
                rest %= size;
            }
        }
        if self.0 == 0 { f.write_str("0s") } else { Ok(()) }
    }
}

impl Serialize for Duration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Duration {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Duration".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A compact duration: weeks, days, hours, minutes, seconds.",
            "pattern": Duration::PATTERN,
            "examples": ["5m"]
        })
    }
}
