//! `window-not-dividing-hour`: a window that drifts against the clock.

use super::window::Windowed;
use super::window_not_dividing_schedule::divides;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "window-not-dividing-hour",
        severity: Severity::Warning,
        group: Group::Keys,
        summary: "A window does not divide the hour, or the day if it is an hour or longer.",
        why: "Windows are counted from the epoch: one that does not divide the hour begins at another minute each \
              hour, so it is hard to tell which calls share a run.",
        bad: Example::Over(r#"offloads: { nightly-report: { schedule: "0 */2 * * *", window: 40m } }"#),
        good: Example::Over(r#"offloads: { nightly-report: { schedule: "0 */2 * * *", window: 30m } }"#),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for windowed in contract.offloads.values().filter_map(Windowed::of) {
        let size = windowed.window.default_size().seconds();
        let even = match size {
            0..3_600 => 3_600 % size.max(1) == 0,
            3_600..86_400 => 86_400 % size == 0,
            _ => size % 86_400 == 0,
        };
        // A window that does not fit its schedule is reported as that.
        let fits = windowed.schedule().is_none_or(|(_, gaps)| size <= gaps.smallest) && divides(&windowed);
        if even || !fits {
            continue;
        }
        let (unit, example) = if size < 3_600 { ("hour", "`5m`, `15m`") } else { ("day", "`1h`, `6h`") };
        let message = format!("the window of {} does not divide the {unit}", windowed.window.default_size());
        windowed.report_window(findings, &RULE.meta, message, format!("choose a window that does, such as {example}"));
    }
}
