//! `retries-differ`: a function is retried more or less often than the contract says.

use super::CodeRule;
use crate::conform::evidence::options::{self, RETRIES_OPTION};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "retries-differ",
        severity: Severity::Error,
        group: Group::CodeFunctions,
        summary: "A function is retried more or less often than the contract says.",
        why: "With too few retries, work is given up that a second attempt would have done; with too many, work is repeated that cannot succeed. Unset, Inngest retries 4 times.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace("lib/inngest/functions.ts", "retries: 3,", "retries: 5,")],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| options::differs(facts, findings, &RULE.meta, &RETRIES_OPTION),
};
