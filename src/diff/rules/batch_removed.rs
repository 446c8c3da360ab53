//! `batch-removed`: a function now takes one event per run.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "batch-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A function now takes one event per run.",
        why: "Each event that was part of a batch now starts its own run, and a handler that was written for \
            batches receives a single event.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { without: [idempotency], batchEvents: { maxSize: 10, timeout: 5s } }
"#,
            new: "offloads: { nightly-report: { function: { batchEvents: null } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { without: [idempotency], batchEvents: { maxSize: 10, timeout: 5s } }
"#,
            new: "offloads: { nightly-report: { function: { batchEvents: { maxSize: 20 } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(batch) = function.value("batchEvents", |f| f.batch_events.as_ref()) else { continue };
            if let Some(old) = batch.removed() {
                let message =
                    format!("`{}` now takes one event per run instead of up to {}", function.label, old.max_size.value);
                changes.tell(
                    &RULE,
                    &batch,
                    message,
                    "make the handler read `event`, and limit how many runs execute at the same time",
                );
            }
        }
    },
};
