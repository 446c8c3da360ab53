//! `cancel-on-differs`: runs of a function are cancelled by other events than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, CANCEL_ON};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "cancel-on-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "Runs of a function are cancelled by other events than the contract says.",
        why: "A cancelled run stops between two steps and reports no failure: its work is left half done.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "retries: 3,",
                "retries: 3, cancelOn: [{ event: \"background/stop.requested\" }],",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &CANCEL_ON),
};
