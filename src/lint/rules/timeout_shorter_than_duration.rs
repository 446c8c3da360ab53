//! `timeout-shorter-than-duration`: a run that is cancelled before it can end.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "timeout-shorter-than-duration",
        severity: Severity::Error,
        group: Group::Load,
        summary: "A run is expected to take longer than its function allows.",
        why: "Inngest cancels the run at the timeout, and a cancelled run does not report a failure: the work stops \
              halfway without notice.",
        bad: Example::Over(
            "offloads: { nightly-report: { expectedDuration: 2m, function: { timeouts: { finish: 1m } } } }",
        ),
        good: Example::Over(
            "offloads: { nightly-report: { expectedDuration: 2m, function: { timeouts: { finish: 10m } } } }",
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for (offload, event) in contract.events() {
        let Some(duration) = &offload.expected_duration else { continue };
        let timeouts = event.function.timeouts.as_ref();
        let Some(finish) = timeouts.and_then(|timeouts| timeouts.finish.as_ref()) else { continue };
        if duration.value > finish.value {
            let (job, limit) = (&event.function.id.value, finish.value);
            let message = format!("a run of `{job}` takes {}, but is cancelled after {limit}", duration.value);
            let help = "raise `timeouts.finish`, or make the run shorter";
            findings.report(&RULE.meta, &duration.at, message, help).also(&finish.at, "the timeout");
        }
    }
}
