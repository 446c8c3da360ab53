//! `wrapper-only-inline`: the inline path runs the work inside a wrapper, and the function does not.

use super::CodeRule;
use crate::conform::evidence::frames::{around, is_within};
use crate::conform::evidence::twice::{Twice, twice};
use crate::conform::evidence::writing::Writing;
use crate::conform::machine::FunctionId;
use crate::conform::names::calls::says;
use crate::conform::observe::{Outside, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "wrapper-only-inline",
        severity: Severity::Warning,
        group: Group::CodeExecution,
        summary: "The inline path runs the work inside a wrapper function of the application, and the function does not.",
        why: "What the wrapper gives the work, such as the source under which its costs and traces are counted, is missing in runs of Inngest.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "await createNightlyReport();",
                    "await withTelemetry(() => createNightlyReport());",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "import { createNightlyReport }",
                    "import { withTelemetry } from \"@/lib/telemetry\";\nimport { createNightlyReport }",
                ),
                Edit::Write(
                    "lib/telemetry.ts",
                    "export async function withTelemetry<T>(work: () => Promise<T>) {\n  return work();\n}\n",
                ),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for work in twice(facts) {
            let mut reported: Vec<Site> = Vec::new();
            for run in &work.seen.inline {
                for index in work.work(run) {
                    let Some(wrapper) = wrapper(&work, run, index, facts.contract.ledger.is_some()) else { continue };
                    let call = &run.entered[wrapper];
                    if reported.contains(&call.at) {
                        continue;
                    }
                    reported.push(call.at);
                    let message = format!(
                        "the inline path calls `{}` inside `{}`; in {}, it runs without that",
                        run.entered[index].name,
                        call.name,
                        work.name()
                    );
                    let help = format!("also run the work of the function inside `{}`", call.name);
                    let mut finding = findings
                        .report_at(&RULE.meta, facts.location(call.at), message, help)
                        .offload(&work.offload.job);
                    for pair in &work.pairs {
                        finding = finding.also_at(facts.location(pair.seen.at), "the function");
                    }
                }
            }
        }
    },
};

/// Words of wrappers that belong to the request, or to what Inngest does itself.
const OF_REQUESTS: &[&str] = &[
    "auth",
    "authorized",
    "authorised",
    "handle",
    "handler",
    "route",
    "request",
    "response",
    "respond",
    "json",
    "http",
    "api",
    "error",
    "errors",
    "catch",
    "try",
    "safe",
    "safely",
    "timeout",
    "deadline",
    "limit",
    "retry",
    "retries",
    "retrying",
    "dispatch",
    "inline",
    "lock",
    "locked",
    "mutex",
    "lease",
    "semaphore",
];

/// Whether a wrapper was seen to go on where the work in it threw. In a function Inngest wants to know of that.
fn makes_values_of_failures(work: &Twice<'_>, wrapper: FunctionId) -> bool {
    work.seen.inline.iter().any(|run| {
        let threw = work.work(run).into_iter().filter(|index| run.entered[*index].threw);
        let mut outer = threw.flat_map(|index| around(run, run.entered[index].parent));
        outer.any(|outer| run.entered[outer].id == wrapper && !run.entered[outer].threw)
    })
}

/// Words of wrappers that keep a record of each run: in a function that is the ledger.
const OF_RUNS: &[&str] = &[
    "run", "runs", "cron", "job", "track", "tracked", "tracking", "tracker", "record", "recorded", "logged", "history",
];

/// Whether a wrapper writes a record of what it is called around: something of its own, and not of its callback's.
fn records(run: &Run, wrapper: usize, callback: usize) -> bool {
    let mut writing = Writing::of_any_table();
    let own = |call: &&Outside| is_within(run, call.parent, wrapper) && !is_within(run, call.parent, callback);
    says(&run.entered[wrapper].name, OF_RUNS) && run.outside.iter().filter(own).any(|call| writing.has(call))
}

/// The innermost call around work that takes it as a callback and that no run of the functions makes. With a ledger
/// a function has its own record of each run.
fn wrapper(work: &Twice<'_>, run: &Run, index: usize, has_ledger: bool) -> Option<usize> {
    let mut chain = vec![index];
    for outer in around(run, run.entered[index].parent) {
        let call = &run.entered[outer];
        let callback = chain.iter().find(|inner| call.given.contains(&run.entered[**inner].id));
        let is_of_requests = call.name.is_empty() || says(&call.name, OF_REQUESTS);
        let is_known = work.enters(call.id) || work.is_dispatching(call.id, call.at);
        if let Some(callback) = callback
            && !is_of_requests
            && !is_known
            && !(has_ledger && records(run, outer, *callback))
            && !makes_values_of_failures(work, call.id)
        {
            return Some(outer);
        }
        chain.push(outer);
    }
    None
}
