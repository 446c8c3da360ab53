//! `dispatch-key-changed`: the dispatch key is derived differently.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "dispatch-key-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The dispatch key is derived differently.",
        why: "Requests with the same key become one run. Inngest knows only the old keys, so the current window \
            runs again under the new ones. Going back within 24 h issues keys that are already used, and those \
            runs never start. Records and searches by key do not match across the change.",
        bad: Example::Change {
            old: "",
            new: r#"offloads: { nightly-report: { dispatchKey: "nightly:{job}:{window}" } }"#,
        },
        good: Example::Change {
            old: "",
            new: r#"offloads: { nightly-report: { eventId: "nightly:{event}:{dispatchKey}" } }"#,
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Callers, Audience::Operators, Audience::Dashboards],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(events) = keys::events(offload) else { continue };
            let Some(key) = events.value("dispatchKey", |e| Some(&e.dispatch_key)) else { continue };
            if keys::same_without_optional(&key) {
                continue;
            }
            let message = format!("the dispatch key of `{}` changes {}", offload.label, words::change(&key));
            let help = format!(
                "deploy right after a window has begun and been dispatched, make sure that {} may process one \
                 window twice, and do not roll this back within 24 h",
                offload.new.map(words::functions).unwrap_or_default()
            );
            changes.tell(&RULE, &key, message, help);
        }
    },
};
