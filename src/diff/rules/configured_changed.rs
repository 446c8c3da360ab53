//! `configured-changed`: Inngest counts as configured in different environments than before.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, conditions};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "configured-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Inngest counts as configured in different environments than before.",
        why: "An environment that dispatched may now answer that it is misconfigured, or one that lacks a key may \
            answer `202` and run nothing.",
        bad: Example::Change { old: "", new: "dispatch: { configured: { set: INNGEST_EVENT_KEY } }" },
        good: Example::Change {
            old: "",
            new: r#"
dispatch:
  configured:
    anyOf: [{ allOf: [{ set: INNGEST_SIGNING_KEY }, { set: INNGEST_EVENT_KEY }] }, { set: INNGEST_DEV }]
"#,
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        let configured =
            evolution.contract.part("dispatch", |c| Some(&c.dispatch)).value("configured", |d| Some(&d.configured));
        if let Some(configured) = configured
            && let Some((was, is)) = configured.both()
            && !conditions::equivalent(was, is)
        {
            let message = format!("Inngest now counts as configured when {is}; before, when {was}");
            changes.tell(
                &RULE,
                &configured,
                message,
                "check the variables of every environment before this is deployed",
            );
        }
    },
};
