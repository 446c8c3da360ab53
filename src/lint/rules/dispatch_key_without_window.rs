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
        summary: "All calls share one dispatch key: it contains no window or, for a webhook, no value that every call \
                  has.",
        why: "Idempotency and event ids block a key for 24 hours: the offload runs once a day and answers all other \
              calls with 202.",
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
                        "all calls without parameters have the same dispatch key: nothing else in `{}` changes",
                        key.value
                    ),
                    "add `:{window}` and a `window`, so that such calls run once per window",
                ),
                Kind::Cron => (
                    format!(
                        "the dispatch key `{}` does not contain the window: every tick gets the same key",
                        key.value
                    ),
                    "add `:{window}` to it",
                ),
                Kind::Webhook => (
                    format!("the dispatch key `{}` is the same for every call", key.value),
                    "add a value that differs between calls, such as `{paramsHash}`",
                ),
            };
            findings.report(&RULE.meta, &key.at, message, help);
        }
    }
}
