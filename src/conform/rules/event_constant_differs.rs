//! `event-constant-differs`: an exported constant for an event holds another name than the contract says.

use super::CodeRule;
use crate::conform::evidence::constants::{known, named};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "event-constant-differs",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "An exported constant for an event holds another name than the contract says.",
        why: "Code that imports it sends, or listens to, an event that nothing else knows.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/events.ts",
                "export const",
                r#"export const INNGEST_EVENT_CRON_DAILY_REPORT_REQUESTED = "cron/daily-report.requested";

export const"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let mut told: Vec<(&str, &str)> = Vec::new();
        for constant in &facts.constants {
            let (name, value) = (&*constant.name, &*constant.value);
            let event = named(facts.contract, name);
            let differs = match event {
                Some(event) => event.name.value != value,
                None => !known(facts.contract, value),
            };
            // The same constant is often exported again by a barrel.
            if !differs || told.contains(&(name, value)) {
                continue;
            }
            told.push((name, value));
            let at = facts.location(constant.at);
            match event {
                Some(event) => {
                    let message = format!("`{name}` holds `{value}`; the contract says `{}`", event.name.value);
                    findings
                        .report_at(&RULE.meta, at, message, "set the constant to the event's name in the contract")
                        .also(&event.name.at, event.name.label("the event's name in the contract"));
                }
                None => {
                    let message = format!("`{name}` holds `{value}`, which is not an event of the contract");
                    findings.report_at(&RULE.meta, at, message, "declare the event, or remove the constant");
                }
            }
        }
    },
};
