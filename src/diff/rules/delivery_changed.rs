//! `delivery-changed`: the work is handed over in another way: as events or through a queue.

use crate::contract::Delivery;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "delivery-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The work is handed over in another way: as events or through a queue.",
        why: "Work that was handed over in the old way and is not done yet no longer has a consumer.",
        bad: Example::Change {
            old: r#"
offloads:
  mail: { kind: webhook, status: existing, route: /api/mail, via: { queue: Mail }, flag: MAIL_ASYNC, owners: [app/api/mail/route.ts] }
flags: { declared: { MAIL_ASYNC: { rollback: { set: { MAIL_ASYNC: "false" } } } } }
"#,
            new: r#"
offloads:
  mail:
    via: null
    window: 5m
    source: mail
    payload: BackgroundDispatchEventData
    dispatchKey: "mail:{window}"
    event: mail.requested
    eventId: "{event}:{dispatchKey}"
    function: { id: send-mail, jobName: send-mail }
"#,
        },
        good: Example::Change {
            old: r#"
offloads:
  mail: { kind: webhook, status: existing, route: /api/mail, via: { queue: Mail }, flag: MAIL_ASYNC, owners: [app/api/mail/route.ts] }
flags: { declared: { MAIL_ASYNC: { rollback: { set: { MAIL_ASYNC: "false" } } } } }
"#,
            new: "offloads: { mail: { via: { queue: Letters } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some((old, new)) = offload.both() else { continue };
            let one = |delivery: &Delivery| match delivery {
                Delivery::Events(_) => "events",
                Delivery::Queue(_) => "a queue",
            };
            let (was, is) = (one(&old.delivery), one(&new.delivery));
            if was != is {
                let message = format!("`{}` now hands its work over through {is} instead of {was}", offload.label);
                let help = "keep the old consumer until it has finished what it was given, then remove it";
                changes.tell(&RULE, &offload.fact("delivery", |o| Some(&o.delivery)), message, help);
                // What a queue has none of comes and goes with it.
                for key in ["window", "params"] {
                    changes.account(&offload.path.key(key));
                }
            }
        }
    },
};
