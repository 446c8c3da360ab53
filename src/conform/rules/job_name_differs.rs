//! `job-name-differs`: a status record has another job name than the contract says.

use super::CodeRule;
use crate::conform::evidence::statuses::{job, known_state, of_failure, of_handler, recorded};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "job-name-differs",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A status record has another job name than the contract says.",
        why: "Dashboards and alerts look up the job by its fixed name: its records are not found, or are counted for another job.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "const jobName = \"cron-nightly-report\";",
                "const jobName = \"nightly-report\";",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some((_, pairs)) = recorded(facts) else { return };
        for pair in pairs {
            let claimed = &pair.claimed.job_name;
            let mut reported: Vec<(Site, &str)> = Vec::new();
            for write in of_handler(&pair).chain(of_failure(&pair)) {
                let Some(field) = job(write) else { continue };
                let Some(name) = field.value.as_text().filter(|name| *name != claimed.value) else { continue };
                if reported.contains(&(field.at, name)) {
                    continue;
                }
                reported.push((field.at, name));
                let state = known_state(write).map(|state| format!("`{state}` ")).unwrap_or_default();
                let id = &pair.claimed.id.value;
                let message = format!(
                    "the {state}record of `{id}` has the job name `{name}`; the contract says `{}`",
                    claimed.value
                );
                let help = format!("write it as `{}`, or change `jobName` in the contract", claimed.value);
                findings
                    .report_at(&RULE.meta, facts.location(field.at), message, help)
                    .offload(&pair.offload.job)
                    .also(&claimed.at, claimed.label("the job name in the contract"));
            }
        }
    },
};
