//! `dispatch-key-without-window`: a key that never changes.

use crate::contract::{Contract, Kind};
use crate::derive::ValueName;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "dispatch-key-without-window",
        severity: Severity::Error,
        group: Group::Keys,
        summary: "A dispatch key that all calls share: it names no window, or, of a webhook, no value that each call has.",
        why: "Idempotency and event ids block a key for 24 hours: the offload runs once a day and answers 202 to \
              every other call.",
        bad: Example::Over(r#"offloads: { nightly-report: { dispatchKey: "cron:{job}" } }"#),
        good: Example::Over(r#"offloads: { nightly-report: { dispatchKey: "cron:{job}:{window}" } }"#),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for offload in contract.offloads.values() {
        let Some(key) = offload.dispatch().map(|dispatch| &dispatch.dispatch_key) else { continue };
        // A clock or a random value is a fault of its own; such a key does change.
        let changing: &[ValueName] = match offload.kind.value {
            Kind::Cron => &[ValueName::Window, ValueName::WindowStart, ValueName::Now, ValueName::Uuid],
            Kind::Webhook => ValueName::ALL,
        };
        let names = |optional_too: bool| {
            key.values().any(|(value, optional)| changing.contains(&value.name) && (optional_too || !optional))
        };
        if !names(false) && once.first(key) {
            let (message, help) = match offload.kind.value {
                _ if names(true) => (
                    format!(
                        "calls without parameters all have one dispatch key: `{}` holds nothing else that changes",
                        key.value
                    ),
                    "add `:{window}` and a `window`, so that such a call runs once a window",
                ),
                Kind::Cron => (
                    format!("the dispatch key `{}` names no window: every tick gets the same key", key.value),
                    "add `:{window}` to it",
                ),
                Kind::Webhook => (
                    format!("the dispatch key `{}` is the same for every call", key.value),
                    "name what tells calls apart, such as `{paramsHash}`",
                ),
            };
            findings.report(&RULE.meta, &key.at, message, help);
        }
    }
}
