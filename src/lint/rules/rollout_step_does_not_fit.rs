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
        summary: "A new offload is only verified, or an existing one is converted.",
        why: "Existing code has already been moved, and a new route has nothing to verify: a rollout that says \
              otherwise leads to work that is skipped or done twice.",
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
                    format!("`{job}` is verified here, but was not converted before"),
                    "write `step: convert`, or `status: existing` in the offload if its code existed before",
                ),
                (Status::Existing, Step::Convert) => {
                    (format!("`{job}` already exists, but is converted here"), "write `step: verify`")
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
