//! `response-field-missing`: the body of a dispatch answer lacks a field of the contract.

use super::CodeRule;
use crate::conform::evidence::answers::{self, Fault};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "response-field-missing",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "The body of a dispatch answer lacks a field of the contract.",
        why: "Anyone who looks for the run has no key to search by: the answer is where the trace of a run begins.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"mode: "dispatch-failed", dispatch: data, event"#,
                r#"mode: "dispatch-failed", event"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let message = |when: &str, path: &str| format!("the answer {when} lacks `{path}`");
        let help = "add it to the answer, or remove it from the response in the contract";
        answers::tell_fields(facts, findings, &RULE.meta, Fault::Missing, &message, help);
    },
};
