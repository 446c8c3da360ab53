//! `batch-added`: a function takes several events in one run.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "batch-added",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A function takes several events in one run.",
        why: "A handler that reads `event` works on the first of them and drops the others, and the event id \
              no longer keeps work from being done twice: batched functions ignore it, and ignore \
              `idempotency` and `rateLimit`.",
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
                let message = format!("`{}` takes up to {} events in one run", function.label, new.max_size.value);
                changes.tell(
                    &RULE,
                    &batch,
                    message,
                    "let the handler work on `events`, each once, in the same deployment",
                );
            }
        }
    },
};
