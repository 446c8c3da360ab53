//! `auth-secret-renamed`: the secret of the routes is another variable.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "auth-secret-renamed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The secret of the routes is another variable.",
        why: "Where the new variable is unset, routes do what `whenUnset` says: they refuse every call, or let \
              every call in.",
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
            let message = format!("the secret of the routes changes {}", words::change(&secret));
            let help = "set the new variable in every environment before this is live; where its value differs too, move the \
                callers in the same step";
            changes.tell(&RULE, &secret, message, help);
        }
    },
};
