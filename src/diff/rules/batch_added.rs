//! `batch-added`: a function now takes several events per run.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "batch-added",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A function now takes several events per run.",
        why: "A handler that reads `event` processes the first event and drops the others. The event id no longer \
            prevents duplicate work: batched functions ignore it, and they ignore `idempotency` and `rateLimit` as \
            well.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { batchEvents: { maxSize: 10, timeout: 5s } } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Consumers, Audience::Producers],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(batch) = function.value("batchEvents", |f| f.batch_events.as_ref()) else { continue };
            if let Some(new) = batch.added() {
                let message = format!("`{}` now takes up to {} events per run", function.label, new.max_size.value);
                changes.tell(
                    &RULE,
                    &batch,
                    message,
                    "in the same deployment, make the handler process every event in `events`",
                );
            }
        }
    },
};
