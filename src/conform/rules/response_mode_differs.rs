//! `response-mode-differs`: a dispatch answers with another mode than the contract says.

use super::CodeRule;
use crate::conform::evidence::answers;
use crate::conform::observe::Data;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "response-mode-differs",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "A dispatch answers with another mode than the contract says.",
        why: "Dashboards and callers tell the cases apart by the mode: a failure under another name is not counted.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"mode: "dispatch-failed""#,
                r#"mode: "dispatch-misconfigured""#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let mut told = answers::Told::default();
        answers::each(facts, |answered| {
            let wanted = &answered.response.mode;
            let (mode, when) = (answered.body.get("mode"), answered.when());
            let is_text = matches!(answered.body, Data::Record(..));
            if answered.is_feigned() || mode.is_unknown() || !is_text || mode.as_text() == Some(&wanted.value) {
                return;
            }
            let says = format!("`{}`{}", wanted.value, wanted.by_default());
            let message = match mode {
                Data::Undefined => format!("the answer {when} has no `mode`; the contract says {says}"),
                mode => format!("the answer {when} has the mode {}; the contract says {says}", mode.show()),
            };
            let at = answered.body.field("mode").map_or(answered.at, |field| field.at);
            if !told.is_new(answered, &message, at) {
                return;
            }
            findings
                .report_at(&RULE.meta, facts.location(at), message, format!("answer with `mode: \"{}\"`", wanted.value))
                .offload(&answered.job.offload.job)
                .also(&wanted.at, "the mode in the contract");
        });
    },
};
