//! `registration-fails`: Inngest cannot register the functions that `serve()` is given.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "registration-fails",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "Inngest cannot register the functions that `serve()` is given.",
        why: "Inngest registers functions with `PUT` and runs them with `POST`, and the SDK throws when two functions have the same id: every event is accepted and nothing runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/inngest/route.ts",
                "export const { GET, POST, PUT } =",
                "export const { GET, POST } =",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (id, call) in &facts.serves.twice {
            let message = format!("`serve` is given {id} twice: the SDK throws, and nothing is registered");
            let help = "list each function once, with an id of its own";
            findings.report_at(&RULE.meta, facts.location(*call), message, help);
        }
        for call in &facts.serves.calls {
            let is_route = facts.loaded.routes.iter().any(|(_, module)| *module == call.module);
            let module = facts.loaded.app.module(call.module);
            let has = |method: &str| module.exports.contains_key(method);
            // Where the handlers are exported elsewhere, it is not known which.
            if !is_route || !module.stars.is_empty() || !["GET", "POST", "PUT"].into_iter().any(has) {
                continue;
            }
            for (method, what) in [("PUT", "register"), ("POST", "run")] {
                if has(method) {
                    continue;
                }
                let message =
                    format!("the route of `serve` exports no {method}, which Inngest uses to {what} functions");
                let help = format!("also export {method} of `serve`");
                findings.report_at(&RULE.meta, facts.location(*call), message, help);
            }
        }
    },
};
