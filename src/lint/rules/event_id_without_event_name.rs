//! `event-id-without-event-name`: an event id that another event can have.

use super::events_share_event_id;
use crate::contract::Contract;
use crate::derive::{Part, Pattern, params_hash};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "event-id-without-event-name",
        severity: Severity::Warning,
        group: Group::Keys,
        summary: "An event id does not contain the name of its event.",
        why: "Inngest ignores the name when it drops an id that it has seen: two events with the same id that trigger \
              the same function collide.",
        bad: Example::Over(r#"offloads: { nightly-report: { eventId: "report:{dispatchKey}" } }"#),
        good: Example::Over(r#"offloads: { nightly-report: { eventId: "{event}:{dispatchKey}" } }"#),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for offload in contract.offloads.values() {
        let shared = events_share_event_id::shared(offload);
        for event in offload.events().filter(|event| !contains(&event.event_id, &event.name)) {
            // Equal ids are reported as such.
            if !shared.contains(&event.event_id.at) && once.first(&event.event_id) {
                let message = format!(
                    "the event id `{}` does not contain the event name `{}`",
                    event.event_id.value, event.name.value
                );
                findings.report(&RULE.meta, &event.event_id.at, message, "write `{event}:{dispatchKey}`");
            }
        }
    }
}

/// Whether a pattern holds a name, or at least eight digits of its hash, in a part that is always there.
fn contains(pattern: &Pattern, name: &str) -> bool {
    let holds =
        |wanted: &str| pattern.parts.iter().any(|part| matches!(part, Part::Text(text) if text.contains(wanted)));
    holds(name) || holds(&params_hash(name, 8))
}
