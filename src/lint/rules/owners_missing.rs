//! `owners-missing`: a generated offload whose work nobody owns.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "owners-missing",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "A generated offload names no file that does its work.",
        why: "Its code cannot be checked against the contract, and a change of it concerns nobody.",
        bad: Example::Over("offloads: { nightly-report: { owners: null } }"),
        good: Example::Over("offloads: { nightly-report: { owners: [app/api/cron/nightly-report/route.ts] } }"),
    },
    check: |contract, findings| {
        for offload in contract.generated().filter(|offload| offload.owners.is_empty()) {
            let message = format!("`{}` has no owners", offload.job);
            let help = "name the route's file and those that do the work: `owners: [app/…/route.ts]`";
            findings.report_key(&RULE.meta, &offload.at, message, help);
        }
    },
};
