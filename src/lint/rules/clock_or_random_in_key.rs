//! `clock-or-random-in-key`: a deterministic id made of a clock or of chance.

use crate::contract::{Contract, Sourced};
use crate::derive::{Pattern, ValueName};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "clock-or-random-in-key",
        severity: Severity::Error,
        group: Group::Keys,
        summary: "A dispatch key or an event id contains the time of the call or a random value.",
        why: "Two calls for the same work get different keys, so nothing stops the second run.",
        bad: Example::Over(r#"offloads: { nightly-report: { dispatchKey: "cron:{job}:{window}:{uuid}" } }"#),
        good: Example::Over(r#"offloads: { nightly-report: { dispatchKey: "cron:{job}:{window}" } }"#),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for offload in contract.offloads.values() {
        let Some(dispatch) = offload.dispatch() else { continue };
        let keys = std::iter::once(("the dispatch key", &dispatch.dispatch_key));
        let ids = dispatch.events.iter().map(|event| ("the event id", &event.event_id));
        for (what, pattern) in keys.chain(ids) {
            report(what, pattern, &mut once, findings);
        }
    }
}

fn report(what: &str, pattern: &Sourced<Pattern>, once: &mut Once, findings: &mut Findings<'_>) {
    for (name, why) in [(ValueName::Now, "the time of the call"), (ValueName::Uuid, "a random value")] {
        if pattern.names(name) && once.first(pattern) {
            let message = format!("{what} contains `{{{}}}`, which is {why}", name.as_str());
            let help = "use values that two calls for the same work share: `{window}`, `{paramsHash}`";
            findings.report(&RULE.meta, &pattern.at, message, help);
        }
    }
}
