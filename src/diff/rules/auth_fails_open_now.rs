//! `auth-fails-open-now`: routes let every call in when their secret is unset.

use crate::contract::WhenUnset;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "auth-fails-open-now",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Routes let every call in when their secret is unset.",
        why: "One forgotten variable in one environment, and anybody can start its work, with nothing to be \
              seen.",
        bad: Example::Change {
            old: "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }",
            new: "dispatch: { auth: { whenUnset: allow } }",
        },
        good: Example::Change {
            old: "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }",
            new: "dispatch: { metadata: queued }",
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        let auth = evolution.contract.part("dispatch", |c| Some(&c.dispatch)).part("auth", |d| d.auth.as_ref());
        if auth.both().is_some()
            && let Some(when) = auth.value("whenUnset", |a| Some(&a.when_unset))
            && when.new == Some(&WhenUnset::Allow)
        {
            changes.tell(
                &RULE,
                &when,
                "routes let every call in when their secret is unset",
                "keep `whenUnset: refuse`",
            );
        }
    },
};
