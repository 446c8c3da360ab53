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
        why: "The handler does not get it, and calls that differ in nothing else get one key: one of them \
              runs, the others are dropped for 24 h.",
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
                let message = format!("`{}` ignores the parameter `{name}`", params.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "stop every caller from sending it, let the handler do without it, then remove it",
                );
            }
        }
    },
};
