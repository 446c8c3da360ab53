//! `mode-undeclared`: an inline answer has a mode that the contract does not know.

use super::CodeRule;
use crate::conform::observe::Answer;
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "mode-undeclared",
        severity: Severity::Warning,
        group: Group::CodeResponses,
        summary: "An inline answer has a mode that the contract does not know.",
        why: "Callers that tell answers apart by their mode get one that is not described anywhere.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "{ success: true, rows: report.rows }",
                r#"{ success: true, mode: "inline", rows: report.rows }"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let known: Vec<&str> =
            facts.contract.dispatch.responses.each().iter().map(|(_, answer)| answer.mode.as_str()).collect();
        let mut told: Vec<(String, Site)> = Vec::new();
        for (offload, seen) in facts.each() {
            if offload.dispatch().is_none() || offload.inline_fields.iter().any(|field| field.value == "mode") {
                continue;
            }
            for run in &seen.inline {
                let Answer::Response(_, body, _) = &run.answer else { continue };
                let Some((mode, field)) = body.field("mode").and_then(|field| Some((field.value.as_text()?, field)))
                else {
                    continue;
                };
                let key = (mode.to_owned(), field.at);
                if known.contains(&mode) || told.contains(&key) {
                    continue;
                }
                let message = format!(
                    "an inline answer has the mode `{mode}`; the modes of the contract are `{}`",
                    known.join("`, `")
                );
                let help =
                    "remove the mode (an answer without one counts as inline), or list the field under `inlineFields`";
                findings
                    .report_at(&RULE.meta, facts.location(field.at), message, help)
                    .offload(&offload.job)
                    .also(&facts.contract.dispatch.responses.dispatched.mode.at, "a mode in the contract");
                told.push(key);
            }
        }
    },
};
