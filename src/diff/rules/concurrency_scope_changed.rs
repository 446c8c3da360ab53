//! `concurrency-scope-changed`: a concurrency limit is now shared with other functions, or no longer shared.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "concurrency-scope-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A concurrency limit is now shared with other functions, or no longer shared.",
        why: "The same number now allows a different amount of work: a limit with the scope of the environment or \
            the account is shared by all functions with its key.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { concurrency: { limit: 1, key: "'report'", scope: env } } }
"#,
            new: "offloads: { nightly-report: { function: { concurrency: { scope: account } } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { concurrency: { limit: 1, key: "'report'", scope: env } } }
"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            for limit in options::limits(function).iter().filter(|limit| limit.both().is_some()) {
                if let Some(scope) = limit.value("scope", |l| l.scope.as_ref()) {
                    let message = format!(
                        "the scope of a concurrency limit of `{}` changes {}",
                        function.label,
                        words::change(&scope)
                    );
                    changes.tell(
                        &RULE,
                        &scope,
                        message,
                        "add up how many runs all functions with this key execute at the same time",
                    );
                }
            }
        }
    },
};
