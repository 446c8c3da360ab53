//! `code-not-readable`: a file of the application, or a package of its workspace, cannot be read.

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
        why: "Nothing in the file was checked, and files that import it were checked without it.",
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
            findings.report_at(&RULE.meta, location, message, "fix the file: nothing in it was checked");
        }
        for (location, name) in &facts.loaded.absent {
            let message = format!(
                "`{name}` is a package of this repository, but its code is not in a workspace around the application"
            );
            let help = "list its folder in `pnpm-workspace.yaml`, or under `workspaces` in the `package.json` above; \
                        what depends on it was not checked";
            findings.report_at(&RULE.meta, location.clone(), message, help);
        }
    },
};
