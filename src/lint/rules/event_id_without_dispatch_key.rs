//! `event-id-without-dispatch-key`: an event id that does not tell calls apart.

use crate::contract::{Contract, Origin};
use crate::derive::{Pattern, ValueName};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "event-id-without-dispatch-key",
        severity: Severity::Error,
        group: Group::Keys,
        summary: "An event id lacks a part of the dispatch key, so two keys can share one id.",
        why: "Inngest drops a second event with the same id for 24 hours: a run with a different key never starts.",
        bad: Example::Over(r#"offloads: { nightly-report: { eventId: "{event}:{source}" } }"#),
        good: Example::Over(r#"offloads: { nightly-report: { eventId: "{event}:{dispatchKey}" } }"#),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for offload in contract.offloads.values() {
        let Some(dispatch) = offload.dispatch() else { continue };
        for event in &dispatch.events {
            let id = &event.event_id;
            let Some(lacking) = lacking(id, &dispatch.dispatch_key) else { continue };
            if once.first(id) {
                let message =
                    format!("the event id `{}` lacks `{{{}}}` of the dispatch key", id.value, lacking.as_str());
                let finding = findings.report(&RULE.meta, &id.at, message, "write `{event}:{dispatchKey}`");
                if dispatch.dispatch_key.origin != Origin::BuiltIn {
                    finding.also(&dispatch.dispatch_key.at, "the dispatch key");
                }
            }
        }
    }
}

/// The first value of the key that an id without the key lacks.
fn lacking(id: &Pattern, key: &Pattern) -> Option<ValueName> {
    // What is new with each call tells calls apart, and is a fault of its own.
    if [ValueName::DispatchKey, ValueName::Now, ValueName::Uuid].iter().any(|name| id.names(*name)) {
        return None;
    }
    key.values().map(|(value, _)| value.name).find(|name| match name {
        ValueName::Window => !id.names(ValueName::Window) && !id.names(ValueName::WindowStart),
        name => !id.names(*name),
    })
}
