//! `undecided`: a reason that a person has still to give.

use crate::contract::{Allow, Contract, Sourced};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// How a text begins that a tool has written in place of a person's.
pub(crate) const UNDECIDED: &str = "undecided:";

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "undecided",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "A reason, a note or a description begins with `undecided:`: a person has still to decide.",
        why: "`init` writes what it saw of an application and cannot know what was meant. What it left open is in \
              the contract and looks like a decision of the team until somebody has made one.",
        bad: Example::Over(
            r#"synchronous: [{ route: /api/cron/cleanup, why: "undecided: it is scheduled and sends no event" }]"#,
        ),
        good: Example::Over(
            r#"synchronous: [{ route: /api/cron/cleanup, why: It takes a second and nobody waits for it. }]"#,
        ),
    },
    check: |contract, findings| {
        let mut texts: Vec<(&Sourced<String>, Option<&str>)> = Vec::new();
        texts.extend(contract.description.iter().map(|text| (text, None)));
        texts.extend(contract.payloads.values().filter_map(|payload| Some((payload.description.as_ref()?, None))));
        texts.extend(contract.flags.values().filter_map(|flag| Some((flag.description.as_ref()?, None))));
        for offload in contract.offloads.values() {
            texts.extend(offload.description.iter().map(|text| (text, None)));
            texts.extend(reasons(&offload.allow));
        }
        texts.extend(contract.synchronous.iter().map(|route| (&route.why, None)));
        texts.extend(contract.rollout.iter().filter_map(|step| Some((step.note.as_ref()?, None))));
        texts.extend(reasons(&contract.allow));
        for (text, rule) in texts {
            let Some(what) = text.trim_start().strip_prefix(UNDECIDED) else { continue };
            let (message, help) = match rule {
                Some(rule) => (
                    format!("`{rule}` is accepted, and nobody has decided that it should be: {}", what.trim()),
                    "mend what it says, or write why it stays as it is".to_owned(),
                ),
                None => (
                    format!("nobody has decided: {}", what.trim()),
                    format!("write what was decided in place of the text that begins with `{UNDECIDED}`"),
                ),
            };
            findings.report(&RULE.meta, &text.at, message, help);
        }
    },
};

/// Reasons with the rule whose findings they accept.
fn reasons(list: &[Allow]) -> impl Iterator<Item = (&Sourced<String>, Option<&str>)> {
    list.iter().map(|allow| (&allow.reason, Some(allow.rule.as_str())))
}
