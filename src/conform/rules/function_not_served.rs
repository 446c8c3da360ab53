//! `function-not-served`: a function is created and not served.

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
        why: "Inngest never hears of it: its events are taken and nothing runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace("app/api/inngest/route.ts", "functions: [nightlyReport]", "functions: []")],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        // A list that is not all known may hold it; without any `serve` another rule tells.
        let Some(serve) = facts.serves.calls.first().copied().filter(|_| !facts.serves.open) else { return };
        for pair in pairs(facts).into_iter().filter(|pair| !pair.seen.served) {
            let id = &pair.claimed.id.value;
            let message = format!("`{id}` is created and not in the functions that `serve` is given");
            let help = "add it to `functions` of `serve`";
            findings
                .report_at(&RULE.meta, facts.location(pair.seen.at), message, help)
                .offload(&pair.offload.job)
                .also_at(facts.location(serve), "the functions that are served")
                .also(&pair.claimed.id.at, "the function of the contract");
        }
    },
};
