//! `rollback-missing`: a flag of which nobody says how to turn it off.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. Flags that no offload has are [`super::unused_flag`]'s.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "rollback-missing",
        severity: Severity::Error,
        group: Group::Flags,
        summary: "A declared flag has no rollback.",
        why: "A rollback is needed in a hurry; if it is not written down and proven before, people have to guess it.",
        bad: Example::Over("flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { since: spring } } }"),
        good: Example::Over(
            "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { since: spring, rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: \"false\" } } } } }",
        ),
    },
    check: |contract, findings| {
        for flag in contract.flags.values().filter(|flag| flag.rollback.is_none()) {
            let Some(job) = flag.offloads.first() else { continue };
            let message = format!("the flag `{}` of `{job}` has no rollback", flag.name);
            let help = format!("add `rollback: {{ set: {{ {}: \"false\" }} }}`", flag.name);
            findings.report_key(&RULE.meta, &flag.at, message, help).offload(job);
        }
    },
};
