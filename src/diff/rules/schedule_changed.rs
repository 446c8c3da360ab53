//! `schedule-changed`: the route is called at other times.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "schedule-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The route is called at other times.",
        why: "Load, freshness of the results and alerts on missing runs follow the schedule. The contract does not \
            change the configuration of the scheduler itself.",
        bad: Example::Change { old: "", new: r#"offloads: { nightly-report: { schedule: "*/10 * * * *" } }"# },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { expectedDuration: 1m } }" },
    },
    hits: &[Audience::Operators, Audience::Callers, Audience::Dashboards],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(schedule) = offload.value("schedule", |o| o.schedule.as_ref()) else { continue };
            let Some((old, new)) = schedule.both() else { continue };
            if offload.both().is_some_and(|(a, b)| a.kind.value != b.kind.value) {
                continue;
            }
            let (was, is) = (old.gaps(), new.gaps());
            let rate = |gaps: crate::derive::Gaps| u128::from(gaps.count) * 1_000_000 / u128::from(gaps.span.max(1));
            let how = match rate(is).cmp(&rate(was)) {
                std::cmp::Ordering::Greater => "more often",
                std::cmp::Ordering::Less => "less often",
                std::cmp::Ordering::Equal => "equally often, at other times",
            };
            let message = format!("`{}` is now called {how}: {}", offload.label, words::change(&schedule));
            let mut help =
                "change the scheduler's configuration and the alerts on missing runs in the same deployment".to_owned();
            if let Some(window) = offload.new.and_then(|o| o.window.as_ref()) {
                help.push_str(&format!(
                    "; calls within one window of {} stay one run",
                    crate::explain::window_text(window)
                ));
            }
            changes.tell(&RULE, &schedule, message, help);
        }
    },
};
