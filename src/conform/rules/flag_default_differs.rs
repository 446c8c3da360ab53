//! `flag-default-differs`: with the flag unset the code decides otherwise than the contract.

use super::CodeRule;
use super::flag_states::{outcome, show, states};
use crate::conform::observe::About;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "flag-default-differs",
        severity: Severity::Error,
        group: Group::CodeFlags,
        summary: "With the flag unset the code decides otherwise than the contract.",
        why: "A new deployment, a preview or a rotated environment has no value: what happens there was never agreed.",
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
        for (offload, seen) in facts.each() {
            let Some(states) = states(facts, offload, seen) else { continue };
            if states.constant().is_some() {
                continue;
            }

            // Where the condition itself asks whether the flag is set, its table has a line for that.
            let covered = states.seen.iter().filter(|(probe, _)| probe.about == About::Row);
            if covered
                .into_iter()
                .any(|(probe, _)| probe.env.iter().any(|(name, value)| *name == states.flag.name && value.is_none()))
            {
                continue;
            }
            let differing = states.differing(&|about| *about == About::Unset).next();
            let (Some(probe), Some(location)) = (differing, states.place(facts, seen)) else { continue };
            let message = format!(
                "with {} the code {}, by contract it {}",
                show(&probe.env),
                outcome(!probe.expected),
                outcome(probe.expected)
            );
            findings
                .report_at(&RULE.meta, location, message, "treat an unset flag as the contract says")
                .offload(&offload.job)
                .also(&states.flag.enabled_when.at, "when the contract says that it is on");
        }
    },
};
