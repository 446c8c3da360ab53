//! `parameter-added`: a query parameter reaches the run that was ignored.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "parameter-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A query parameter reaches the run that was ignored.",
        why: "Calls that carry it today change without being changed: it enters the payload and, where the key \
              hashes parameters, gives them a key of their own.",
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
                let message = format!("`{}` lets the parameter `{name}` through", params.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "look for callers that send it already; let the handler read it before they do",
                );
            }
        }
    },
};
