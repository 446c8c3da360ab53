//! `hash-too-short`: a hash of so few digits that keys collide.

use crate::contract::{Contract, Sourced};
use crate::derive::{Pattern, Value};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "hash-too-short",
        severity: Severity::Warning,
        group: Group::Keys,
        summary: "A dispatch key or an event id keeps fewer than 12 hex digits of a hash.",
        why: "With 8 digits, a job that runs every minute loses about one run in six years, and 100,000 calls a day \
              lose two a day; with 12 digits, they lose about one in 80 years.",
        bad: Example::Over(r#"offloads: { nightly-report: { eventId: "{event}:{dispatchKey | sha256(6)}" } }"#),
        good: Example::Over(r#"offloads: { nightly-report: { eventId: "{event}:{dispatchKey | sha256(24)}" } }"#),
    },
    check,
};

/// Fewest digits. A run is lost when its id is that of another run of the last 24 hours: at n runs a
/// day, n² / 16^digits a day.
const DIGITS: usize = 12;

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for dispatch in contract.offloads.values().filter_map(|offload| offload.dispatch()) {
        let ids = dispatch.events.iter().map(|event| &event.event_id);
        for pattern in std::iter::once(&dispatch.dispatch_key).chain(ids) {
            if let Some((value, digits)) = short(pattern).filter(|_| once.first(pattern)) {
                let message =
                    format!("`{{{} | sha256({digits})}}` keeps {} bits of the hash", value.name.as_str(), digits * 4);
                findings.report(&RULE.meta, &pattern.at, message, "write `sha256(24)`");
            }
        }
    }
}

fn short(pattern: &Sourced<Pattern>) -> Option<(&Value, usize)> {
    pattern.values().find_map(|(value, _)| Some((value, value.sha256.filter(|digits| *digits < DIGITS)?)))
}
