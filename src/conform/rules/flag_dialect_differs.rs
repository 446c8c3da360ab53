//! `flag-dialect-differs`: the code and the contract disagree whether a value of the flag means on.

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
        summary: "The code and the contract disagree whether a value of the flag means on.",
        why: "Dashboards and shells produce values with a trailing newline or in capitals; the flag then reads as off while everybody believes that it is on.",
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
        // A flag that any word turns on, or that is on by default, is reported by other rules.
        let is_told_elsewhere = |states: &FlagStates<'_>| {
            states.differing(&|about| matches!(about, About::Row | About::Rollback)).next().is_some()
        };
        let help = "trim the value and compare it, ignoring case, with the words under `flags.truthy`";
        tell(facts, findings, &RULE.meta, &|about| matches!(about, About::Spelling(_)), &is_told_elsewhere, help);
    },
};
