//! `calls-taken-changed`: a webhook takes different calls of its route.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "calls-taken-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A webhook takes different calls of its route.",
        why: "Calls that were offloaded now run inline, or calls that ran inline are now offloaded, and their \
            senders cannot see the difference.",
        bad: Example::Change {
            old: r#"
offloads:
  mail: { kind: webhook, status: existing, route: /api/mail, when: SENT, via: { queue: Mail }, flag: MAIL_ASYNC, owners: [app/api/mail/route.ts] }
flags: { declared: { MAIL_ASYNC: { rollback: { set: { MAIL_ASYNC: "false" } } } } }
"#,
            new: "offloads: { mail: { when: DELIVERED } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  mail: { kind: webhook, status: existing, route: /api/mail, when: SENT, via: { queue: Mail }, flag: MAIL_ASYNC, owners: [app/api/mail/route.ts] }
flags: { declared: { MAIL_ASYNC: { rollback: { set: { MAIL_ASYNC: "false" } } } } }
"#,
            new: "offloads: { mail: { description: Letters. } }",
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            if let Some(when) = offload.value("when", |o| o.when.as_ref()) {
                if offload.both().is_some_and(|(old, new)| old.kind.value != new.kind.value) {
                    continue;
                }
                let message = format!(
                    "the condition under which `{}` takes a call changes {}",
                    offload.label,
                    words::change(&when)
                );
                let help = "make sure that the route itself still handles the calls that are no longer taken";
                changes.tell(&RULE, &when, message, help);
            }
        }
    },
};
