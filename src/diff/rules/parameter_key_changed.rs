//! `parameter-key-changed`: the part of the dispatch key that depends on parameters is derived differently.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "parameter-key-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The part of the dispatch key that depends on parameters is derived differently.",
        why: "Calls without parameters keep their keys. A call with parameters that is repeated across the change \
            runs again; a call that shared its key with the scheduled run may get a key of its own, or the other \
            way round.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    params: { allow: [clientId] }
    dispatchKey: "cron:{job}:{window}[:{paramsHash}]"
"#,
            new: "offloads: { nightly-report: { dispatchKey: \"cron:{job}:{window}[:with:{paramsHash}]\" } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    params: { allow: [clientId] }
    dispatchKey: "cron:{job}:{window}[:{paramsHash}]"
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(events) = keys::events(offload) else { continue };
            let Some(key) = events.value("dispatchKey", |e| Some(&e.dispatch_key)) else { continue };
            if keys::same_without_optional(&key) {
                let message = format!(
                    "for calls with parameters, the dispatch key of `{}` changes {}",
                    offload.label,
                    words::change(&key)
                );
                let help = "do not request replays with parameters during the deployment";
                changes.tell(&RULE, &key, message, help);
            }
        }
    },
};
