//! `event-constant-differs`: an exported constant of an event holds a name that the contract does not give it.

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
        summary: "An exported constant of an event holds a name that the contract does not give it.",
        why: "Whoever imports it sends, or listens to, an event that nobody else knows.",
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
                    let message = format!("`{name}` holds `{value}`, by contract `{}`", event.name.value);
                    findings
                        .report_at(&RULE.meta, at, message, "give the constant the contract's name of the event")
                        .also(&event.name.at, "the contract's name");
                }
                None => {
                    let message = format!("`{name}` holds `{value}`, and the contract has no such event");
                    findings.report_at(&RULE.meta, at, message, "declare the event, or remove the constant");
                }
            }
        }
    },
};
