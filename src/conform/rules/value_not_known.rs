//! `value-not-known`: a value that the contract fixes cannot be determined from the code.

use super::CodeRule;
use crate::conform::evidence::functions::{pairs, triggers};
use crate::conform::evidence::options::{ALL, Verdict, label, said};
use crate::conform::observe::Data;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "value-not-known",
        severity: Severity::Warning,
        group: Group::CodeFunctions,
        summary: "A value that the contract fixes cannot be determined from the code.",
        why: "A value that only the running process knows cannot be checked against the contract by any review or tool: it may differ in every deployment.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace(
                    "lib/inngest/functions.ts",
                    "const jobName =",
                    "import { availableParallelism } from \"node:os\";\nconst jobName =",
                ),
                Edit::Replace(
                    "lib/inngest/functions.ts",
                    "concurrency: { limit: 1 },",
                    "concurrency: { limit: availableParallelism() },",
                ),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let help = "write the value in the code, or compute it from constants";
        // What is unknown because code could not be read or found is reported there.
        if !facts.is_complete() {
            return;
        }
        crate::conform::evidence::keys_not_known::tell(facts, findings, &RULE.meta, help);
        for pair in pairs(facts) {
            let id = &pair.claimed.id.value;
            for option in ALL {
                let Some(claimed) = option.claimed(&pair) else { continue };
                let key = option.key;
                // If the options are only partly known, only those are checked that the contract sets.
                if pair.seen.options.field(key).is_none() && claimed.value == option.of_code(&Data::Undefined) {
                    continue;
                }
                let Verdict::Unknown(what) = claimed.compare(&option.of_code(&pair.seen.options), None) else {
                    continue;
                };
                let message = format!(
                    "`{key}` of `{id}` cannot be determined from the code: it is {}; {}",
                    quoted(&what),
                    said(&claimed)
                );
                findings
                    .report_at(&RULE.meta, facts.location(pair.option_at(key)), message, help)
                    .offload(&pair.offload.job)
                    .also(&claimed.at, label(&claimed, key));
            }
            if triggers(pair.seen).is_none() {
                let message = format!("what triggers `{id}` cannot be determined from the code");
                findings
                    .report_at(&RULE.meta, facts.location(pair.seen.at), message, help)
                    .offload(&pair.offload.job)
                    .also(&pair.event.name.at, "the event in the contract");
            }
        }
        for (offload, event, claimed) in facts.events() {
            if facts.function(&claimed.id.value).is_some() {
                continue;
            }
            let nameless = facts.functions.iter().filter(|function| function.id.is_unknown());
            for function in nameless {
                let is_its = triggers(function).is_some_and(|all| all.iter().any(|t| t.is_event(&event.name.value)));
                if !is_its {
                    continue;
                }
                let message = format!(
                    "the id of the function that `{}` triggers cannot be determined from the code: it is {}",
                    event.name.value,
                    quoted(&function.id.show())
                );
                findings
                    .report_at(&RULE.meta, facts.location(function.at), message, help)
                    .offload(&offload.job)
                    .also(&claimed.id.at, claimed.id.label("the function id in the contract"));
            }
        }
    },
};

/// Code in quotes; a text made of parts has them already.
fn quoted(what: &str) -> String {
    if what.contains('`') || what.contains(' ') { what.to_owned() } else { format!("`{what}`") }
}
