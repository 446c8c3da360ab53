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
        summary: "A generated offload lists no file that does its work.",
        why: "Its code cannot be checked against the contract, and changes to it are not linked to the offload.",
        bad: Example::Over("offloads: { nightly-report: { owners: null } }"),
        good: Example::Over("offloads: { nightly-report: { owners: [app/api/cron/nightly-report/route.ts] } }"),
    },
    check: |contract, findings| {
        for offload in contract.generated().filter(|offload| offload.owners.is_empty()) {
            let message = format!("`{}` has no `owners`", offload.job);
            let help = "list the route's file and the files that do the work: `owners: [app/…/route.ts]`";
            findings.report_key(&RULE.meta, &offload.at, message, help);
        }
    },
};
