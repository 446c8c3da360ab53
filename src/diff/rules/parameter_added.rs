//! `parameter-added`: a query parameter that was ignored now reaches the run.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "parameter-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A query parameter that was ignored now reaches the run.",
        why: "Calls that already carry it are affected: it is added to the payload and, if the key hashes \
            parameters, gives them a key of their own.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    params: { allow: [clientId] }
    dispatchKey: "cron:{job}:{window}[:{paramsHash}]"
"#,
            new: "offloads: { nightly-report: { params: { allow: [clientId, dryRun] } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    params: { allow: [clientId] }
    dispatchKey: "cron:{job}:{window}[:{paramsHash}]"
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers, Audience::Consumers],
    check: |evolution, changes| {
        for (params, gone, name, at) in keys::parameters(evolution) {
            if !gone {
                let delta = params.single(false, &["allow", &name], &at);
                let message = format!("`{}` now passes the parameter `{name}` on", params.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "look for callers that already send it, and make the handler read it before they do",
                );
            }
        }
    },
};
