//! `flag-dialect-differs`: a value of the flag counts as on by the contract and as off in the code, or the other way round.

use super::CodeRule;
use super::flag_states::{outcome, show, states};
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
        for (offload, seen) in facts.each() {
            let Some(states) = states(facts, offload, seen) else { continue };
            if states.constant().is_some() {
                continue;
            }

            // A flag that any word turns on, or that is on by default, is told by other rules.
            if states.differing(&|about| matches!(about, About::Row | About::Rollback)).next().is_some() {
                continue;
            }

            let differing = states.differing(&|about| matches!(about, About::Spelling(_))).next();
            let (Some(probe), Some(location)) = (differing, states.place(facts, seen)) else { continue };
            let message = format!(
                "with {} the code {}, by contract it {}",
                show(&probe.env),
                outcome(!probe.expected),
                outcome(probe.expected)
            );
            findings
                .report_at(
                    &RULE.meta,
                    location,
                    message,
                    "compare the value trimmed and without case against the words under `flags.truthy`",
                )
                .offload(&offload.job)
                .also(&states.flag.enabled_when.at, "when the contract says that it is on");
        }
    },
};
