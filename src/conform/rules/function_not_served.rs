//! `function-not-served`: a function of the contract is not in the list of any `serve()`.

use super::CodeRule;
use crate::conform::evidence::functions::pairs;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "function-not-served",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "A function of the contract is not in the list of any `serve()`.",
        why: "Inngest does not know the function: its events are accepted and nothing runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace("app/api/inngest/route.ts", "functions: [nightlyReport]", "functions: []")],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        // A list that is only partly known may hold it; a missing `serve` is reported by another rule.
        let Some(serve) = facts.serves.calls.first().copied().filter(|_| !facts.serves.open) else { return };
        for pair in pairs(facts).into_iter().filter(|pair| !pair.seen.served) {
            let id = &pair.claimed.id.value;
            let message = format!("`{id}` is created but is not among the functions that `serve` is given");
            let help = "add it to the `functions` of `serve`";
            findings
                .report_at(&RULE.meta, facts.location(pair.seen.at), message, help)
                .offload(&pair.offload.job)
                .also_at(facts.location(serve), "the served functions")
                .also(&pair.claimed.id.at, "the function in the contract");
        }
    },
};
