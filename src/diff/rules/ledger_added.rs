//! `ledger-added`: runs now write their status.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Runs now write their status.",
        why: "Every generated function calls the writer from its first run on. If the writer fails, the \
              status is missing: the error is only logged.",
        bad: Example::Change {
            old: "ledger: null",
            new: r#"
ledger:
  writer: { module: "@/lib/inngest/job-status", export: writeInngestJobStatus }
  states: [running, succeeded, failed, cancelled]
  fields: [dispatchKey, runId]
"#,
        },
        good: Example::Change { old: "ledger: null", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        let ledger = evolution.contract.part("ledger", |c| c.ledger.as_ref());
        if let Some(new) = ledger.added() {
            let message = format!("runs now write their status through `{}`", new.writer.export.value);
            changes.tell(
                &RULE,
                &ledger,
                message,
                "deploy the writer and its table first; the writer must upsert, because steps run at least once",
            );
        }
    },
};
