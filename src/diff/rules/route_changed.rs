//! `route-changed`: an offload has a different route.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "route-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An offload has a different route.",
        why: "Callers of the old route (the scheduler, a webhook sender) no longer reach this offload.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { route: /api/cron/report } }" },
        good: Example::Change { old: "", new: r#"offloads: { nightly-report: { schedule: "*/10 * * * *" } }"# },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(route) = offload.value("route", |o| Some(&o.route)) else { continue };
            let message = format!("the route of `{}` changes {}", offload.label, words::change(&route));
            let help = "serve both routes until every caller is moved, starting with the scheduler's configuration";
            changes.tell(&RULE, &route, message, help);
        }
    },
};
