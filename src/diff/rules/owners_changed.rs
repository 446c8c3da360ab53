//! `owners-changed`: the owners of an offload change.

use crate::contract::Offload;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "owners-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "The owners of an offload change.",
        why: "Owners say who reviews changes and who answers questions; nothing reads them at run time.",
        bad: Example::Change {
            old: "",
            new: r#"
offloads:
  nightly-report: { owners: [app/api/cron/nightly-report/route.ts, lib/report.ts] }
"#,
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let list = |o: &'_ Offload| {
                o.owners.iter().map(|owner| (owner.value.as_str().to_owned(), owner.at.clone())).collect::<Vec<_>>()
            };
            let (Some(old), Some(new)) = (offload.old.map(list), offload.new.map(list)) else { continue };
            for (name, at) in old.iter().filter(|(name, _)| !new.iter().any(|(other, _)| other == name)) {
                let delta = offload.single(true, &["owners", name], at);
                changes.tell(
                    &RULE,
                    &delta,
                    format!("`{name}` is no longer an owner of `{}`", offload.label),
                    "inform the people who are responsible for that file",
                );
            }
            for (name, at) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
                let delta = offload.single(false, &["owners", name], at);
                changes.tell(
                    &RULE,
                    &delta,
                    format!("`{name}` is now an owner of `{}`", offload.label),
                    "ask the people who are responsible for that file for a review",
                );
            }
        }
    },
};
