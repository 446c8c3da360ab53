//! `event-id-changed`: the event id is derived differently, and no idempotency key prevents duplicates.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "event-id-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The event id is derived differently, and no idempotency key prevents duplicates.",
        why: "For each function, Inngest drops a second event with the same id for 24 h. An event that was sent \
            under its old id is unknown under the new one, so the same work runs twice. Going back within 24 h \
            issues ids that are already used, and those runs never start.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: r#"offloads: { nightly-report: { eventId: "nightly:{event}:{dispatchKey}" } }"#,
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Operators],
    check: |evolution, changes| {
        for event in &evolution.events.both {
            let Some(id) = event.value("eventId", |e| Some(&e.event_id)) else { continue };
            if keys::id_only_follows_name(event) || keys::is_idempotent(event) {
                continue;
            }
            let message = format!("the id of `{}` changes {}", event.label, words::change(&id));
            let help = "make sure that doing the work twice does no harm, or give the function an `idempotency` key \
                one deployment earlier; do not roll this back within 24 h";
            changes.tell(&RULE, &id, message, help);
        }
    },
};
