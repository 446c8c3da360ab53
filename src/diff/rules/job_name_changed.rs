//! `job-name-changed`: status records carry another job name.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "job-name-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Status records carry another job name.",
        why: "The record of a run in flight stays `running` under the old name, and dashboards, alerts and queries \
            for the old name no longer see the job.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { function: { jobName: nightly } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::RunsInFlight, Audience::Dashboards, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(name) = function.value("jobName", |f| Some(&f.job_name)) else { continue };
            let message = format!("the job name of `{}` changes {}", function.label, words::change(&name));
            let drained = words::drained(evolution, function.job);
            let help = format!("make dashboards and alerts query both names, then {drained}");
            changes.tell(&RULE, &name, message, help);
        }
    },
};
