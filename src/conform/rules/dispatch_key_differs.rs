//! `dispatch-key-differs`: the code derives another dispatch key than the contract for the same call.

use super::CodeRule;
use crate::conform::evidence::sends::{KeyState, Sending, jobs};
use crate::conform::evidence::window::{may_be_of_another, other_length};
use crate::conform::evidence::wording::variable;
use crate::contract::Binding;
use crate::derive::derive;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "dispatch-key-differs",
        severity: Severity::Error,
        group: Group::CodeKeys,
        summary: "The code derives another dispatch key than the contract for the same call.",
        why: "Ids and idempotency depend on the key: if it changes too often, work runs twice; if it changes too rarely, runs are dropped; and a run is not found by its key.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "`cron:nightly-report:${",
                "`cron:nightly_report:${",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            let help = "derive the key as the contract says, or change `dispatchKey` in the contract";
            let place = |sending: &Sending<'_>| {
                let written = job.written(sending, Binding::DispatchKey).map(|field| field.at);
                facts.location(written.unwrap_or(sending.sent.event_at))
            };
            let differs = |sending: &Sending<'_>| job.key_state(sending) == Some(KeyState::Differs);
            let mut is_told = false;
            let length = other_length(&job);
            for sending in job.dispatched() {
                let (call, expected) = (sending.call, &sending.derived.dispatch_key);
                let Some(key) = job.key(&sending).filter(|_| differs(&sending)) else { continue };
                is_told = true;
                // A window of another length and a superfluous hash have rules of their own.
                let by_length = |length| derive(job.offload, job.events, call.at, Some(length), &call.query, "");
                let explained = length.and_then(by_length).is_some_and(|derived| derived.dispatch_key == key);
                let is_hash = job.is_hash_too_much(&sending);
                if explained || is_hash {
                    continue;
                }
                let message = format!("the dispatch key is `{key}` {}; the contract says `{expected}`", call.when());
                findings.report_at(&RULE.meta, place(&sending), message, help).offload(&job.offload.job).also(
                    &job.events.dispatch_key.at,
                    job.events.dispatch_key.label("the dispatch key in the contract"),
                );
                // One instant is enough to show it.
                break;
            }
            // A variable that changes the window is reported by the rules for windows.
            let changed = job.seen.env.iter().filter(|_| !is_told).find_map(|probe| {
                let mut sendings = job.sendings([&probe.call]);
                Some((probe, sendings.find(|sending| differs(sending) && !may_be_of_another(&job, sending))?))
            });
            if let Some((probe, sending)) = changed
                && let Some(key) = job.key(&sending)
            {
                let (with, expected) = (variable(&probe.variable, Some(&probe.value)), &sending.derived.dispatch_key);
                let message = format!(
                    "with {with} the dispatch key is `{key}` {}; the contract says `{expected}`",
                    sending.call.when()
                );
                findings.report_at(&RULE.meta, place(&sending), message, help).offload(&job.offload.job).also(
                    &job.events.dispatch_key.at,
                    job.events.dispatch_key.label("the dispatch key in the contract"),
                );
            }
        }
    },
};
