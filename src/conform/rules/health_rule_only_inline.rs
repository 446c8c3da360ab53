//! `health-rule-only-inline`: the inline path treats a result as a failure, and the function does not.

use super::CodeRule;
use crate::conform::evidence::frames::{around, is_within};
use crate::conform::evidence::statuses::known_state;
use crate::conform::evidence::twice::{Twice, twice};
use crate::conform::facts::Facts;
use crate::conform::observe::{Answer, FunctionFacts, Run, Thrown};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "health-rule-only-inline",
        severity: Severity::Warning,
        group: Group::CodeExecution,
        summary: "The inline path treats a result of the work as a failure, and the function treats every result as a success.",
        why: "Inline, the failure raises an alert; a run of Inngest with the same result is recorded as succeeded and is not retried, and nobody notices.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "  return NextResponse.json({ success: true, rows: report.rows });",
                "  if (report.rows === 0) return NextResponse.json({ success: false }, { status: 500 });\n  return NextResponse.json({ success: true, rows: report.rows });",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for work in twice(facts) {
            if !work.pairs.iter().all(|pair| takes_any(&work, &pair.seen.runs)) {
                continue;
            }
            let failed = work.seen.inline.iter().find_map(|run| Some((run, failure(facts, &work, run)?)));
            let Some((run, at)) = failed else { continue };
            let name = work.work(run).first().map(|index| run.entered[*index].name.to_string()).unwrap_or_default();
            let message = format!(
                "the inline path treats some results of `{name}` as a failure; in {}, every result is a success",
                work.name()
            );
            let help = "throw for the same results inside the step that does the work";
            let mut finding =
                findings.report_at(&RULE.meta, facts.location(at), message, help).offload(&work.offload.job);
            for pair in &work.pairs {
                finding = finding.also_at(facts.location(pair.seen.at), "the function");
            }
        }
    },
};

/// Whether every run of a function ends well when the work returned, as far as can be known.
fn takes_any(work: &Twice<'_>, runs: &[Run]) -> bool {
    runs.iter().all(|run| {
        if run.is_cut() {
            return false;
        }
        let calls = work.work(run);
        let returned = calls.iter().all(|index| !run.entered[*index].threw);
        let failed = run.statuses.iter().any(|write| known_state(write) == Some("failed"));
        let is_thrown = matches!(run.answer, Answer::Thrown(_));
        // A run that fails outside the work says nothing about results.
        !refuses(work, run) && (!returned || !failed && !is_thrown || breaks_outside(run, &calls))
    })
}

/// Whether something that is no part of the work threw.
fn breaks_outside(run: &Run, calls: &[usize]) -> bool {
    run.broken.iter().any(|broken| !is_in(run, broken.parent, calls))
}

/// Whether something is a part of the work.
fn is_in(run: &Run, parent: Option<usize>, calls: &[usize]) -> bool {
    calls.iter().any(|index| is_within(run, parent, *index))
}

/// Whether a callback throws after the work in it returned: what it was given to passes that on.
fn refuses(work: &Twice<'_>, run: &Run) -> bool {
    let calls = work.work(run);
    let returned = |index: usize, order: usize| !run.entered[index].threw && run.entered[index].order < order;
    run.thrown.iter().any(|thrown| {
        let Some(own) = thrown.parent.filter(|own| run.entered[*own].threw && !calls.contains(own)) else {
            return false;
        };
        let mut inside = calls.iter().filter(|index| run.entered[**index].parent == Some(own));
        inside.any(|index| returned(*index, thrown.order))
    })
}

/// Where an inline run fails although the work returned, when a function that gets the same result goes on.
fn failure(facts: &Facts<'_>, work: &Twice<'_>, run: &Run) -> Option<Site> {
    let calls = work.work(run);
    let last = calls.iter().copied().max_by_key(|index| run.entered[*index].order)?;
    if calls.iter().any(|index| run.entered[*index].threw) {
        return None;
    }
    // An error from outside the work is not a result of it.
    if breaks_outside(run, &calls) {
        return None;
    }
    let order = run.entered[last].order;
    let is_result = |thrown: &&Thrown| thrown.order > order && !is_in(run, thrown.parent, &calls);
    let thrown: Vec<_> = run.thrown.iter().filter(is_result).collect();
    // A check that the function makes as well, or other work that fails.
    let is_check = |index: usize| {
        let calls_out = run.outside.iter().any(|outside| is_within(run, outside.parent, index));
        !work.enters(run.entered[index].id) && (!calls_out || contains(run, index, &calls))
    };
    if !thrown.iter().all(|thrown| around(run, thrown.parent).all(is_check)) {
        return None;
    }
    let at = match (&run.answer, thrown.first()) {
        (_, Some(thrown)) if run.status().is_none_or(|status| status >= 500) => thrown.at,
        (Answer::Response(_, _, at), None) if run.status().is_some_and(|status| status >= 500) => *at,
        _ => return None,
    };
    if matches!(run.answer, Answer::Value(_) | Answer::Cut) {
        return None;
    }
    calls.iter().all(|index| goes_on(facts, work, run, *index)).then_some(at)
}

fn contains(run: &Run, index: usize, calls: &[usize]) -> bool {
    calls.iter().any(|call| is_within(run, run.entered[*call].parent, index))
}

/// Whether there is a run of a function in which this work did the same and that ended well, and no branch near it
/// was left out: among those that were seen, or one that decides all as this run does.
fn goes_on(facts: &Facts<'_>, work: &Twice<'_>, run: &Run, index: usize) -> bool {
    let (id, did) = (run.entered[index].id, work.trace(run, index));
    let is_same = |seen: &FunctionFacts, other: &Run| {
        let same = work.work(other).into_iter().find(|call| other.entered[*call].id == id);
        same.is_some_and(|call| {
            let depth = around(other, Some(call)).count() as u32;
            let is_followed = seen.unfollowed.is_none_or(|unfollowed| unfollowed > depth);
            let ended = matches!(other.answer, Answer::Value(_) | Answer::Response(..));
            is_followed && ended && !other.entered[call].threw && work.trace(other, call) == did
        })
    };
    let seen = || work.pairs.iter().map(|pair| pair.seen);
    seen().any(|function| function.runs.iter().any(|other| is_same(function, other)))
        || seen().any(|function| facts.retraced(function, run).is_some_and(|other| is_same(function, &other)))
}
