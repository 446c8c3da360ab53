//! `function-id-differs`: the function of an event has another id than the contract says.

use super::CodeRule;
use crate::conform::evidence::functions::misnamed;
use crate::conform::observe::Data;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "function-id-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "The function that the contract's event triggers has another id.",
        why: "Inngest knows a function by its id: under another one its runs in flight, its metrics and its 24 hours of idempotency begin anew, and what looks for the old id finds nothing.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "id: \"cron-nightly-report\",",
                "id: \"nightly-report\",",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, event, claimed) in facts.events() {
            let id = &claimed.id.value;
            if let Some(function) = facts.function(id) {
                let other = |options: &Data| options.get("id").as_text().filter(|other| other != id).map(str::to_owned);
                let found =
                    function.in_env.iter().find_map(|(name, value, options)| Some((name, value, other(options)?)));
                let Some((name, value, own)) = found else { continue };
                let message = format!("with {name}={value:?} the function `{id}` has the id `{own}`");
                let at = function.options.field("id").map_or(function.at, |field| field.at);
                findings
                    .report_at(&RULE.meta, facts.location(at), message, "write the contract's id, whatever is set")
                    .offload(&offload.job)
                    .also(&claimed.id.at, "the contract's id");
                continue;
            }
            let Some(function) = misnamed(facts, event) else { continue };
            let Some(own) = function.id.as_text() else { continue };
            let message = format!("the function of `{}` has the id `{own}`, by contract `{id}`", event.name.value);
            let help = format!("give it the id `{id}`, or change the contract's `function.id`");
            let at = function.options.field("id").map_or(function.at, |field| field.at);
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&offload.job)
                .also(&claimed.id.at, "the contract's id");
        }
    },
};
