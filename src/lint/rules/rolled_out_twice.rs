//! `rolled-out-twice`: a step that is there already.

use std::collections::HashMap;

use crate::contract::{Contract, Step};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. To convert an offload and verify it later are two steps.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "rolled-out-twice",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "The rollout contains the same step of an offload twice.",
        why: "One of the two was probably meant for another offload, or its state will be updated in only one place.",
        bad: Example::Over(
            "rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-report, step: convert }]",
        ),
        good: Example::Over(
            "rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-report, step: verify }]",
        ),
    },
    check: |contract, findings| {
        let mut seen = HashMap::new();
        for step in &contract.rollout {
            let place = (step.offload.as_str(), step.step.value == Step::Convert);
            match seen.get(&place) {
                None => {
                    seen.insert(place, &step.offload);
                }
                Some(first) => {
                    let message = format!("this step of `{}` is already in the rollout", step.offload.value);
                    findings
                        .report(&RULE.meta, &step.offload.at, message, "remove one of the two")
                        .also(&first.at, "the same step")
                        .offload(&step.offload);
                }
            }
        }
    },
};
