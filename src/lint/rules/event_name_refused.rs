//! `event-name-refused`: an event name that Inngest does not take as it stands.

use crate::contract::{Contract, is_invisible};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::once::Once;
use crate::names::visible;
use crate::rule::{Example, Group, Meta};

/// The longest event name of a trigger, in characters.
const MAX_LENGTH: usize = 255;

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "event-name-refused",
        severity: Severity::Error,
        group: Group::Names,
        summary: "Inngest rejects an event name or reads it as something else.",
        why: "One invalid trigger makes the whole application fail to sync; a `*` in a trigger matches other events.",
        bad: Example::Over("offloads: { nightly-report: { event: Inngest/nightly-report } }"),
        good: Example::Over("offloads: { nightly-report: { event: reports/nightly-report } }"),
    },
    check: |contract, findings| {
        let mut once = Once::default();
        for (offload, event) in contract.events() {
            let Some((why, help)) = refusal(&event.name) else { continue };
            if once.first(&event.name) {
                let message = format!("the event name `{}` of `{}` {why}", visible(&event.name), offload.job);
                let finding = if event.name.at == event.at {
                    findings.report_key(&RULE.meta, &event.name.at, message, help)
                } else {
                    findings.report(&RULE.meta, &event.name.at, message, help)
                };
                finding.offload(&offload.job);
            }
        }
    },
};

/// What is wrong with a name, and what to do.
fn refusal(name: &str) -> Option<(&'static str, &'static str)> {
    let reserved = name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("inngest/"));
    if name.trim().is_empty() {
        Some(("is blank", "name the request, such as `cron/nightly-report.requested`"))
    } else if reserved {
        Some(("begins with `inngest/`, which is reserved for the platform", "begin it with another word"))
    } else if name.chars().count() > MAX_LENGTH {
        Some(("has more than 255 characters", "shorten it"))
    } else if name.chars().any(|c| c.is_control() || is_invisible(c)) || name.trim() != name {
        Some(("contains invisible characters", "use visible characters without surrounding space"))
    } else if name.contains('*') {
        Some(("contains `*`, which a trigger reads as any text", "write the full name"))
    } else {
        None
    }
}
