//! `flag-dialect-differs`: a value of the flag counts as on by the contract and as off in the code, or the other way round.

use super::CodeRule;
use crate::conform::evidence::flag_states::{FlagStates, tell};
use crate::conform::observe::About;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "flag-dialect-differs",
        severity: Severity::Error,
        group: Group::CodeFlags,
        summary: "A value of the flag counts as on by the contract and as off in the code, or the other way round.",
        why: "A value with a trailing newline or in capitals is what dashboards and shells produce; the flag then reads as off while everybody believes that it is on.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"(value ?? "").trim().toLowerCase()"#,
                r#"(value ?? "").toLowerCase()"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        // A flag that any word turns on, or that is on by default, is told by other rules.
        let is_told_elsewhere = |states: &FlagStates<'_>| {
            states.differing(&|about| matches!(about, About::Row | About::Rollback)).next().is_some()
        };
        let help = "compare the value trimmed and without case against the words under `flags.truthy`";
        tell(facts, findings, &RULE.meta, &|about| matches!(about, About::Spelling(_)), &is_told_elsewhere, help);
    },
};
