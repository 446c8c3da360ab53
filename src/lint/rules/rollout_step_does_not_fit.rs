//! `rollout-step-does-not-fit`: a step that its offload cannot take.

use std::collections::HashSet;

use crate::contract::{Contract, Status, Step};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. A generated offload may be verified once it is converted.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "rollout-step-does-not-fit",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "An offload that is new is only verified, or one that exists is converted.",
        why: "Existing code has been moved already, and a new route has nothing to verify: who follows the rollout \
              skips work, or does it twice.",
        bad: Example::Over("rollout: [{ offload: nightly-report, step: verify }]"),
        good: Example::Over("rollout: [{ offload: nightly-report, step: convert }]"),
    },
    check: |contract, findings| {
        let mut converted = HashSet::new();
        let mut reported = HashSet::new();
        for step in &contract.rollout {
            let job = step.offload.as_str();
            let Some(offload) = contract.offloads.get(job) else { continue };
            if step.step.value == Step::Convert {
                converted.insert(job);
            }
            let (message, help) = match (offload.status.value, step.step.value) {
                (Status::Generated, Step::Verify) if !converted.contains(job) => (
                    format!("`{job}` is verified here and was not converted before"),
                    "write `step: convert`, or `status: existing` at the offload if its code was there before",
                ),
                (Status::Existing, Step::Convert) => {
                    (format!("`{job}` exists already, and is converted here"), "write `step: verify`")
                }
                _ => continue,
            };
            if reported.insert(job) {
                findings
                    .report(&RULE.meta, &step.step.at, message, help)
                    .also(&offload.status.at, "the offload")
                    .offload(job);
            }
        }
    },
};
