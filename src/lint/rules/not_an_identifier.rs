//! `not-an-identifier`: a name that TypeScript cannot declare.

use crate::contract::{Contract, Origin};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::once::Once;
use crate::names;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "not-an-identifier",
        severity: Severity::Error,
        group: Group::Names,
        summary: "A flag or an event becomes a constant that TypeScript cannot declare.",
        why: "The generated module would not compile.",
        bad: Example::Over("offloads: { nightly-report: { flag: default } }"),
        good: Example::Over("offloads: { nightly-report: { flag: DEFAULT } }"),
    },
    check: |contract, findings| {
        for flag in contract.flags.values().filter(|flag| names::is_reserved(&flag.name)) {
            let message =
                format!("`{}` is a reserved word of TypeScript, so no constant can have this name", flag.name);
            let help = "choose another variable, in SCREAMING_SNAKE_CASE";
            if flag.declared {
                findings.report_key(&RULE.meta, &flag.at, message, help);
            } else {
                findings.report(&RULE.meta, &flag.at, message, help);
            }
        }
        let mut once = Once::default();
        for (offload, event) in contract.events() {
            let constant = &event.constant;
            if names::is_identifier(constant) {
                continue;
            }
            let message = format!("the constant `{}` of `{}` is not an identifier", constant.value, event.name.value);
            // Either the event has letters that no identifier of ours has, or the pattern is at fault.
            if !names::constant(&event.name).is_ascii() {
                let help = "use ASCII letters, digits and punctuation in the name of the event";
                findings.report_key(&RULE.meta, &event.name.at, message, help).offload(&offload.job);
            } else if constant.origin != Origin::BuiltIn && once.first(constant) {
                let help = "use letters, digits, `_` and `{EVENT}`; do not begin with a digit";
                findings.report(&RULE.meta, &constant.at, message, help).offload(&offload.job);
            }
        }
    },
};
