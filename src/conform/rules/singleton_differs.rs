//! `singleton-differs`: a function skips or replaces runs in another way than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, SINGLETON};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "singleton-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "A function skips or replaces runs in another way than the contract says.",
        why: "A singleton drops the second run or cancels the first: work is lost that the contract lets wait.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "retries: 3,",
                "retries: 3, singleton: { mode: \"skip\" },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &SINGLETON),
};
