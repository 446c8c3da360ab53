//! `auth-fails-open-now`: routes now accept every call when their secret is not set.

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
        summary: "Routes now accept every call when their secret is not set.",
        why: "If the variable is missing in one environment, anyone can start the work of its routes, and nothing \
            shows it.",
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
                "routes now accept every call when their secret is not set",
                "keep `whenUnset: refuse`",
            );
        }
    },
};
