//! `dispatch-key-differs`: the dispatch key in code is another one than the contract's for the same call.

use super::CodeRule;
use super::sends::{KeyState, jobs};
use super::window::other_length;
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
        summary: "The dispatch key in code is another one than the contract's for the same call.",
        why: "Ids and idempotency follow the key: one that changes too often runs twice, one that changes too rarely swallows runs, and nobody finds the run by its key.",
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
            let length = other_length(&job);
            for sending in job.dispatched() {
                let (call, expected) = (sending.call, &sending.derived.dispatch_key);
                let Some(key) = job.key(&sending).filter(|_| job.key_state(&sending) == Some(KeyState::Differs)) else {
                    continue;
                };
                // What a window of another length explains has a rule of its own, and so has a hash that is too much.
                let by_length = |length| derive(job.offload, job.events, call.at, Some(length), &call.query, "");
                let explained = length.and_then(by_length).is_some_and(|derived| derived.dispatch_key == key);
                let is_hash = job.is_hash_too_much(&sending);
                if explained || is_hash {
                    continue;
                }
                let message = format!("the dispatch key is `{key}` {}, by contract `{expected}`", call.when());
                let help = "derive the key as the contract says, or change the contract's `dispatchKey`";
                let written = job.written(&sending, Binding::DispatchKey).map(|field| field.at);
                findings
                    .report_at(&RULE.meta, facts.location(written.unwrap_or(sending.sent.event_at)), message, help)
                    .offload(&job.offload.job)
                    .also(&job.events.dispatch_key.at, "the contract's key");
                // One instant is enough to show it.
                break;
            }
        }
    },
};
