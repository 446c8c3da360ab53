//! `response-field-undeclared`: a dispatch answer tells more of the dispatch or of the event than the contract says.

use super::super::program::Site;
use super::CodeRule;
use super::answers::{self, Fault};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "response-field-undeclared",
        severity: Severity::Warning,
        group: Group::CodeResponses,
        summary: "A dispatch answer tells more of the dispatch or of the event than the contract says.",
        why: "Readers come to depend on a field that no contract keeps, and what is private gets out unseen.",
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
        let mut told: Vec<(&str, String, Site)> = Vec::new();
        answers::each(facts, |answered| {
            if answered.is_feigned() {
                return;
            }
            let when = answered.case.when();
            for (fault, path, at) in answers::faults(answered) {
                let key = (when, path, at);
                if !matches!(fault, Fault::Undeclared) || told.contains(&key) {
                    continue;
                }
                let message = format!("the answer {when} has `{}`, which the contract does not have", key.1);
                findings
                    .report_at(
                        &RULE.meta,
                        facts.location(at),
                        message,
                        "take it out, or add it to the contract's response",
                    )
                    .offload(&answered.job.offload.job)
                    .also(&answered.response.at, "the contract's answer");
                told.push(key);
            }
        });
    },
};
