//! `attempt-in-key`: an id or a key depends on the attempt number, the time or a random value.

use super::CodeRule;
use crate::conform::evidence::functions::pairs;
use crate::conform::machine::{Taint, holds_random};
use crate::conform::observe::{Data, Run};
use crate::conform::program::Site;
use crate::derive::Instant;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "attempt-in-key",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "A step id depends on the attempt number, the time or a random value; or an event id or a dispatch key depends on the attempt number.",
        why: "Such an id is different in every attempt: on a retry, Inngest does not find the completed step or the event that was already sent, and does it again.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace("lib/inngest/functions.ts", "step.run(\"work\", ", "step.run(`work-${attempt}`, ")],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some(now) = facts.now() else { return };
        for pair in pairs(facts) {
            let mut reported: Vec<Site> = Vec::new();
            for run in pair.seen.runs.iter().chain(pair.seen.failure.iter().flatten()) {
                for (what, shown, at) in keyed(run, now) {
                    if reported.contains(&at) {
                        continue;
                    }
                    reported.push(at);
                    let id = &pair.claimed.id.value;
                    let message = format!("{what} of `{id}` depends on {shown}");
                    let help = "remove it: `runId` and the name of the step stay the same in all attempts";
                    findings
                        .report_at(&RULE.meta, facts.location(at), message, help)
                        .offload(&pair.offload.job)
                        .also(&pair.claimed.id.at, "the function in the contract");
                }
            }
        }
    },
};

const RANDOM: &str = "a random value, which is different in every attempt";

/// Ids and keys that depend on the attempt: what they are, how they are made, and where.
fn keyed(run: &Run, now: Instant) -> Vec<(&'static str, String, Site)> {
    let depends = |data: &Data| matches!(data, Data::Unknown(_, taint) if taint.has(Taint::ATTEMPT));
    let changes = |data: &Data| match data {
        data if depends(data) => Some(format!("the attempt: {}", data.show())),
        Data::Unknown(_, taint) if taint.has(Taint::CHANCE) => Some(RANDOM.to_owned()),
        Data::Text(text) if holds_random(text) => Some(RANDOM.to_owned()),
        data => {
            let text = data.as_text().or(data.template()).filter(|text| holds_now(text, now));
            text.map(|_| "the time, which is different in every attempt".into())
        }
    };
    let steps = run.steps.iter().filter_map(|(id, at)| Some(("a step id", changes(id)?, *at)));
    let mut all: Vec<(&'static str, String, Site)> = steps.collect();
    for sent in &run.sent {
        let key = sent.data.get("dispatchKey");
        for (what, data) in [("an event id", &sent.id), ("a dispatch key", &key)] {
            if depends(data) {
                all.push((what, format!("the attempt: {}", data.show()), sent.event_at));
            }
        }
    }
    all
}

/// Whether a text holds the instant of the run, as a number or as a text.
fn holds_now(text: &str, now: Instant) -> bool {
    let seconds = now.millis() / 1_000;
    text.contains(&seconds.to_string()) || text.contains(&now.iso()[..16])
}
