//! `owner-incomplete`: the owners do not include a module that does the work.

use super::CodeRule;
use crate::conform::evidence::work::workers;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "owner-incomplete",
        severity: Severity::Warning,
        group: Group::CodeScope,
        summary: "The owners do not include a module that does the work.",
        why: "Code that changes what the job does can change without a review by its owners.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    r#"from "@/lib/nightly-report""#,
                    r#"from "@/lib/report-writer""#,
                ),
                Edit::Write(
                    "lib/report-writer.ts",
                    r#"import { db } from "@/lib/db";

export async function createNightlyReport() {
  await db.report.create({ rows: 0 });
  return { rows: 0 };
}
"#,
                ),
                Edit::Replace(
                    "lib/inngest/functions.ts",
                    r#"from "@/lib/nightly-report""#,
                    r#"from "@/lib/report-writer""#,
                ),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, workers) in workers(facts) {
            for (module, at) in workers {
                let path = facts.loaded.app.source(module).path();
                // A package beside the application lies outside of the root: no owner can name it.
                if path.starts_with("../") || offload.owners.iter().any(|owner| owner.value.as_str() == path) {
                    continue;
                }
                let message = format!("{path} does work of `{}` but is not among its owners", offload.job);
                let first = offload.owners.first().map(|owner| &owner.at);
                findings
                    .report_at(&RULE.meta, facts.location(at), message, format!("add {path} to `owners`"))
                    .offload(&offload.job)
                    .also(first.unwrap_or(&offload.at), "the owners in the contract");
            }
        }
    },
};
