//! `response-status-differs`: a dispatch answers with another status than the contract says.

use super::CodeRule;
use crate::conform::evidence::answers;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "response-status-differs",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "A dispatch answers with another status than the contract says.",
        why: "The scheduler and its alarms rely on the status: a failure that looks like a success is never retried, and a success that looks like a failure is.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace("app/api/cron/nightly-report/route.ts", "{ status: 202 }", "{ status: 200 }")],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let mut told = answers::Told::default();
        answers::each(facts, |answered| {
            let wanted = &answered.response.status;
            let Some(status) = answered.status.filter(|status| *status != wanted.value && !answered.is_feigned())
            else {
                return;
            };
            let (when, says) = (answered.when(), format!("{}{}", wanted.value, wanted.by_default()));
            let message = match answered.is_thrown {
                true => format!("the route throws {when}: Next.js answers {status}; the contract says {says}"),
                false => format!("the answer {when} has status {status}; the contract says {says}"),
            };
            if !told.is_new(answered, &message, answered.at) {
                return;
            }
            findings
                .report_at(&RULE.meta, facts.location(answered.at), message, format!("answer with {}", wanted.value))
                .offload(&answered.job.offload.job)
                .also(&wanted.at, "the status in the contract");
        });
    },
};
