//! `auth-secret-renamed`: the secret of the routes is read from another variable.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "auth-secret-renamed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The secret of the routes is read from another variable.",
        why: "Where the new variable is not set, routes do what `whenUnset` says: they reject every call or accept \
            every call.",
        bad: Example::Change {
            old: "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }",
            new: "dispatch: { auth: { secret: JOB_SECRET } }",
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
            && let Some(secret) = auth.value("secret", |a| Some(&a.secret))
        {
            let message = format!("the variable of the routes' secret changes {}", words::change(&secret));
            let help = "set the new variable in every environment before this is deployed; if its value differs as \
                well, update the callers in the same step";
            changes.tell(&RULE, &secret, message, help);
        }
    },
};
