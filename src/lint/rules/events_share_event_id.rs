//! `events-share-event-id`: two events of one call with the same id.

use std::collections::{HashMap, HashSet};

use crate::contract::{Contract, Event, Offload};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::pointer::Pointer;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "events-share-event-id",
        severity: Severity::Error,
        group: Group::Keys,
        summary: "Two events of one offload have the same id.",
        why: "Inngest ignores the name when it drops an id that it has seen: a function that both events trigger runs \
              for only one of them.",
        bad: Example::Over(
            r#"offloads:
  nightly-report:
    events:
      report/build.requested: { eventId: "report:{dispatchKey}", function: { id: report-build, jobName: report-build } }
      report/send.requested: { eventId: "report:{dispatchKey}", function: { id: report-send, jobName: report-send } }"#,
        ),
        good: Example::Over(
            r#"offloads:
  nightly-report:
    events:
      report/build.requested: { function: { id: report-build, jobName: report-build } }
      report/send.requested: { function: { id: report-send, jobName: report-send } }"#,
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for offload in contract.offloads.values() {
        for (first, second) in pairs(offload) {
            let message = format!(
                "the events `{}` and `{}` have the same id `{}`",
                first.name.value, second.name.value, second.event_id.value
            );
            let help = "write `{event}:{dispatchKey}`";
            let finding = findings.report(&RULE.meta, &second.event_id.at, message, help).offload(&offload.job);
            // Both may come from one default.
            if first.event_id.at != second.event_id.at {
                finding.also(&first.event_id.at, "the other id");
            }
        }
    }
}

/// The places of the ids that another event of the offload has as well.
pub(super) fn shared(offload: &Offload) -> HashSet<&Pointer> {
    pairs(offload).into_iter().flat_map(|(first, second)| [&first.event_id.at, &second.event_id.at]).collect()
}

/// Events with the first event that has the same id.
fn pairs(offload: &Offload) -> Vec<(&Event, &Event)> {
    if offload.events().nth(1).is_none() {
        return Vec::new();
    }
    let mut known: HashMap<String, &Event> = HashMap::new();
    let mut pairs = Vec::new();
    for event in offload.events() {
        match known.get(&event.event_id.to_string()) {
            Some(first) => pairs.push((*first, event)),
            None => _ = known.insert(event.event_id.to_string(), event),
        }
    }
    pairs
}
