//! `event-renamed`: an event has a new name.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "event-renamed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An event has a new name.",
        why: "Senders of the old name start no run, and listeners to it receive nothing; neither gets an error. \
            Events that were sent but not yet picked up when the function is synced are lost.",
        bad: Example::Change {
            old: "",
            new: r#"
offloads:
  nightly-report: { event: cron/report.requested, function: { id: cron-nightly-report } }
"#,
        },
        good: Example::Change {
            old: "",
            new: r#"offloads: { nightly-report: { eventId: "nightly:{event}:{dispatchKey}" } }"#,
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Consumers, Audience::Dashboards],
    check: |evolution, changes| {
        for event in &evolution.events.both {
            let Some((old, new)) = event.both() else { continue };
            if old.name.value != new.name.value {
                let name = event.fact("name", |e| Some(&e.name)).unwrapped();
                let message = format!("the event `{}` is now called `{}`", old.name.value, new.name.value);
                let drained = words::drained(evolution, event.job);
                let help = format!("find everything else that sends or waits for `{}`, then {drained}", old.name.value);
                changes.tell(&RULE, &name, message, help);
                // Its constant and, where the pattern names the event, its id follow.
                changes.account(&event.path.key("constant"));
                if keys::id_only_follows_name(event) {
                    changes.account(&event.path.key("eventId"));
                }
            }
        }
    },
};
