//! `event-id-differs`: an event is sent under another id than the contract derives.

use super::CodeRule;
use crate::derive::{derive, event_id};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "event-id-differs",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "An event is sent under another id than the contract derives.",
        why: "Inngest drops an event whose id a function has seen in 24 hours: an id that changes too often lets \
              duplicates through, one that changes too rarely swallows runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "id: `${name}:${dispatchKey}`",
                "id: `nightly-report:${dispatchKey}`",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, seen) in facts.each() {
            let Some(events) = offload.dispatch() else { continue };
            // The code's own key: one that differs has a rule of its own, and the id follows it.
            for (call, sent) in seen.sent_at(&seen.dispatch) {
                let (Some(name), Some(id)) = (sent.name.as_text(), sent.id.as_text()) else { continue };
                let Some(event) = events.events.iter().find(|event| event.name.value == name) else { continue };
                let Some(derived) = derive(offload, events, call.at, None, &call.query, "") else { continue };
                let key = sent.data.get("dispatchKey");
                let key = key.as_text().unwrap_or(&derived.dispatch_key);
                let Some(expected) = event_id(offload, events, event, key, call.at, &call.query) else { continue };
                if id == expected {
                    continue;
                }
                let message = format!("`{name}` is sent as `{id}` at {}, by contract as `{expected}`", call.at.iso());
                let help = "derive the id as the contract says, or change the contract's `eventId`";
                findings
                    .report_at(&RULE.meta, facts.location(sent.event_at), message, help)
                    .offload(&offload.job)
                    .also(&event.event_id.at, "the contract's id");
                // One instant is enough to show it.
                break;
            }
        }
    },
};
