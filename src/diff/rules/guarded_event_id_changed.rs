//! `guarded-event-id-changed`: the event id is derived differently; an idempotency key prevents duplicates.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "guarded-event-id-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The event id is derived differently; an unchanged idempotency key still prevents duplicates.",
        why: "An event that was sent under its old id is unknown under the new one, but the function still rejects \
            its idempotency key for 24 h. Searches by event id do not find older events.",
        bad: Example::Change {
            old: "",
            new: r#"offloads: { nightly-report: { eventId: "nightly:{event}:{dispatchKey}" } }"#,
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::Producers, Audience::Operators],
    check: |evolution, changes| {
        for event in &evolution.events.both {
            let Some(id) = event.value("eventId", |e| Some(&e.event_id)) else { continue };
            if keys::id_only_follows_name(event) || !keys::is_idempotent(event) {
                continue;
            }
            let message = format!("the id of `{}` changes {}", event.label, words::change(&id));
            let help = "ship it separately from changes of `idempotency` and of the dispatch key, because they \
                prevent duplicates here";
            changes.tell(&RULE, &id, message, help);
        }
    },
};
