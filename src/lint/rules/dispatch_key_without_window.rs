//! `dispatch-key-without-window`: a key that never changes.

use crate::contract::{Contract, Kind};
use crate::derive::ValueName;
use crate::diagnostic::Severity;
use crate::findings::Findings;
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta, Rule};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "dispatch-key-without-window",
        severity: Severity::Error,
        group: Group::Keys,
        summary: "A dispatch key that all calls share: it names no window, or, of a webhook, no value at all.",
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
        if !changing.iter().any(|name| key.names(*name)) && once.first(key) {
            let (message, help) = match offload.kind.value {
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
