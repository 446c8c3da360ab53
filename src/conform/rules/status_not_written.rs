//! `status-not-written`: a function never calls the ledger's writer.

use super::CodeRule;
use crate::conform::evidence::statuses::{are_whole, is_done, of_failure, of_handler, recorded};
use crate::conform::evidence::writer::{may_keep, stale};
use crate::conform::facts::Facts;
use crate::conform::names::variables::says_where;
use crate::conform::observe::{Kept, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "status-not-written",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A function never calls the ledger's writer, or the writer keeps no record.",
        why: "Nobody sees that the job runs, that it ended, or that it failed.",
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
            let message = format!("`{}` is not in the code, so no function writes a status", module.value);
            let help = format!("add the module with the function `{name}`, or change the contract's `ledger.writer`");
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
                .report_at(&RULE.meta, place, message, "keep every record, whatever its state and the environment are")
                .also(&name.at, "the contract's writer");
        }
        if let Some(at) = stale(facts) {
            let name = &ledger.writer.export;
            let message = format!("`{}` leaves a row that is there with the state that it had", name.value);
            findings
                .report_at(
                    &RULE.meta,
                    facts.location(at),
                    message,
                    "write the state of the record in the update as well",
                )
                .also(&name.at, "the contract's writer");
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
            let help = format!("write `{states}` with it, each inside of a step; `failed` in `onFailure`");
            findings
                .report_at(&RULE.meta, facts.location(pair.seen.at), message, help)
                .offload(&pair.offload.job)
                .also(&ledger.writer.export.at, "the contract's writer");
        }
    },
};

/// What the writer does not keep, if that is sure: records of a state, or all where a variable does not say so.
fn dropped(facts: &Facts<'_>) -> Option<String> {
    // What only observes may be all that a ledger is; what throws or is cut says nothing.
    let keeps = |kept: &&Kept| {
        let does = |run: &Run| !is_done(run) || may_keep(run);
        kept.runs.is_empty() || kept.runs.iter().any(does)
    };
    let drops = |kept: &&Kept| !keeps(kept);
    let mut plain = facts.kept.iter().filter(|kept| kept.set.is_none());
    if plain.clone().any(|kept| keeps(&kept)) {
        return match plain.find(drops) {
            Some(kept) => Some(format!("keeps no record of `{}`", kept.state)),
            None => switched_off(facts, &drops),
        };
    }
    // Where nothing that was tried makes it keep one, nothing else may be the case.
    let mut runs = facts.kept.iter().flat_map(|kept| &kept.runs);
    if !facts.kept.is_empty() && !facts.kept.iter().any(|kept| keeps(&kept)) {
        return runs.all(|run| !run.is_cut()).then(|| "keeps no record".to_owned());
    }
    // One that is on wherever its variable has any value belongs to a deployment, as the address of a database does.
    let mut set = facts.kept.iter().filter(|kept| kept.set.is_some());
    set.next().filter(drops)?;
    let kept = set.find(keeps)?;
    let read = kept.runs.iter().flat_map(|run| &run.env).find(|(name, _)| !facts.names_variable(name));
    Some(format!("keeps no record unless `{}` is `{}`", read?.0, kept.set?))
}

/// A variable that the contract does not name and that switches the writer off.
fn switched_off(facts: &Facts<'_>, drops: &dyn Fn(&&Kept) -> bool) -> Option<String> {
    let kept = facts.kept.iter().filter(|kept| kept.set.is_some()).find(drops)?;
    let mut read = kept.runs.iter().flat_map(|run| &run.env).map(|(name, _)| name);
    let name = read.rfind(|name| !facts.names_variable(name) && !says_where(name))?;
    Some(format!("keeps no record where `{name}` is `{}`", kept.set?))
}
