//! `failure-suffix`: a function id that the SDK keeps for failure handlers.

use std::collections::HashMap;

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// What the SDK adds to the id of a function for its failure handler.
const SUFFIX: &str = "-failure";

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "failure-suffix",
        severity: Severity::Error,
        group: Group::Names,
        summary: "A function id ends with `-failure`.",
        why: "The SDK registers the failure handler of `x` as the function `x-failure`: the two would have the same \
              id, and failures would start the wrong code.",
        bad: Example::Over("offloads: { nightly-report: { function: { id: nightly-failure } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { id: nightly-failures } } }"),
    },
    check: |contract, findings| {
        let ids: HashMap<&str, _> =
            contract.events().map(|(_, event)| (event.function.id.as_str(), &event.function.id)).collect();
        let mut once = Once::default();
        for (offload, event) in contract.events() {
            let id = &event.function.id;
            let Some(base) = id.strip_suffix(SUFFIX).filter(|_| once.first(id)) else { continue };
            let message = format!(
                "the function id `{}` of `{}` is also the id of the failure handler of `{base}`",
                id.value, offload.job
            );
            let finding = findings.report(&RULE.meta, &id.at, message, "choose another ending").offload(&offload.job);
            if let Some(handled) = ids.get(base) {
                finding.also(&handled.at, "the function that the failure handler belongs to");
            }
        }
    },
};
