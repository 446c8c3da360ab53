//! `batch-changed`: a function takes more or fewer events per run, or waits longer or shorter for them.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "batch-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function takes more or fewer events per run, or waits longer or shorter for them.",
        why: "Larger batches take longer and fail as a whole; smaller batches mean more runs.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { without: [idempotency], batchEvents: { maxSize: 10, timeout: 5s } }
"#,
            new: "offloads: { nightly-report: { function: { batchEvents: { maxSize: 20 } } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { without: [idempotency], batchEvents: { maxSize: 10, timeout: 5s } }
"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators, Audience::Consumers],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(batch) = function.option_of("batchEvents", |f| f.batch_events.as_ref()) else { continue };
            if let Some(size) = batch.value("maxSize", |b| Some(&b.max_size)) {
                let message = format!(
                    "the maximum number of events per run of `{}` changes {}",
                    function.label,
                    words::change(&size)
                );
                changes.tell(&RULE, &size, message, "measure how long a full batch takes");
            }
            if let Some(timeout) = batch.value("timeout", |b| Some(&b.timeout)) {
                let message =
                    format!("the time that `{}` waits for a batch changes {}", function.label, words::change(&timeout));
                changes.tell(&RULE, &timeout, message, "compare it with how old an event may be when it is processed");
            }
        }
    },
};
