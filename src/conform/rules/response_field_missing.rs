//! `response-field-missing`: the body of a dispatch answer lacks a field of the contract.

use super::super::program::Site;
use super::CodeRule;
use super::answers::{self, Fault};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "response-field-missing",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "The body of a dispatch answer lacks a field of the contract.",
        why: "Whoever looks for the run has no key to look for: the answer is where the trace of a run begins.",
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
        let mut told: Vec<(&str, String, Site)> = Vec::new();
        answers::each(facts, |answered| {
            if answered.is_feigned() {
                return;
            }
            let when = answered.case.when();
            for (fault, path, at) in answers::faults(answered) {
                let key = (when, path, at);
                if !matches!(fault, Fault::Missing) || told.contains(&key) {
                    continue;
                }
                let message = format!("the answer {when} lacks `{}`", key.1);
                findings
                    .report_at(
                        &RULE.meta,
                        facts.location(at),
                        message,
                        "answer with it, or take it from the contract's response",
                    )
                    .offload(&answered.job.offload.job)
                    .also(&answered.response.at, "the contract's answer");
                told.push(key);
            }
        });
    },
};
