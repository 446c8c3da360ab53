//! `undeclared-secret`: the route's secret is not among the secrets.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "undeclared-secret",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "The secret that the route checks is not listed under `environment.secrets`.",
        why: "Listed secrets are checked for white space at startup; a secret with a line break at its end makes the \
              route reject every scheduled call.",
        bad: Example::Over("dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }"),
        good: Example::Over(
            "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }\nenvironment: { secrets: [CRON_SECRET] }",
        ),
    },
    check: |contract, findings| {
        let Some(auth) = &contract.dispatch.auth else { return };
        if !contract.environment.secrets.iter().any(|secret| secret.value == auth.secret.value) {
            let message = format!("`{}` is a secret, but is not listed as one", auth.secret.value);
            findings.report(&RULE.meta, &auth.secret.at, message, "add it to `environment.secrets`");
        }
    },
};
