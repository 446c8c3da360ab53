//! `window-not-dividing-schedule`: a window out of step with the schedule.

use super::window::Windowed;
use crate::contract::Contract;
use crate::derive::Duration;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "window-not-dividing-schedule",
        severity: Severity::Warning,
        group: Group::Keys,
        summary: "A window does not divide the time between ticks.",
        why: "Ticks fall at different places of their windows: a late or repeated call can land in the next window, \
              where it starts a second run or replaces the run of the next tick.",
        bad: Example::Over("offloads: { nightly-report: { window: 3m } }"),
        good: Example::Over("offloads: { nightly-report: { window: 5m } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for windowed in contract.offloads.values().filter_map(Windowed::of) {
        let Some((schedule, gaps)) = windowed.schedule() else { continue };
        if divides(&windowed) {
            continue;
        }
        let (size, step) = (windowed.window.default_size(), Duration::from_seconds(gaps.divisor));
        let message =
            format!("the window of {size} does not divide the {step} between ticks of `{}`", schedule.as_str());
        windowed.report_window(findings, &RULE.meta, message, format!("make the window {step}, or a fraction of it"));
    }
}

/// Whether a window fits between the ticks a whole number of times. One that is longer than the
/// gaps is another fault.
pub(super) fn divides(windowed: &Windowed<'_>) -> bool {
    let size = windowed.window.default_size().seconds().max(1);
    windowed.schedule().is_none_or(|(_, gaps)| size > gaps.smallest || gaps.divisor % size == 0)
}
