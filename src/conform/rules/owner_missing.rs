//! `owner-missing`: an owner file does not exist.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "owner-missing",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "An owner file does not exist.",
        why: "Reviews are requested by owner: a change of the file that replaced this one reaches nobody.",
        bad: Example::Code {
            spec: "offloads: { nightly-report: { owners: [app/api/cron/nightly-report/route.ts, lib/nightly-report.ts, lib/gone.ts] } }",
            edits: &[],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for offload in facts.contract.offloads.values() {
            for owner in offload.owners.iter().filter(|owner| !facts.loaded.files.contains(owner.value.as_str())) {
                let is_route = facts.loaded.routes.iter().all(|(address, _)| *address != offload.route.value);
                // Without its file the route has a rule of its own.
                if is_route && owner.value.as_str().contains("/route.") {
                    continue;
                }
                let message = format!("{} does not exist", owner.value.as_str());
                findings.report(&RULE.meta, &owner.at, message, "name the file that does the work now");
            }
        }
    },
};
