//! `parameter-removed`: a query parameter no longer reaches the run.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "parameter-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A query parameter no longer reaches the run.",
        why: "The handler no longer receives it, and calls that differ only in it get the same key: one of them \
            runs, and the others are dropped for 24 h.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    params: { allow: [clientId, dryRun] }
    dispatchKey: "cron:{job}:{window}[:{paramsHash}]"
"#,
            new: "offloads: { nightly-report: { params: { allow: [clientId] } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    params: { allow: [clientId, dryRun] }
    dispatchKey: "cron:{job}:{window}[:{paramsHash}]"
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers, Audience::Consumers],
    check: |evolution, changes| {
        for (params, gone, name, at) in keys::parameters(evolution) {
            if gone {
                let delta = params.single(true, &["allow", &name], &at);
                let message = format!("`{}` now ignores the parameter `{name}`", params.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "first stop every caller from sending it and make the handler work without it, then remove it",
                );
            }
        }
    },
};
