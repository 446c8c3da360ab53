//! `window-longer-than-schedule`: a window that covers two ticks.

use super::window::Windowed;
use crate::contract::Contract;
use crate::derive::Duration;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "window-longer-than-schedule",
        severity: Severity::Error,
        group: Group::Keys,
        summary: "A window is, or can become, longer than the shortest gap of the schedule.",
        why: "Two ticks fall into one window and get the same key: the second run is dropped.",
        bad: Example::Over("offloads: { nightly-report: { window: 10m } }"),
        good: Example::Over("offloads: { nightly-report: { window: 5m } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for windowed in contract.offloads.values().filter_map(Windowed::of) {
        let Some((schedule, gaps)) = windowed.schedule() else { continue };
        let gap = Duration::from_seconds(gaps.smallest);
        let size = match windowed.window.longest() {
            Some(longest) if longest <= gap => continue,
            Some(longest) => windowed.says(longest, "can become"),
            None => format!("has no upper bound: {}", windowed.variable()),
        };
        let message = format!("the window {size}; the ticks of `{}` are only {gap} apart", schedule.as_str());
        let help = match windowed.is_fixed() {
            true => format!("write `window: {gap}`"),
            false => format!("add `max: {gap}`"),
        };
        windowed.report_window(findings, &RULE.meta, message, help);
    }
}
