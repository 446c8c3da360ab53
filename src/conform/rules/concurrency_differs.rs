//! `concurrency-differs`: a function allows more or fewer runs at the same time than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, CONCURRENCY};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "concurrency-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "A function allows more or fewer runs at the same time than the contract says.",
        why: "Runs that the contract keeps apart run at the same time and write the same rows, or a queue grows although the contract allows more runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "concurrency: { limit: 1 },",
                "concurrency: { limit: 5 },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &CONCURRENCY),
};
