//! `route-undeclared`: a route that sends events is not in the contract.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "route-undeclared",
        severity: Severity::Warning,
        group: Group::CodeScope,
        summary: "A route that sends events is not in the contract.",
        why: "Nobody agreed on a key, a flag or an owner for what it sends.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Write(
                "app/api/health/route.ts",
                r#"import { inngest } from "@/lib/inngest/client";
import { INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED } from "@/lib/inngest/events";

export async function POST() {
  await inngest.send({ name: INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED, data: {} });
  return Response.json({ ok: true });
}
"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let synchronous = |address: &str| facts.contract.synchronous.iter().any(|known| known.route.value == address);
        for other in facts.others.iter().filter(|other| !synchronous(&other.address)) {
            let Some(sent) = other.runs.iter().flat_map(|run| &run.sent).next() else { continue };
            let message = format!("{} sends {} and is not in the contract", other.address, sent.name.show());
            let help = "declare it under `offloads`; or list it under `synchronous` and send nothing from it";
            findings.report_at(&RULE.meta, facts.location(sent.at), message, help);
        }
    },
};
