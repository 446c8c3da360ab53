//! How much work an offload requests, and how much its functions can do.

use super::inline::code;
use crate::contract::Offload;
use crate::derive::Duration;

/// The load of one offload.
#[derive(Debug, Clone, Copy)]
pub(super) struct Load {
    /// How long one run takes.
    pub(super) run: Duration,
    /// Runs that are requested in `span`.
    runs: u64,
    span: u64,
    /// Runs at a time, of the function that allows the fewest.
    pub(super) at_once: i64,
}

/// The load; `None` if the spec does not say how long a run takes, how often it is requested or
/// how many run at a time.
pub(super) fn of(offload: &Offload) -> Option<Load> {
    let run = offload.expected_duration.as_ref()?.value;
    let gaps = offload.schedule.as_ref()?.value.gaps();
    let at_once = offload
        .events()
        .filter_map(|event| event.function.smallest_limit())
        .map(|limit| limit.limit.value.value.default_value())
        .min()?;
    (gaps.span > 0).then_some(Load { run, runs: gaps.count, span: gaps.span, at_once })
}

impl Load {
    /// Runs that are busy at any moment, in hundredths.
    fn busy(&self) -> u64 {
        let work = u128::from(self.run.seconds()) * u128::from(self.runs) * 100;
        u64::try_from(work.div_ceil(u128::from(self.span.max(1)))).unwrap_or(u64::MAX)
    }

    /// More runs are requested than can be executed: the backlog grows without limit.
    pub(super) fn grows(&self) -> bool {
        u64::try_from(self.at_once.saturating_mul(100)).is_ok_and(|most| self.busy() > most)
    }

    /// In words: needed and allowed.
    pub(super) fn words(&self) -> String {
        let verdict = if self.grows() { "the backlog grows" } else { "enough" };
        let busy = self.busy();
        format!("{}.{:02} runs at a time are needed, {} allowed: {verdict}", busy / 100, busy % 100, self.at_once)
    }

    /// How often a run is requested.
    pub(super) fn rate(&self) -> String {
        let gap = Duration::from_seconds((self.span / self.runs.max(1)).max(1));
        format!("every {}", code(&gap.to_string()))
    }
}
