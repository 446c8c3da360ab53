//! `unused-flag`: a declared flag that switches nothing.

use std::collections::HashSet;

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "unused-flag",
        severity: Severity::Warning,
        group: Group::Flags,
        summary: "A flag is declared, but no offload uses it.",
        why: "Someone may set it in an emergency and believe that it has an effect.",
        bad: Example::Over(
            "flags: { declared: { CRON_NIGHTLY_REPROT_USE_INNGEST: { rollback: { set: { CRON_NIGHTLY_REPROT_USE_INNGEST: \"false\" } } } } }",
        ),
        good: Example::Over(
            "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: \"false\" } } } } }",
        ),
    },
    check: |contract, findings| {
        // A flag that another one depends on is not without effect.
        let used: HashSet<&str> = contract
            .flags
            .values()
            .filter(|flag| !flag.offloads.is_empty())
            .flat_map(|flag| flag.enabled_when.variables().into_iter().map(|(name, _)| name))
            .collect();
        for flag in contract.flags.values().filter(|flag| flag.offloads.is_empty()) {
            if !used.contains(flag.name.as_str()) {
                let message = format!("no offload uses the flag `{}`", flag.name);
                findings.report_key(&RULE.meta, &flag.at, message, "remove it, or name it with `flag` in an offload");
            }
        }
    },
};
