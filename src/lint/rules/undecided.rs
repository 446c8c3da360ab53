//! `undecided`: a reason that a person has still to give.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::document::{Document, Value};
use crate::findings::Rule;
use crate::pointer::Pointer;
use crate::rule::{Example, Group, Meta};

/// How a text begins that a tool has written in place of a person's.
pub(crate) const UNDECIDED: &str = "undecided:";

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "undecided",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "A text begins with `undecided:`: a person still has to decide.",
        why: "`init` writes down what it found in an application, but cannot know what was intended. What it left open \
              would look like a decision of the team.",
        bad: Example::Over(
            r#"synchronous: [{ route: /api/cron/cleanup, why: "undecided: it is scheduled and sends no event" }]"#,
        ),
        good: Example::Over(
            r#"synchronous: [{ route: /api/cron/cleanup, why: It takes a second and nobody waits for it. }]"#,
        ),
    },
    check: |_, findings| {
        let document = findings.document();
        for (at, text) in document.texts() {
            let Some(what) = text.trim_start().strip_prefix(UNDECIDED) else { continue };
            let (message, help) = match accepted(document, &at) {
                Some(rule) => (
                    format!("`{rule}` is accepted for now; decide: {}", what.trim()),
                    "fix the code and remove the entry, or replace the text by your reason".to_owned(),
                ),
                None => (
                    format!("this is not decided yet: {}", what.trim()),
                    format!("write the decision in place of the text that begins with `{UNDECIDED}`"),
                ),
            };
            findings.report(&RULE.meta, &at, message, help);
        }
    },
};

/// The rule whose findings a text is the reason to accept.
fn accepted<'d>(document: &'d Document, reason: &Pointer) -> Option<&'d str> {
    let entry = reason.parent().filter(|entry| reason.as_str() == entry.key("reason").as_str())?;
    let is_allow = entry.parent().is_some_and(|list| list.as_str().ends_with("/allow"));
    match &document.get(&entry.key("rule")).filter(|_| is_allow)?.value {
        Value::String(rule) => Some(rule),
        _ => None,
    }
}
