//! `key-coarser-than-window`: a key that prints two windows alike.

use super::window::Windowed;
use crate::contract::Contract;
use crate::derive::ValueName;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "key-coarser-than-window",
        severity: Severity::Error,
        group: Group::Keys,
        summary: "A dispatch key prints the window in minutes, but the window can be shorter than a minute.",
        why: "All windows within a minute get the same key, so only the first of their runs happens.",
        bad: Example::Over(r#"offloads: { nightly-report: { schedule: "* * * * *", window: 30s } }"#),
        good: Example::Over(
            "offloads: { nightly-report: { schedule: \"* * * * *\", window: 30s, dispatchKey: \
              \"cron:{job}:{windowStart}\" } }",
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for windowed in contract.offloads.values().filter_map(Windowed::of) {
        let shortest = windowed.window.shortest();
        // From a minute on, two starts never fall into the same minute.
        if windowed.key.names(ValueName::WindowStart) || shortest.seconds() >= 60 {
            continue;
        }
        let message = format!("`{{window}}` prints minutes, but the window {}", windowed.says(shortest, "can be"));
        let help = match windowed.is_fixed() {
            true => "write `{windowStart}` in the dispatch key, or make the window at least `1m`",
            false => "write `{windowStart}` in the dispatch key, or add `min: 1m` to the window",
        };
        windowed.report(findings, &RULE.meta, message, help);
    }
}
