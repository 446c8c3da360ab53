//! `function-missing`: the code has no Inngest function with the id that the contract says.

use super::CodeRule;
use crate::conform::evidence::functions::{misnamed, triggers};
use crate::conform::facts::Facts;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "function-missing",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "The code has no Inngest function with the id that the contract says.",
        why: "The event is sent and the route answers with success, but nothing runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace("app/api/inngest/route.ts", "functions: [nightlyReport]", "functions: []"),
                Edit::Replace(
                    "app/api/inngest/route.ts",
                    "import { nightlyReport } from \"@/lib/inngest/functions\";\n",
                    "",
                ),
                Edit::Remove("lib/inngest/functions.ts"),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        // A file that could not be read may create it.
        if !facts.is_complete() {
            return;
        }
        for (offload, event, claimed) in facts.events() {
            let id = &claimed.id.value;
            if facts.function(id).is_some() || misnamed(facts, event).is_some() {
                continue;
            }
            // A function of which too little is known may be the one.
            let may_be_it = facts.functions.iter().any(|function| {
                let all = triggers(function);
                function.id.is_unknown() && all.is_none_or(|all| all.iter().any(|t| t.is_event(&event.name.value)))
            });
            if may_be_it || is_written(facts, id) {
                continue;
            }
            let message = format!("no function has the id `{id}`, so nothing runs for `{}`", event.name.value);
            let help = format!("create it with `inngest.createFunction({{ id: \"{id}\", … }})`");
            let place = facts.serves.calls.first().copied();
            let seen = facts.offloads.iter().find(|seen| seen.job == offload.job);
            let route = seen.and_then(|seen| facts.route_location(seen));
            let finding = match place.map(|site| facts.location(site)).or(route) {
                Some(location) => findings.report_at(&RULE.meta, location, message, help),
                None => findings.report(&RULE.meta, &claimed.id.at, message, help),
            };
            finding.offload(&offload.job).also(&claimed.id.at, "the function in the contract");
        }
    },
};

/// Whether a module that creates functions has the id as a text: then it may be created in a way that was
/// not followed.
fn is_written(facts: &Facts<'_>, id: &str) -> bool {
    let quoted = ['"', '\'', '`'].map(|quote| format!("{quote}{id}{quote}"));
    facts.loaded.inngest.iter().any(|module| {
        let text = facts.loaded.app.source(*module).text();
        text.contains("createFunction") && quoted.iter().any(|id| text.contains(id.as_str()))
    })
}
