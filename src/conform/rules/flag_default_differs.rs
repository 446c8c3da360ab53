//! `flag-default-differs`: with the flag unset, the code decides differently from the contract.

use super::CodeRule;
use crate::conform::evidence::flag_states::{FlagStates, tell};
use crate::conform::observe::About;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "flag-default-differs",
        severity: Severity::Error,
        group: Group::CodeFlags,
        summary: "With the flag unset, the code decides differently from the contract.",
        why: "A new deployment, a preview or a recreated environment has no value: what happens there was never agreed.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST)"#,
                r#"isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST ?? "on")"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        // Where the condition itself asks whether the flag is set, its table has a line for that.
        let is_told_elsewhere = |states: &FlagStates<'_>| states.has_row_for_unset();
        let help = "treat an unset flag as the contract says";
        tell(facts, findings, &RULE.meta, &|about| *about == About::Unset, &is_told_elsewhere, help);
    },
};
