//! `served-nowhere`: the code creates Inngest functions but never calls `serve()`.

use super::CodeRule;
use crate::conform::evidence::functions::pairs;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "served-nowhere",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "The code creates Inngest functions but never calls `serve()`.",
        why: "Inngest has no address to call: every event is accepted and nothing runs.",
        bad: Example::Code { spec: "{}", edits: &[Edit::Remove("app/api/inngest/route.ts")] },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let app = &facts.loaded.app;
        // A `serve` that was not seen to be called, such as one inside of a handler.
        let is_imported = app.modules.iter().flat_map(|module| &module.requests).any(|(request, _)| {
            request.strip_prefix("inngest/").is_some_and(|rest| !matches!(rest, "types" | "test" | "middleware"))
        });
        if !facts.serves.calls.is_empty() || is_imported {
            return;
        }
        let Some(first) = pairs(facts).into_iter().next() else { return };
        let message = "functions are created, but `serve` is never called";
        let help =
            "add a route with `serve({ client, functions })` from `inngest/next`, such as `app/api/inngest/route.ts`";
        findings
            .report_at(&RULE.meta, facts.location(first.seen.at), message, help)
            .also(&first.claimed.id.at, "a function in the contract");
    },
};
