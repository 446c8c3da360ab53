//! `rate-limit-out-of-range`: a rate limit that the server refuses.

use super::example::existing;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "rate-limit-out-of-range",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "A rate limit is below 1, or its period is longer than 24 hours.",
        why: "The server rejects the function, and one rejected function keeps the whole app from syncing.",
        bad: Example::Over(existing!("rateLimit: { limit: 600, period: 2d }")),
        good: Example::Over(existing!("rateLimit: { limit: 300, period: 24h }")),
    },
    check,
};

const LONGEST: u64 = 24 * 3_600;

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(rate) = &event.function.rate_limit else { continue };
        if rate.limit.value < 1 && once.first(&rate.limit) {
            let message = format!("the limit of `rateLimit` is {}", rate.limit.value);
            findings.report(&RULE.meta, &rate.limit.at, message, "write 1 or more");
        }
        if rate.period.seconds() > LONGEST && once.first(&rate.period) {
            let message = format!("the period of `rateLimit` is {}", rate.period.value);
            findings.report(&RULE.meta, &rate.period.at, message, "write at most `24h`");
        }
    }
}
