//! `auth-added`: routes now require a secret.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "auth-added",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Routes now require a secret.",
        why: "Callers that do not send it are rejected as soon as this is deployed.",
        bad: Example::Change {
            old: "",
            new: "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }",
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        let auth = evolution.contract.part("dispatch", |c| Some(&c.dispatch)).part("auth", |d| d.auth.as_ref());
        if let Some(new) = auth.added() {
            let message = format!("routes now require `{}`", new.secret.value);
            changes.tell(
                &RULE,
                &auth,
                message,
                "make every caller send the secret first, and set it in every environment",
            );
        }
    },
};
