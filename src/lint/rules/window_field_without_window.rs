//! `window-field-without-window`: an event that must tell of a window there is not.

use crate::contract::{Binding, Contract};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "window-field-without-window",
        severity: Severity::Error,
        group: Group::Payloads,
        summary: "An event requires a field that is filled with the window, but its offload has no window.",
        why: "The dispatcher would have no value for the field.",
        bad: Example::Over(
            r#"
payloads:
  HookData:
    fields:
      dispatchKey: { type: string, from: dispatchKey }
      requestedAt: { type: timestamp, from: now }
      correlationId: { type: uuid, from: uuid }
      windowStart: { type: timestamp, from: windowStart }
offloads:
  email-sent:
    { kind: webhook, priority: P1, route: /api/webhooks/email, payload: HookData, params: { allow: [message] },
      dispatchKey: "webhook:{job}[:{paramsHash}]", owners: [app/api/webhooks/email/route.ts],
      allow: [{ rule: params-not-in-payload, reason: Shown alone. }, { rule: dispatch-key-without-window, reason: Shown alone. }] }
rollout: [{ offload: nightly-report, step: convert }, { offload: email-sent, step: convert }]
"#,
        ),
        good: Example::Over(
            r#"
payloads:
  HookData:
    fields:
      dispatchKey: { type: string, from: dispatchKey }
      requestedAt: { type: timestamp, from: now }
      correlationId: { type: uuid, from: uuid }
      windowStart: { type: timestamp, optional: true, from: windowStart }
offloads:
  email-sent:
    { kind: webhook, priority: P1, route: /api/webhooks/email, payload: HookData, params: { allow: [message] },
      dispatchKey: "webhook:{job}[:{paramsHash}]", owners: [app/api/webhooks/email/route.ts],
      allow: [{ rule: params-not-in-payload, reason: Shown alone. }, { rule: dispatch-key-without-window, reason: Shown alone. }] }
rollout: [{ offload: nightly-report, step: convert }, { offload: email-sent, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        for offload in contract.generated().filter(|offload| offload.window.is_none()) {
            let payloads = offload.events().filter_map(|event| contract.payloads.get(&event.payload.value));
            let mut fields = payloads.flat_map(|payload| payload.fields.iter().map(move |field| (payload, field)));
            let found = fields.find(|(_, field)| {
                let from = field.from.as_ref().map(|from| from.value);
                !field.optional && matches!(from, Some(Binding::WindowStart | Binding::WindowSeconds))
            });
            if let Some((payload, field)) = found {
                let message = format!(
                    "`{}` has no window, but its payload `{}` requires `{}`",
                    offload.job, payload.name, field.name
                );
                findings
                    .report_key(&RULE.meta, &offload.at, message, "add `window: …`, or make the field `optional`")
                    .also(&field.at, "the field");
            }
        }
    },
};
