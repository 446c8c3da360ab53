//! `lock-only-inline`: the inline path takes a lock before the work, and the function does the same work without one.

use rustc_hash::FxHashSet as HashSet;

use super::CodeRule;
use crate::conform::evidence::frames::{around, containing, outermost};
use crate::conform::evidence::twice::{Twice, twice};
use crate::conform::machine::FunctionId;
use crate::conform::names::calls::{Judged, last, says};
use crate::conform::names::sql;
use crate::conform::observe::{Outside, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "lock-only-inline",
        severity: Severity::Warning,
        group: Group::CodeExecution,
        summary: "The inline path takes a lock before the work, and the function does the same work without one.",
        why: "The lock keeps two inline calls apart; a run of Inngest does not wait for it and works on the same rows at the same time.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "  const report = await",
                    "  if (!(await acquireLock())) return NextResponse.json({ skipped: true });\n  const report = await",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "import { createNightlyReport }",
                    "import { acquireLock } from \"@/lib/lock\";\nimport { createNightlyReport }",
                ),
                Edit::Write(
                    "lib/lock.ts",
                    "import { db } from \"@/lib/db\";\n\nexport async function acquireLock() {\n  return db.jobLock.take();\n}\n",
                ),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let works = twice(facts);
        let mut names = Names::default();
        for work in &works {
            let mut inside: Vec<Lock> = Vec::new();
            for run in work.runs() {
                names.locks(run, |lock| inside.push(lock));
            }
            let mut all: Vec<(&Run, Lock)> = Vec::new();
            for run in &work.seen.inline {
                names.locks(run, |lock| all.push((run, lock)));
            }
            let only = |key: fn(&Lock) -> (LockId, Option<Site>)| {
                let in_functions: HashSet<_> = inside.iter().map(key).collect();
                let taken: HashSet<_> = all.iter().map(|(_, lock)| key(lock)).collect();
                let is_missing = |lock: &Lock| !in_functions.contains(&key(lock));
                // A lock of its own may be another way to the same end.
                let is_known = in_functions.is_subset(&taken);
                all.iter().find(|(run, lock)| is_known && is_missing(lock) && is_before_work(work, run, lock))
            };
            // The same function may be called twice inline, where the work does it once, and take two locks.
            let only = only(|lock| (lock.id, None)).or_else(|| only(|lock| (lock.id, Some(lock.at))));
            let Some((run, lock)) = only else { continue };
            let at = outermost(run, lock.parent, lock.at, &containing(run, work.work(run).into_iter()));
            let message = format!(
                "the inline path takes the lock `{}`; in {}, the same work runs without it",
                lock.name,
                work.name()
            );
            let help = "take the lock inside the work, so that both paths take it";
            let mut finding =
                findings.report_at(&RULE.meta, facts.location(at), message, help).offload(&work.offload.job);
            for pair in &work.pairs {
                finding = finding.also_at(facts.location(pair.seen.at), "the function");
            }
        }
    },
};

/// A lock that is taken.
struct Lock {
    id: LockId,
    name: String,
    at: Site,
    parent: Option<usize>,
    order: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum LockId {
    Function(FunctionId),
    Call(Site),
}

const LOCK: &[&str] = &["lock", "locks", "mutex", "lease", "semaphore", "redlock"];

/// What gives the lock back.
const RELEASE: &[&str] = &["unlock", "release", "free"];

/// Parts of the names of calls whose texts say what they do.
const SPOKEN: &[&str] = &["query", "execute", "raw", "sql", "unsafe", "set", "setnx", "eval", "rpc"];

/// What names say of locks.
struct Names<'r> {
    locking: Judged<'r>,
    spoken: Judged<'r>,
}

impl Default for Names<'_> {
    fn default() -> Self {
        let spoken = |name: &str| !says(name, LOCK) && says(last(name), SPOKEN);
        Self { locking: Judged::by(locks), spoken: Judged::by(spoken) }
    }
}

impl<'r> Names<'r> {
    /// Gives the locks that a run takes.
    fn locks(&mut self, run: &'r Run, mut give: impl FnMut(Lock)) {
        for call in run.entered.iter().filter(|call| self.locking.says(&call.name)) {
            let id = LockId::Function(call.id);
            give(Lock { id, name: call.name.to_string(), at: call.at, parent: call.parent, order: call.order });
        }
        for call in run.outside.iter().filter(|call| self.is_lock(call)) {
            let id = LockId::Call(call.at);
            give(Lock { id, name: call.name.to_string(), at: call.at, parent: call.parent, order: call.order });
        }
    }

    fn is_lock(&mut self, call: &'r Outside) -> bool {
        self.locking.says(&call.name)
            || ((self.spoken.says(&call.name) || sql::is_statement(&call.said))
                && call.said.iter().any(|text| locks(text)))
    }
}

/// Whether a text speaks of taking a lock.
fn locks(text: &str) -> bool {
    says(text, LOCK) && !says(text, RELEASE)
}

/// Whether a lock is taken on the way to the work, not as a part of it. What both paths put around the work is no part
/// of it either.
fn is_before_work<'f>(work: &Twice<'f>, run: &'f Run, lock: &Lock) -> bool {
    let calls = work.work_but(run, |entered| locks(&entered.name));
    let above = containing(run, calls.iter().filter_map(|index| run.entered[*index].parent));
    let is_part = around(run, lock.parent).any(|index| !above[index] && work.enters(run.entered[index].id));
    !is_part && calls.iter().any(|index| lock.order < run.entered[*index].order)
}
