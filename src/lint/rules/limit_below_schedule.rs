//! `limit-below-schedule`: a rate that is lower than the schedule.

use crate::contract::{Contract, Origin};
use crate::derive::{Duration, Gaps};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "limit-below-schedule",
        severity: Severity::Warning,
        group: Group::Load,
        summary: "A throttle or a rate limit lets fewer runs start than the schedule requests.",
        why: "With a throttle that is too low, the backlog grows without bound; a rate limit that is too low drops \
              ticks.",
        bad: Example::Over("offloads: { nightly-report: { function: { throttle: { limit: 1, period: 1h } } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { throttle: { limit: 12, period: 1h } } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for (offload, event) in contract.events() {
        let Some(schedule) = &offload.schedule else { continue };
        let function = &event.function;
        let throttle = function.throttle.as_ref().filter(|throttle| throttle.key.is_none());
        // Idempotency and batches make a rate limit void, which is reported as such.
        let void = function.idempotency.is_some() || function.batch_events.is_some();
        let rate = function.rate_limit.as_ref().filter(|rate| rate.key.is_none() && !void);
        let limits = [
            throttle.map(|throttle| ("throttle", &throttle.limit, &throttle.period, "wait longer and longer")),
            rate.map(|rate| ("rateLimit", &rate.limit, &rate.period, "are dropped")),
        ];
        for (option, limit, period, effect) in limits.into_iter().flatten() {
            if !is_below(limit.value, period.value, schedule.gaps()) {
                continue;
            }
            let (count, ticks) = (limit.value, schedule.as_str());
            let message =
                format!("`{option}` starts at most {count} in {}: the ticks of `{ticks}` {effect}", period.value);
            let help = "raise the limit, or call the route less often";
            match limit.origin {
                Origin::Written => {
                    findings.report(&RULE.meta, &limit.at, message, help).also(&schedule.at, "the schedule")
                }
                _ => findings.report(&RULE.meta, &schedule.at, message, help).also(&limit.at, "the limit"),
            };
        }
    }
}

/// Whether fewer runs than ticks fit into a period. Limits below 1 are another fault.
fn is_below(limit: i64, period: Duration, gaps: Gaps) -> bool {
    let limit = u128::try_from(limit).unwrap_or(0);
    limit > 0 && u128::from(gaps.count) * u128::from(period.seconds()) > limit * u128::from(gaps.span)
}
