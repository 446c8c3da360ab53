//! `synchronous-route-publishes`: a route that the contract keeps synchronous sends events.

use super::CodeRule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "synchronous-route-publishes",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "A route that the contract keeps synchronous sends events.",
        why: "The contract promises that a person's answer does not wait for Inngest; now a send that fails or is slow is part of the answer.",
        bad: Example::Code {
            spec: "synchronous: [{ route: /api/health, why: A person waits. }]",
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
        good: Example::Code { spec: "synchronous: [{ route: /api/health, why: A person waits. }]", edits: &[] },
    },
    check: |facts, findings| {
        for route in &facts.contract.synchronous {
            let Some(other) = facts.others.iter().find(|other| other.address == route.route.value) else { continue };
            let Some(sent) = other.runs.iter().flat_map(|run| &run.sent).next() else { continue };
            let message =
                format!("{} sends {}, although the contract keeps it synchronous", other.address, sent.name.show());
            let help = "send nothing from this route, or declare it under `offloads`";
            findings
                .report_at(&RULE.meta, facts.location(sent.at), message, help)
                .also(&route.route.at, "listed as synchronous here");
        }
    },
};
