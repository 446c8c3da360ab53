//! `auth-removed`: routes no longer require a secret.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "auth-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Routes no longer require a secret.",
        why: "Anyone who knows the URL of a route can start its work.",
        bad: Example::Change {
            old: "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }",
            new: "dispatch: { auth: null }",
        },
        good: Example::Change {
            old: "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }",
            new: "dispatch: { metadata: queued }",
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        let auth = evolution.contract.part("dispatch", |c| Some(&c.dispatch)).part("auth", |d| d.auth.as_ref());
        if let Some(old) = auth.removed() {
            let message = format!("routes no longer require `{}`", old.secret.value);
            changes.tell(&RULE, &auth, message, "keep the check, unless something in front of the routes does it");
        }
    },
};
