//! `params-not-in-key`: parameters that the key does not tell apart.

use crate::contract::{Contract, Origin};
use crate::derive::ValueName;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "params-not-in-key",
        severity: Severity::Error,
        group: Group::Keys,
        summary: "An offload allows parameters, but its dispatch key does not contain them.",
        why: "A manual replay with other parameters gets the key of the scheduled run and is dropped.",
        bad: Example::Over("offloads: { nightly-report: { params: { allow: [clientId] } } }"),
        good: Example::Over(
            "offloads: { nightly-report: { params: { allow: [clientId] }, dispatchKey: \
              \"cron:{job}:{window}[:{paramsHash}]\" } }",
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for offload in contract.offloads.values() {
        let (Some(params), Some(dispatch)) = (&offload.params, offload.dispatch()) else { continue };
        let key = &dispatch.dispatch_key;
        if key.names(ValueName::ParamsHash) {
            continue;
        }
        let message =
            format!("`{}` allows parameters, but its dispatch key `{}` does not contain them", offload.job, key.value);
        let help = format!("write `dispatchKey: \"{}[:{{paramsHash}}]\"`", key.value);
        match key.origin {
            Origin::Written => findings.report(&RULE.meta, &key.at, message, help).also(&params.at, "allowed here"),
            Origin::Default => {
                findings.report_key(&RULE.meta, &params.at, message, help).also(&key.at, "the dispatch key")
            }
            Origin::BuiltIn => findings.report_key(&RULE.meta, &params.at, message, help),
        };
    }
}
