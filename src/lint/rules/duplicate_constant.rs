//! `duplicate-constant`: the constants of two events have one name.

use std::collections::HashMap;

use crate::contract::{Contract, Origin};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule. Events of one name are [`super::duplicate_event`]'s.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "duplicate-constant",
        severity: Severity::Error,
        group: Group::Names,
        summary: "Two event names become one TypeScript constant.",
        why: "Names that differ only in case or punctuation are the same name in SCREAMING_SNAKE_CASE, so the \
              generated module would declare it twice.",
        bad: Example::Over(
            r#"
offloads:
  nightly-report: { events: { report/nightly.sent: {} } }
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      events: { report/nightly-sent: {} }, owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
        good: Example::Over(
            r#"
offloads:
  nightly-report: { events: { report/nightly.sent: {} } }
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      events: { cleanup/nightly.asked: {} }, owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        let mut firsts = HashMap::new();
        let mut once = Once::default();
        // A pattern without `{EVENT}` gives every event the same constant: that is one fault of the pattern.
        let pattern = contract.targets.typescript.as_ref().map(|target| &target.event_constant);
        let fixed = pattern.filter(|pattern| !pattern.value.contains("{EVENT}") && !pattern.value.contains("{event}"));
        for (offload, event) in contract.events() {
            let (first_job, first) = *firsts.entry(event.constant.value.as_str()).or_insert((&offload.job, event));
            if first.name.value == event.name.value || fixed.is_some() && !once.first(&event.constant) {
                continue;
            }
            let message = format!(
                "the constant `{}` would stand for both `{}` and `{}`",
                event.constant.value, first.name.value, event.name.value
            );
            let finding = if fixed.is_some() && event.constant.origin == Origin::Default {
                findings.report(&RULE.meta, &event.constant.at, message, "use `{EVENT}` in the pattern")
            } else {
                let help = "rename one of the events so that they differ in more than case and punctuation";
                findings.report_key(&RULE.meta, &event.name.at, message, help)
            };
            finding.offload(&offload.job).also(&first.name.at, format!("the other event, of `{first_job}`"));
        }
    },
};
