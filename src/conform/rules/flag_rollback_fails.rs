//! `flag-rollback-fails`: with the contract's rollback applied the code still dispatches.

use super::CodeRule;
use super::flag_states::{outcome, show, states};
use crate::conform::observe::About;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "flag-rollback-fails",
        severity: Severity::Error,
        group: Group::CodeFlags,
        summary: "With the contract's rollback applied the code still dispatches.",
        why: "The rollback is found not to roll back at the moment it is needed.",
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
        for (offload, seen) in facts.each() {
            let Some(states) = states(facts, offload, seen) else { continue };
            if states.constant().is_some() {
                continue;
            }

            let differing = states.differing(&|about| *about == About::Rollback).next();
            let (Some(probe), Some(location)) = (differing, states.place(facts, seen)) else { continue };
            let message =
                format!("after the rollback, with {}, the code still {}", show(&probe.env), outcome(!probe.expected));
            findings
                .report_at(
                    &RULE.meta,
                    location,
                    message,
                    "let the values of `rollback.set` turn the offload off, whatever else is set",
                )
                .offload(&offload.job)
                .also(&states.flag.enabled_when.at, "when the contract says that it is on");
        }
    },
};
