//! `window-size-not-in-key`: a window that may be resized under an equal key.

use super::window::Windowed;
use crate::contract::Contract;
use crate::derive::ValueName;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "window-size-not-in-key",
        severity: Severity::Warning,
        group: Group::Keys,
        summary: "The environment can set the size of a window, but the dispatch key does not contain the size.",
        why: "When the size changes, the first window of the new size can get a key that was already used, so its run \
              is dropped.",
        bad: Example::Over(
            "offloads: { nightly-report: { window: { env: REPORT_WINDOW, default: 5m, min: 1m, max: 5m } } }",
        ),
        good: Example::Over(
            "offloads: { nightly-report: { window: { env: REPORT_WINDOW, default: 5m, min: 1m, max: 5m }, \
              dispatchKey: \"cron:{job}:{windowSeconds}:{window}\" } }",
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for windowed in contract.offloads.values().filter_map(Windowed::of) {
        let one_size = windowed.window.longest() == Some(windowed.window.shortest());
        if one_size || windowed.key.names(ValueName::WindowSeconds) {
            continue;
        }
        let message = format!(
            "{} sets the size of the window, but the dispatch key `{}` does not contain it",
            windowed.variable(),
            windowed.key.value
        );
        windowed.report(findings, &RULE.meta, message, "add `{windowSeconds}` to the dispatch key");
    }
}
