//! `flag-is-secret`: a variable that is a switch and a secret.

use std::collections::HashMap;

use crate::contract::{Contract, Sourced};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. Asking whether a secret is set is no fault.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "flag-is-secret",
        severity: Severity::Error,
        group: Group::Flags,
        summary: "A variable is both a flag and a secret.",
        why: "The value of a flag is set by hand, printed in documents and shared in an emergency; a secret must not \
              be.",
        bad: Example::Over(
            r#"
environment: { secrets: [CRON_SECRET] }
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { allOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { on: CRON_SECRET }] }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
        good: Example::Over(
            r#"
environment: { secrets: [CRON_SECRET] }
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { allOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { set: CRON_SECRET }] }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
    },
    check: |contract, findings| {
        let auth = contract.dispatch.auth.as_ref().map(|auth| &auth.secret);
        let secrets: HashMap<&str, &Sourced<String>> =
            contract.environment.secrets.iter().chain(auth).map(|secret| (secret.as_str(), secret)).collect();
        if secrets.is_empty() {
            return;
        }
        for flag in contract.flags.values() {
            let variables = flag.enabled_when.variables().into_iter();
            let read = variables.filter(|(_, truthy)| *truthy).map(|(name, _)| (name, &flag.enabled_when.at));
            let overrides = flag.override_.as_ref().map(|o| (o.on.as_str(), &o.on.at));
            let mut all = [(flag.name.as_str(), &flag.at)].into_iter().chain(read).chain(overrides);
            let found = all.find_map(|(name, at)| secrets.get(name).map(|secret| (name, at, secret)));
            if let Some((name, at, secret)) = found {
                let message = format!("`{name}` is read as a flag, but is a secret");
                let finding = findings
                    .report_key(
                        &RULE.meta,
                        at,
                        message,
                        "read another variable, or test only whether the secret is \
                                                          `set`",
                    )
                    .also(&secret.at, "the secret");
                if let Some(job) = flag.offloads.first() {
                    finding.offload(job);
                }
            }
        }
    },
};
