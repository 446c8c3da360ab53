//! Pure functions from the contract's values to what production computes: windows, keys, ids,
//! hashes, truth tables, schedules. No clock, no environment: whoever calls gives both.

mod duration;
mod instant;
mod keys;
mod params;
mod pattern;
mod schedule;
mod truth;

pub use duration::Duration;
pub use instant::Instant;
pub use keys::{Derived, derive, event_id};
pub use params::{canonical_json, hex, params_hash, trim};
pub use pattern::{Part, Pattern, PatternError, Value, ValueName, Values};
pub use schedule::{FieldError, Gaps, Schedule, ScheduleError};
pub use truth::{MAX_VARIABLES, Row, State, TruthTable, Variable, holds_in, is_enabled, settled};
