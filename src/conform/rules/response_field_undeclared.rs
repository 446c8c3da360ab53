//! `response-field-undeclared`: a dispatch answer has more fields than the contract says.

use super::CodeRule;
use crate::conform::evidence::answers::{self, Fault};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "response-field-undeclared",
        severity: Severity::Warning,
        group: Group::CodeResponses,
        summary: "A dispatch answer has more fields of the dispatch or of the event than the contract says.",
        why: "Readers come to depend on a field that no contract keeps, and private data may get out unnoticed.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"mode: "dispatch-failed", dispatch: data, event"#,
                r#"mode: "dispatch-failed", dispatch: { ...data, reason: "unknown" }, event"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let message = |when: &str, path: &str| format!("the answer {when} has `{path}`, which is not in the contract");
        let help = "remove it, or add it to the response in the contract";
        answers::tell_fields(facts, findings, &RULE.meta, Fault::Undeclared, &message, help);
    },
};
