//! `not-awaited`: an event is sent, a step run or a status written, and nobody waits for it.

use super::CodeRule;
use super::functions::pairs;
use super::sends::jobs;
use crate::conform::machine::Begun;
use crate::conform::observe::Run;
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "not-awaited",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "An event is sent, a step run or a status written, and nobody waits for it.",
        why: "The platform stops the process when the answer is out: the event is lost, the step never runs, the row stays as it was; and what fails, fails unheard.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "await step.run(\"running\"",
                "void step.run(\"running\"",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let mut told: Vec<Site> = Vec::new();
        let mut tell = |run: &Run, is_told: &dyn Fn(Begun) -> bool| {
            let dropped = run.dropped.iter().filter(|(begun, _)| is_told(*begun));
            let new: Vec<(Begun, Site)> = dropped.filter(|(_, at)| !told.contains(at)).copied().collect();
            told.extend(new.iter().map(|(_, at)| *at));
            new
        };
        for pair in pairs(facts) {
            for run in pair.seen.runs.iter().chain(pair.seen.failure.iter().flatten()) {
                for (begun, at) in tell(run, &|_| true) {
                    let message = format!("`{}` does not wait for {}", pair.claimed.id.value, what(begun));
                    findings
                        .report_at(&RULE.meta, facts.location(at), message, "`await` it, or return it to who waits")
                        .offload(&pair.offload.job)
                        .also(&pair.claimed.id.at, "the contract's function");
                }
            }
        }
        for job in jobs(facts) {
            for run in job.seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run)) {
                for (begun, at) in tell(run, &|begun| begun == Begun::Send) {
                    let message = format!("the dispatch does not wait for {}", what(begun));
                    let help = "`await` it: the answer tells whether the event was taken";
                    findings
                        .report_at(&RULE.meta, facts.location(at), message, help)
                        .offload(&job.offload.job)
                        .also(&job.offload.at, "the contract's offload");
                }
            }
        }
    },
};

fn what(begun: Begun) -> &'static str {
    match begun {
        Begun::Status => "the status that is written here",
        Begun::Step => "the step that is run here",
        Begun::Send => "the event that is sent here",
    }
}
