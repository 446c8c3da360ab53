//! `function-id-refused`: a function id that its places cannot hold.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::once::Once;
use crate::names::visible;
use crate::rule::{Example, Group, Meta};

/// The longest id, so that it fits a name of 255 characters with the application's before it and
/// `-failure` after it.
const MAX_LENGTH: usize = 128;

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "function-id-refused",
        severity: Severity::Error,
        group: Group::Names,
        summary: "A function id is empty, too long, or contains other characters than letters, digits, `-`, `_` and \
                  `.`.",
        why: "The SDK copies the id into the URL of the function and, in quotes, into the expression that starts its \
              failure handler: a quote in it makes the application fail to sync.",
        bad: Example::Over("offloads: { nightly-report: { function: { id: \"nightly's report\" } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { id: nightlys-report } } }"),
    },
    check: |contract, findings| {
        let mut once = Once::default();
        for (offload, event) in contract.events() {
            let id = &event.function.id;
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            let why = if !id.contains(|c: char| c.is_ascii_alphanumeric()) {
                "contains no letter or digit"
            } else if id.chars().count() > MAX_LENGTH {
                "has more than 128 characters"
            } else if !id.chars().all(plain) {
                "contains other characters than letters, digits, `-`, `_` and `.`"
            } else {
                continue;
            };
            if once.first(id) {
                let message = format!("the function id `{}` of `{}` {why}", visible(id), offload.job);
                findings.report(&RULE.meta, &id.at, message, "write it in kebab-case").offload(&offload.job);
            }
        }
    },
};
