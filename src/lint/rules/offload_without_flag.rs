//! `offload-without-flag`: existing code that nothing switches.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. Generated offloads have a flag by convention.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "offload-without-flag",
        severity: Severity::Warning,
        group: Group::Flags,
        summary: "An existing offload names no flag.",
        why: "The contract cannot say how it is rolled back; that takes a deployment.",
        bad: Example::Over(
            r"
offloads:
  email-sent:
    { kind: webhook, status: existing, priority: P1, route: /api/webhooks/email, when: EMAIL_SENT,
      via: { queue: WebhookEvent }, owners: [app/api/webhooks/email/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: email-sent, step: verify }]
",
        ),
        good: Example::Over(
            r"
offloads:
  email-sent:
    { kind: webhook, status: existing, priority: P1, route: /api/webhooks/email, when: EMAIL_SENT, flag: EMAIL_SENT_ASYNC,
      via: { queue: WebhookEvent }, owners: [app/api/webhooks/email/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: email-sent, step: verify }]
",
        ),
    },
    check: |contract, findings| {
        for offload in contract.offloads.values().filter(|offload| offload.flag.is_none()) {
            let message = format!("`{}` names no flag, so nothing switches it off", offload.job);
            let help = "name the variable that the code reads: `flag: …`";
            findings.report_key(&RULE.meta, &offload.at, message, help);
        }
    },
};
