//! `success-without-enqueue`: a dispatch answers with success although nothing was sent.

use super::CodeRule;
use super::answers;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "success-without-enqueue",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "A dispatch answers with success although nothing was sent.",
        why: "The scheduler takes the run for done: no retry, no alarm, no run.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"{ mode: "dispatch-failed", dispatch: data, event }, { status: 503 }"#,
                r#"{ mode: "dispatch-failed", dispatch: data, event }, { status: 200 }"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        answers::each(facts, |answered| {
            let Some(status) = answered.status.filter(|_| answered.is_feigned()) else { return };
            let wanted = &answered.response.status;
            let message = format!(
                "the answer {} has status {status}: nothing was sent, by contract {}",
                answered.case.when(),
                wanted.value
            );
            findings
                .report_at(&RULE.meta, facts.location(answered.at), message, format!("answer with {}", wanted.value))
                .offload(&answered.job.offload.job)
                .also(&wanted.at, "the contract's status");
        });
    },
};
