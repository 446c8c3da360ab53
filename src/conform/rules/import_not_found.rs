//! `import-not-found`: an import leads to no file.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "import-not-found",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "An import that a route or a function needs leads to no file.",
        why: "What is behind the import is unknown, so nothing that depends on it can be checked. A typo, or a `tsconfig.json` without the alias, would otherwise show as a flag that nobody reads or an event that nobody sends.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "\"@/lib/nightly-report\"",
                "\"@/lib/nightly-reports\"",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let client = facts.contract.targets.typescript.as_ref().map(|typescript| &typescript.client.module);
        for (site, request) in facts.dead_imports() {
            let message = format!("`{request}` leads to no file");
            let help =
                "correct the path, or the `paths` of `tsconfig.json`; what depends on it is not checked until then";
            let finding = findings.report_at(&RULE.meta, facts.location(*site), message, help);
            if let Some(client) = client.filter(|client| client.value == **request) {
                finding.also(&client.at, "the contract's client");
            }
        }
    },
};
