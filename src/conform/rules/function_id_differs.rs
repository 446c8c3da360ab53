//! `function-id-differs`: the function that the contract's event triggers has another id than the contract says.

use super::CodeRule;
use crate::conform::evidence::functions::misnamed;
use crate::conform::evidence::wording::variable;
use crate::conform::observe::Data;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "function-id-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "The function that the contract's event triggers has another id than the contract says.",
        why: "Inngest identifies a function by its id: under another id, its runs in flight, its metrics and its 24 hours of idempotency start over, and lookups by the old id find nothing.",
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
                let with = variable(name, Some(value));
                let message = format!("with {with} the function `{id}` has the id `{own}`");
                let at = function.options.field("id").map_or(function.at, |field| field.at);
                findings
                    .report_at(
                        &RULE.meta,
                        facts.location(at),
                        message,
                        "use the id of the contract regardless of variables",
                    )
                    .offload(&offload.job)
                    .also(&claimed.id.at, claimed.id.label("the function id in the contract"));
                continue;
            }
            let Some(function) = misnamed(facts, event) else { continue };
            let Some(own) = function.id.as_text() else { continue };
            let message =
                format!("the function for `{}` has the id `{own}`; the contract says `{id}`", event.name.value);
            let help = format!("set its id to `{id}`, or change `function.id` in the contract");
            let at = function.options.field("id").map_or(function.at, |field| field.at);
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&offload.job)
                .also(&claimed.id.at, claimed.id.label("the function id in the contract"));
        }
    },
};
