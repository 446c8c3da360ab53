//! `queue-not-written`: with the flag on, a route does not write to the queue that should take the work.

use super::CodeRule;
use crate::conform::evidence::queue::Queue;
use crate::conform::evidence::tables::names_its_table;
use crate::conform::evidence::wording::flag_on;
use crate::conform::evidence::writing::what;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

const SPEC: &str = "{ flags: { declared: { EMAIL_SENT_ASYNC: { enabledWhen: { on: EMAIL_SENT_ASYNC }, rollback: { set: { EMAIL_SENT_ASYNC: 'false' } } } } }, offloads: { email-sent: { kind: webhook, status: existing, priority: P1, route: /api/webhooks/email, when: EMAIL_SENT, flag: EMAIL_SENT_ASYNC, via: { queue: WebhookEvent }, owners: [app/api/webhooks/email/route.ts] } }, rollout: [{ offload: nightly-report, step: convert }, { offload: email-sent, step: verify, note: Confirm that the queue drains. }] }";

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "queue-not-written",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "With the flag on, a route does not write to the queue that should take the work.",
        why: "The sender gets a success, but the queue does not contain the work: it is lost.",
        bad: Example::Code {
            spec: SPEC,
            edits: &[Edit::Write(
                "app/api/webhooks/email/route.ts",
                r#"import { db } from "@/lib/db";

export async function POST(request: Request) {
  const event = await request.json();
  if (event.type !== "EMAIL_SENT") return Response.json({ success: true });
  const flag = (process.env.EMAIL_SENT_ASYNC ?? "").trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(flag)) {
    return Response.json({ success: true, queued: true });
  }
  await db.message.create({ id: event.id });
  return Response.json({ success: true });
}
"#,
            )],
        },
        good: Example::Code {
            spec: SPEC,
            edits: &[Edit::Write(
                "app/api/webhooks/email/route.ts",
                r#"import { db } from "@/lib/db";

export async function POST(request: Request) {
  const event = await request.json();
  if (event.type !== "EMAIL_SENT") return Response.json({ success: true });
  const flag = (process.env.EMAIL_SENT_ASYNC ?? "").trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(flag)) {
    await db.webhookEvent.create({ id: event.id });
    return Response.json({ success: true, queued: true });
  }
  await db.message.create({ id: event.id });
  return Response.json({ success: true });
}
"#,
            )],
        },
    },
    check: |facts, findings| {
        for (offload, seen) in facts.each() {
            let Some(queue) = Queue::of(offload, seen) else { continue };
            if !queue.is_whole() {
                continue;
            }
            // The flag decides something that is seen, and nothing that is called in its place may be the queue.
            let instead = queue.only(true);
            if queue.rows(true).chain(queue.rows(false)).flatten().any(|run| queue.is_named_in(run))
                || queue.only(false).is_empty()
                || !instead.iter().all(|call| names_its_table(call, &instead))
            {
                continue;
            }
            let place = instead.first().map(|call| facts.location(call.at)).or_else(|| facts.route_location(seen));
            let Some(place) = place else { continue };
            let does = match instead.first() {
                Some(call) => format!("{} instead", what(call)),
                None => "does nothing instead".to_owned(),
            };
            let name = queue.name;
            let message =
                format!("{}nothing is written to the queue `{}`: the route {does}", flag_on(offload), name.value);
            findings
                .report_at(&RULE.meta, place, message, format!("write the work to `{}`", name.value))
                .offload(&offload.job)
                .also(&name.at, "the queue in the contract");
        }
    },
};
