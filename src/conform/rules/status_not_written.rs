//! `status-not-written`: a function never calls the ledger's writer, or the writer stores no record.

use super::CodeRule;
use crate::conform::evidence::statuses::{are_whole, is_done, of_failure, of_handler, recorded};
use crate::conform::evidence::writer::{may_keep, never_inserted, stale};
use crate::conform::facts::Facts;
use crate::conform::names::variables::says_where;
use crate::conform::observe::{Kept, MADE_UP_ATTEMPTS, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "status-not-written",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A function never calls the ledger's writer, or the writer stores no record.",
        why: "Nobody can see that the job is running, has ended or has failed.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace(
                    "lib/inngest/functions.ts",
                    "    await step.run(\"running\", () => writeInngestJobStatus({ ...record, status: \"running\" }));\n",
                    "",
                ),
                Edit::Replace(
                    "lib/inngest/functions.ts",
                    "    await step.run(\"succeeded\", () => writeInngestJobStatus({ ...record, status: \"succeeded\" }));\n",
                    "",
                ),
                Edit::Replace(
                    "lib/inngest/functions.ts",
                    "() =>\n        writeInngestJobStatus({\n          jobName, status: \"failed\", dispatchKey, correlationId, requestedAt, runId, attempt: 3,\n        }),",
                    "() => console.log(jobName, dispatchKey, correlationId, requestedAt, runId),",
                ),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        if let (Some(ledger), None) = (&facts.contract.ledger, facts.writer)
            && facts.loaded.find_module(&ledger.writer.module.value).is_none()
            && !facts.functions.is_empty()
        {
            let (module, name) = (&ledger.writer.module, &ledger.writer.export.value);
            let message = format!("the code has no module `{}`, so no function writes a status", module.value);
            let help = format!("add the module with the function `{name}`, or change `ledger.writer` in the contract");
            findings.report(&RULE.meta, &module.at, message, help);
            return;
        }
        let Some((ledger, pairs)) = recorded(facts) else { return };
        if let Some(message) = dropped(facts) {
            let name = &ledger.writer.export;
            let at = facts.writer.map(|writer| Site { module: writer.module, start: writer.start, end: writer.start });
            let place = at.map_or_else(|| facts.location(Site::default()), |at| facts.location(at));
            let message = format!("`{}` {message}", name.value);
            findings
                .report_at(
                    &RULE.meta,
                    place,
                    message,
                    "store every record, regardless of its state and the environment",
                )
                .also(&name.at, "the writer in the contract");
        }
        if let Some(at) = stale(facts) {
            let name = &ledger.writer.export;
            let message = format!("`{}` does not change the state of a row that already exists", name.value);
            findings
                .report_at(&RULE.meta, facts.location(at), message, "also write the record's state in the update")
                .also(&name.at, "the writer in the contract");
        }
        if let Some(at) = never_inserted(facts) {
            let name = &ledger.writer.export;
            let message =
                format!("`{}` only changes rows that already exist, and no code that was read inserts one", name.value);
            findings
                .report_at(&RULE.meta, facts.location(at), message, "insert the row where there is none: use an upsert")
                .also(&name.at, "the writer in the contract");
        }
        for pair in pairs {
            let is_written = of_handler(&pair).chain(of_failure(&pair)).next().is_some();
            if is_written || !are_whole(&pair.seen.runs) || !pair.seen.runs.iter().any(is_done) {
                continue;
            }
            let id = &pair.claimed.id.value;
            let name = &ledger.writer.export.value;
            let message = format!("`{id}` never calls `{name}`");
            let states = crate::conform::evidence::statuses::states(ledger).join("`, `");
            let help = format!("write `{states}` with it, each inside a step; `failed` in `onFailure`");
            findings
                .report_at(&RULE.meta, facts.location(pair.seen.at), message, help)
                .offload(&pair.offload.job)
                .also(&ledger.writer.export.at, "the writer in the contract");
        }
    },
};

/// What the writer certainly does not store: the records of a state, or all of them unless a variable is set.
fn dropped(facts: &Facts<'_>) -> Option<String> {
    // Calls that only observe may be the whole ledger; runs that throw or are cut say nothing.
    let keeps = |kept: &&Kept| {
        let does = |run: &Run| !is_done(run) || may_keep(run);
        kept.runs.is_empty() || kept.runs.iter().any(does)
    };
    let drops = |kept: &&Kept| !keeps(kept);
    let mut plain = facts.kept.iter().filter(|kept| kept.set.is_none());
    if plain.clone().any(|kept| keeps(&kept)) {
        return match plain.find(drops) {
            Some(kept) => {
                let is_first_kept = facts.kept_at_first(kept.state).is_some_and(|first| keeps(&&first));
                // One that depends on the attempt says so.
                let attempt =
                    if is_first_kept { format!(" whose `attempt` is {}", MADE_UP_ATTEMPTS[0]) } else { String::new() };
                Some(format!("stores no record of `{}`{attempt}", kept.state))
            }
            None => switched_off(facts, &drops),
        };
    }
    // If nothing that was tried makes it store a record, every run must be known.
    let mut runs = facts.kept.iter().flat_map(|kept| &kept.runs);
    if !facts.kept.is_empty() && !facts.kept.iter().any(|kept| keeps(&kept)) {
        return runs.all(|run| !run.is_cut()).then(|| "stores no record".to_owned());
    }
    // A writer that is on for any value of its variable belongs to a deployment, like the address of a database.
    let mut set = facts.kept.iter().filter(|kept| kept.set.is_some());
    set.next().filter(drops)?;
    let kept = set.find(keeps)?;
    let read = kept.runs.iter().flat_map(|run| &run.env).find(|(name, _)| !facts.names_variable(name));
    Some(format!("stores no record unless `{}` is `{}`", read?.0, kept.set?))
}

/// A variable that the contract does not name and that switches the writer off.
fn switched_off(facts: &Facts<'_>, drops: &dyn Fn(&&Kept) -> bool) -> Option<String> {
    let kept = facts.kept.iter().filter(|kept| kept.set.is_some()).find(drops)?;
    let mut read = kept.runs.iter().flat_map(|run| &run.env).map(|(name, _)| name);
    let name = read.rfind(|name| !facts.names_variable(name) && !says_where(name))?;
    Some(format!("stores no record when `{name}` is `{}`", kept.set?))
}
