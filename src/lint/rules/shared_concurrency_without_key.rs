//! `shared-concurrency-without-key`: a shared limit of concurrency without a key.

use crate::contract::{Contract, Scope};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "shared-concurrency-without-key",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "A concurrency limit of the environment or the account has no key.",
        why: "The server rejects the function, and one rejected function keeps the whole app from syncing.",
        bad: Example::Over("offloads: { nightly-report: { function: { concurrency: { limit: 1, scope: env } } } }"),
        good: Example::Over(
            "offloads: { nightly-report: { function: { concurrency: { limit: 1, scope: env, key: \"'reports'\" \
              } } } }",
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        for limit in event.function.concurrency.iter().flat_map(|limits| limits.iter()) {
            let Some(scope) = &limit.scope else { continue };
            let name = match scope.value {
                Scope::Fn => continue,
                Scope::Env => "env",
                Scope::Account => "account",
            };
            if limit.key.is_none() && once.first(scope) {
                let message = format!("the limit of scope `{name}` has no key");
                let help = "name what shares the limit: `key: \"'reports'\"`, or a field of the event";
                findings.report(&RULE.meta, &scope.at, message, help);
            }
        }
    }
}
