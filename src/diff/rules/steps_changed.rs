//! `steps-changed`: the steps of a function are made elsewhere: by the generated code or by the handler.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "steps-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The steps of a function are made elsewhere: by the generated code or by the handler.",
        why: "A run in flight finds its steps by their ids. With different steps it finds none of them and repeats \
            the work that it has already done.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { function: { steps: own } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::RunsInFlight, Audience::Consumers],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(steps) = function.value("steps", |f| Some(&f.steps)) else { continue };
            let message = format!("`steps` of `{}` changes {}", function.label, words::change(&steps));
            let help = "turn the offload off, wait until its runs have ended, and change the handler and this in one \
                 deployment";
            changes.tell(&RULE, &steps, message, help);
        }
    },
};
