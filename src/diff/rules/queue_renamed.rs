//! `queue-renamed`: the work goes to a different queue.

use crate::contract::Delivery;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "queue-renamed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The work goes to a different queue.",
        why: "Nothing drains the old queue once its consumer reads the new one.",
        bad: Example::Change {
            old: r#"
offloads:
  mail: { kind: webhook, status: existing, route: /api/mail, via: { queue: Mail }, flag: MAIL_ASYNC, owners: [app/api/mail/route.ts] }
flags: { declared: { MAIL_ASYNC: { rollback: { set: { MAIL_ASYNC: "false" } } } } }
"#,
            new: "offloads: { mail: { via: { queue: Letters } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  mail: { kind: webhook, status: existing, route: /api/mail, via: { queue: Mail }, flag: MAIL_ASYNC, owners: [app/api/mail/route.ts] }
flags: { declared: { MAIL_ASYNC: { rollback: { set: { MAIL_ASYNC: "false" } } } } }
"#,
            new: "offloads: { mail: { description: Letters. } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some((Delivery::Queue(old), Delivery::Queue(new))) =
                offload.both().map(|(a, b)| (&a.delivery, &b.delivery))
            else {
                continue;
            };
            if old.value != new.value {
                let mut delta = offload.with(Some(&old.value), Some(&new.value));
                delta.path = offload.path.key("delivery").key("queue");
                delta.was_at = old.at.clone();
                delta.is_at = new.at.clone();
                let message = format!("the queue of `{}` changes {}", offload.label, words::change(&delta));
                let help = format!(
                    "drain `{}` before its consumer is removed, or make the consumer read both for a while",
                    old.value
                );
                changes.tell(&RULE, &delta, message, help);
            }
        }
    },
};
