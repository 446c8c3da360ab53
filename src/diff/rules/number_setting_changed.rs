//! `number-setting-changed`: the environment sets retries or concurrency differently.

use crate::contract::Amount;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "number-setting-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The environment sets retries or concurrency differently.",
        why: "A deployment that sets the old variable no longer gets the number that it asks for.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { retries: { env: REPORT_RETRIES, default: 2, min: 0, max: 3 } }
"#,
            new: "offloads: { nightly-report: { function: { retries: { env: REPORT_TRIES } } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { retries: { env: REPORT_RETRIES, default: 2, min: 0, max: 3 } }
"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        let variable = |amount: &Amount| match amount {
            Amount::Fixed(_) => None,
            Amount::Env { env, .. } => Some(env.clone()),
        };
        for function in &evolution.functions {
            for (option, number) in options::numbers(function) {
                let Some((old, new)) = number.both() else { continue };
                let (was, is) = (variable(&old.value), variable(&new.value));
                let is_told = options::direction(&old.value, &new.value).is_some() && (was.is_none() || is.is_none());
                if was != is && !is_told {
                    let message =
                        format!("how `{option}` of `{}` is set changes {}", function.label, words::from_to(was, is));
                    let help = "set the new variable in every environment before this is deployed, and remove the \
                        old one afterwards";
                    changes.tell(&RULE, &number.fact("value", |n| Some(&n.value)), message, help);
                }
            }
        }
    },
};
