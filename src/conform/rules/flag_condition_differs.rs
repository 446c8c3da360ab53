//! `flag-condition-differs`: the code and the contract decide differently in a state of the flag's truth table.

use super::CodeRule;
use crate::conform::evidence::flag_states::{FlagStates, tell};
use crate::conform::observe::About;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "flag-condition-differs",
        severity: Severity::Error,
        group: Group::CodeFlags,
        summary: "The code and the contract decide differently in a state of the flag's truth table.",
        why: "Operators act on the table in the documents; where the code differs, switching something on or off does the opposite.",
        bad: Example::Code {
            spec: "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { enabledWhen: { anyOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { set: REPORTS_OFFLOADED }] }, rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: 'false', REPORTS_OFFLOADED: '' } } } } }",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST)"#,
                r#"isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST) && isSet(process.env.INNGEST_EVENT_KEY)"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        // A failing rollback is the more serious effect of the same difference.
        let is_told_elsewhere =
            |states: &FlagStates<'_>| states.differing(&|about| *about == About::Rollback).next().is_some();
        let help = "decide as the condition in the contract does, or change the contract";
        let about =
            |about: &About| matches!(about, About::Row | About::Unconfigured | About::Configured | About::Method(_));
        tell(facts, findings, &RULE.meta, &about, &is_told_elsewhere, help);
    },
};
