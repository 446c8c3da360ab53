//! `code-not-readable`: a file of the application cannot be read.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "code-not-readable",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "A file of the application, or a package of its workspace, cannot be read.",
        why: "Nothing in it was checked, and what imports it is checked without it.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/health/route.ts",
                r#"export function GET() {"#,
                r#"export function GET( {"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (source, fault) in &facts.loaded.unreadable {
            let location = crate::source::Location { source: source.clone(), span: fault.span };
            let message = format!("the file cannot be read: {}", fault.message);
            findings
                .report_at(&RULE.meta, location, message, "mend the file, then check again")
                .also(&facts.offloads_at(), "nothing of this contract was checked there");
        }
        for (location, name) in &facts.loaded.absent {
            let message = format!(
                "`{name}` is of this repository, and its code is not found in a workspace around the application"
            );
            let help = "list its folder in `pnpm-workspace.yaml` or under `workspaces` of the `package.json` above";
            findings
                .report_at(&RULE.meta, location.clone(), message, help)
                .also(&facts.offloads_at(), "nothing that it decides was held against this contract");
        }
    },
};
