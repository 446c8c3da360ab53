//! `auth-fails-open`: a check that a missing variable turns off.

use crate::contract::{Contract, WhenUnset};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "auth-fails-open",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "Routes let every caller in when their secret is not set.",
        why: "One forgotten variable opens every offloaded route to the internet, and nothing looks broken.",
        bad: Example::Over(
            "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: allow } }\nenvironment: { secrets: [CRON_SECRET] }",
        ),
        good: Example::Over(
            "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }\nenvironment: { secrets: [CRON_SECRET] }",
        ),
    },
    check: |contract, findings| {
        let Some(auth) = &contract.dispatch.auth else { return };
        if auth.when_unset.value == WhenUnset::Allow {
            let message = format!("if `{}` is not set, every caller is let in", auth.secret.value);
            findings.report(&RULE.meta, &auth.when_unset.at, message, "write `whenUnset: refuse`");
        }
    },
};
