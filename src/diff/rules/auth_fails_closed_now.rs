//! `auth-fails-closed-now`: routes now reject every call when their secret is not set.

use crate::contract::WhenUnset;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "auth-fails-closed-now",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Routes now reject every call when their secret is not set.",
        why: "An environment without the variable worked until now and stops working.",
        bad: Example::Change {
            old: "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: allow } }",
            new: "dispatch: { auth: { whenUnset: refuse } }",
        },
        good: Example::Change {
            old: "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: allow } }",
            new: "dispatch: { metadata: queued }",
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        let auth = evolution.contract.part("dispatch", |c| Some(&c.dispatch)).part("auth", |d| d.auth.as_ref());
        if auth.both().is_some()
            && let Some(when) = auth.value("whenUnset", |a| Some(&a.when_unset))
            && when.new == Some(&WhenUnset::Refuse)
        {
            let help = "set the secret in every environment first, including those of previews and tests";
            changes.tell(&RULE, &when, "routes now reject every call when their secret is not set", help);
        }
    },
};
