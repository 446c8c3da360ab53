//! `flag-rollback-fails`: with the contract's rollback applied, the code still dispatches.

use super::CodeRule;
use crate::conform::evidence::flag_states::{FlagStates, tell};
use crate::conform::observe::About;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "flag-rollback-fails",
        severity: Severity::Error,
        group: Group::CodeFlags,
        summary: "With the contract's rollback applied, the code still dispatches.",
        why: "The rollback fails at the moment it is needed.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST)"#,
                r#"isSet(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST)"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let is_told_elsewhere = |_: &FlagStates<'_>| false;
        let help = "let the values of `rollback.set` turn the offload off, regardless of other variables";
        tell(facts, findings, &RULE.meta, &|about| *about == About::Rollback, &is_told_elsewhere, help);
    },
};
