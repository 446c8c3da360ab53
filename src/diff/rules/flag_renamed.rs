//! `flag-renamed`: a flag has a new name.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "flag-renamed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A flag has a new name.",
        why: "A deployment that sets the old variable no longer switches anything: the offload is off until the new \
            variable is set, and the old rollback has no effect.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { flag: NIGHTLY_REPORT_ASYNC } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for flag in &evolution.flags.both {
            let Some((old, new)) = flag.both() else { continue };
            if old.name != new.name {
                let message = format!("the flag `{}` is now called `{}`", old.name, new.name);
                let help = format!(
                    "set `{}` in every environment to the value of `{}` before this is deployed, put the new name \
                     into the runbooks, and remove the old variable afterwards",
                    new.name, old.name
                );
                changes.tell(&RULE, &flag.fact("name", |f| Some(&f.name)), message, help);
            }
        }
    },
};
