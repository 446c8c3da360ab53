//! `trigger-differs`: a function is triggered by something other than the event of the contract.

use super::CodeRule;
use crate::conform::evidence::functions::{Trigger, pairs, triggers};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "trigger-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "A function is triggered by something other than the event of the contract.",
        why: "The event that the route sends starts nothing, or runs start that nobody requested.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "{ event: INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED },",
                "{ event: `${INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED}.v2` },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for pair in pairs(facts) {
            let name = &pair.event.name.value;
            let Some(all) = triggers(pair.seen) else { continue };
            let wanted = Trigger::Event(name.clone(), false);
            let is_there = all.contains(&wanted);
            // For existing code, the contract only claims that the event triggers it.
            if is_there && (all.len() == 1 || pair.is_existing()) {
                continue;
            }
            let id = &pair.claimed.id.value;
            let others: Vec<String> = all.iter().filter(|trigger| **trigger != wanted).map(Trigger::show).collect();
            let others = if others.is_empty() { "nothing".to_owned() } else { others.join(" and ") };
            let message = if is_there {
                format!("`{id}` is also triggered by {others}; the contract says only `{name}`")
            } else {
                format!("`{id}` is triggered by {others}; the contract says the event `{name}`")
            };
            let help = "make the event of the contract its only trigger, or change the contract";
            findings
                .report_at(&RULE.meta, facts.location(pair.seen.at), message, help)
                .offload(&pair.offload.job)
                .also(&pair.event.name.at, "the event in the contract");
        }
    },
};
