//! `route-made-asynchronous`: a route that had to stay on the request path is now offloaded.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Delta};
use crate::pointer::Pointer;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "route-made-asynchronous",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A route that had to stay on the request path is now offloaded.",
        why: "A caller waited for its response: with the flag on it gets `202`, and the work runs elsewhere.",
        bad: Example::Change {
            old: "synchronous: [{ route: /api/reports, why: A person is waiting. }]",
            new: r#"
synchronous: []
offloads:
  reports: { kind: webhook, route: /api/reports, dispatchKey: "report:{source}", window: 5m, owners: [app/api/reports/route.ts] }
"#,
        },
        good: Example::Change {
            old: "synchronous: [{ route: /api/reports, why: A person is waiting. }]",
            new: "synchronous: [{ route: /api/reports, why: People are waiting. }]",
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.added {
            let Some(new) = offload.added() else { continue };
            let Some(was) = evolution.old.synchronous.iter().find(|s| s.route.value == new.route.value) else {
                continue;
            };
            let message =
                format!("`{}` had to stay on the request path and is now offloaded by `{}`", new.route.value, new.job);
            let help = format!(
                "the reason was: {}; move every caller that reads the response before the flag is on",
                was.why.value.trim_end().trim_end_matches('.')
            );
            let delta = Delta { is_at: new.route.at.clone(), ..offload.clone() };
            changes.tell(&RULE, &delta, message, help);
            changes.account(&Pointer::root().key("synchronous").key(&new.route.value));
        }
    },
};
