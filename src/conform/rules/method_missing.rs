//! `method-missing`: a route does not export a method of the contract.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "method-missing",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "A route does not export a method of the contract.",
        why: "A call with that method is answered with 405; the scheduler uses one of the methods, people who replay a call use the other.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace("app/api/cron/nightly-report/route.ts", r#"export const POST = GET;"#, r#""#)],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, seen) in facts.each() {
            let Some(module) = seen.route else { continue };
            let exported = facts.loaded.app.export_names(module);
            let missing =
                offload.methods.iter().filter(|method| !exported.iter().any(|name| &**name == method.as_str()));
            let missing: Vec<&str> = missing.map(|method| method.as_str()).collect();
            if missing.is_empty() {
                continue;
            }
            let message = format!("{} exports no {} handler", offload.route.value, missing.join(" and no "));
            let help = "export a handler, or remove the method from `methods` in the contract";
            findings
                .report_at(&RULE.meta, facts.handler_location(module, seen.method), message, help)
                .offload(&offload.job)
                .also(&offload.methods.at, offload.methods.label("the methods in the contract"));
        }
    },
};
