//! `load-exceeds-concurrency`: more work than the function may do.

use crate::contract::{Contract, Origin};
use crate::derive::Duration;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "load-exceeds-concurrency",
        severity: Severity::Warning,
        group: Group::Load,
        summary: "The schedule requests more work than the concurrency limit can process at the expected duration.",
        why: "The backlog grows without bound: runs start later and later.",
        bad: Example::Over("offloads: { nightly-report: { expectedDuration: 6m } }"),
        good: Example::Over("offloads: { nightly-report: { expectedDuration: 4m } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for offload in contract.offloads.values() {
        let (Some(schedule), Some(duration)) = (&offload.schedule, &offload.expected_duration) else { continue };
        let gaps = schedule.gaps();
        // Work arrives at `duration × count / span`, and is done at `limit`.
        let work = u128::from(duration.seconds()) * u128::from(gaps.count);
        let exceeded = offload.events().find_map(|event| {
            let limit = event.function.smallest_limit()?;
            let runs = u128::try_from(limit.limit.value.value.default_value()).ok().filter(|runs| *runs > 0)?;
            (work > runs * u128::from(gaps.span)).then_some((event, limit, runs))
        });
        let Some((event, limit, runs)) = exceeded else { continue };
        let gap = Duration::from_seconds(gaps.span / gaps.count.max(1));
        let average = if gaps.smallest * gaps.count == gaps.span { "" } else { " on average" };
        let runs = if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") };
        let message = format!("{} of work every {gap}{average}, with {runs} at a time", duration.value);
        let help = "make the run shorter, call it less often, or raise `concurrency` with a justification";
        let finding = findings.report(&RULE.meta, &duration.at, message, help);
        let finding = finding.label(format!("`{}` falls behind", event.function.id.value));
        let finding = finding.also(&schedule.at, "the schedule");
        if limit.limit.origin != Origin::BuiltIn {
            finding.also(&limit.limit.at, "the limit");
        }
    }
}
