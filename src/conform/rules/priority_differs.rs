//! `priority-differs`: runs of a function are prioritised in another way than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, PRIORITY};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "priority-differs",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "Runs of a function are prioritised in another way than the contract says.",
        why: "Runs that jump the queue delay those that the contract puts first.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "retries: 3,",
                "retries: 3, priority: { run: \"120\" },",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &PRIORITY),
};
