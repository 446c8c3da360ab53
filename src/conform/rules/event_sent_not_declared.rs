//! `event-sent-not-declared`: the code sends an event that the contract does not contain.

use super::CodeRule;
use crate::conform::evidence::constants::known;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::unsent::unsent;
use crate::conform::observe::{Run, Sent};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "event-sent-not-declared",
        severity: Severity::Warning,
        group: Group::CodeEvents,
        summary: "The code sends an event that the contract does not contain.",
        why: "Readers of the contract do not know of this event: neither its payload nor the functions that it triggers are checked.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace(
                    "lib/nightly-report.ts",
                    r#"import { db } from "@/lib/db";"#,
                    r#"import { db } from "@/lib/db";
import { inngest } from "@/lib/inngest/client";"#,
                ),
                Edit::Replace(
                    "lib/nightly-report.ts",
                    "  return { rows: rows.length };",
                    r#"  await inngest.send({ name: "report/created", data: { rows: rows.length } });
  return { rows: rows.length };"#,
                ),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        // An event that is sent instead of one of the contract's has a rule of its own.
        let mut told: Vec<(Site, String)> = Vec::new();
        for job in jobs(facts) {
            let instead = unsent(facts, &job).into_iter().filter_map(|one| one.instead);
            told.extend(instead.map(|sent| (sent.at, sent.name.show())));
        }
        let mut check = |runs: &mut dyn Iterator<Item = &Run>, job: Option<&str>| {
            for sent in runs.flat_map(|run| &run.sent) {
                let Sent { name, at, event_at, .. } = sent;
                let Some(text) = name.as_text().filter(|text| !known(facts.contract, text)) else { continue };
                let key = (*at, name.show());
                if told.contains(&key) {
                    continue;
                }
                told.push(key);
                let message = format!("`{text}` is sent, but is not an event of the contract");
                let help = "declare the event with its payload and its function, or do not send it";
                let finding = findings.report_at(&RULE.meta, facts.location(*event_at), message, help);
                if let Some(job) = job {
                    finding.offload(job);
                }
            }
        };
        for (offload, seen) in facts.each() {
            let calls = seen.dispatch.iter().chain(&seen.with_query);
            // What is sent instead of writing to a queue shows in the states of the flag.
            let states =
                seen.states.iter().filter(|_| offload.dispatch().is_none()).flat_map(|probe| probe.runs.iter());
            check(&mut calls.flat_map(|call| &call.runs).chain(&seen.inline).chain(states), Some(&offload.job));
        }
        for function in &facts.functions {
            check(&mut function.runs.iter().chain(function.failure.iter().flatten()), None);
        }
        for route in &facts.others {
            check(&mut route.runs.iter(), None);
        }
    },
};
