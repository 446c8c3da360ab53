//! `dispatch-key-changed`: the dispatch key is derived in another way.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "dispatch-key-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The dispatch key is derived in another way.",
        why: "Keys are what makes two requests for one piece of work one run. Under new keys the current \
              window is run again, since the platform knows the old ones only; going back within 24 h issues \
              keys that are spent, and those runs never start. Records and searches by key do not join across \
              the change.",
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
                "deploy right after a window has begun and been dispatched, make sure that {} may work on one window twice, \
         and do not roll this back within 24 h",
                offload.new.map(words::functions).unwrap_or_default()
            );
            changes.tell(&RULE, &key, message, help);
        }
    },
};
