//! `rollout-out-of-order`: a step that comes before one of a higher priority.

use std::collections::HashSet;

use crate::contract::{Contract, RolloutStep, StepState};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// Priorities are 0 to 9; offloads without one are last.
const LAST: usize = 10;

/// The rule. The fewest steps that would have to move are reported; steps that are done are history.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "rollout-out-of-order",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "An offload is rolled out before one of a higher priority.",
        why: "Priorities say which routes go first, such as those that time out most often.",
        bad: Example::Over(
            r#"
offloads:
  nightly-cleanup:
    { kind: cron, priority: P0, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
        good: Example::Over(
            r#"
offloads:
  nightly-cleanup:
    { kind: cron, priority: P0, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-cleanup, step: convert }, { offload: nightly-report, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        let mut seen = HashSet::new();
        let steps = contract.rollout.iter().filter(|step| step.state.value != StepState::Done);
        let steps: Vec<(usize, &RolloutStep)> = steps
            .filter(|step| seen.insert(step.offload.as_str()))
            .map(|step| {
                let priority = contract.offloads.get(&step.offload.value).and_then(|offload| offload.priority.as_ref());
                (priority.map_or(LAST, |priority| usize::from(priority.value.0)), step)
            })
            .collect();
        let in_order = longest_in_order(steps.iter().map(|(rank, _)| *rank));
        let mut before: Option<(usize, &RolloutStep)> = None;
        let mut waiting: Vec<(usize, &RolloutStep)> = Vec::new();
        let mut report =
            |(rank, step): (usize, &RolloutStep), where_: &str, (other_rank, other): (usize, &RolloutStep)| {
                let message = format!(
                    "`{}` ({}) comes {where_} `{}` ({})",
                    step.offload.value,
                    name(rank),
                    other.offload.value,
                    name(other_rank)
                );
                let direction = if where_ == "before" { "down" } else { "up" };
                findings
                    .report(
                        &RULE.meta,
                        &step.offload.at,
                        message,
                        format!("move the step further {direction}, or change a priority"),
                    )
                    .also(&other.offload.at, "the other step")
                    .offload(&step.offload);
            };
        for (current, in_order) in steps.iter().copied().zip(in_order) {
            if in_order {
                // Steps in order never fall: what this one does not come too late for, none does.
                for late in waiting.drain(..) {
                    report(late, "before", current);
                }
                before = Some(current);
            } else if let Some(earlier) = before.filter(|earlier| earlier.0 > current.0) {
                report(current, "after", earlier);
            } else {
                waiting.push(current);
            }
        }
    },
};

fn name(rank: usize) -> String {
    if rank == LAST { "no priority".to_owned() } else { format!("P{rank}") }
}

/// For each rank whether it belongs to a longest run of ranks that never fall.
fn longest_in_order(ranks: impl Iterator<Item = usize>) -> Vec<bool> {
    // For each rank: how long the best run is that ends with it, and the last index of that run.
    let mut best: [(usize, Option<usize>); LAST + 1] = [(0, None); LAST + 1];
    let mut previous: Vec<Option<usize>> = Vec::new();
    for (index, rank) in ranks.enumerate() {
        let (length, last) = best[..=rank].iter().copied().max_by_key(|(length, _)| *length).unwrap_or_default();
        previous.push(last);
        best[rank] = (length + 1, Some(index));
    }
    let mut out = vec![false; previous.len()];
    let mut at = best.iter().copied().max_by_key(|(length, _)| *length).and_then(|(_, last)| last);
    while let Some(index) = at {
        out[index] = true;
        at = previous[index];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::longest_in_order;

    /// The places of the steps that would have to move.
    fn misplaced(ranks: &[usize]) -> Vec<usize> {
        let in_order = longest_in_order(ranks.iter().copied());
        in_order.iter().enumerate().filter(|(_, in_order)| !**in_order).map(|(index, _)| index).collect()
    }

    #[test]
    fn the_fewest_steps_move() {
        assert_eq!(misplaced(&[]), [0; 0]);
        assert_eq!(misplaced(&[0, 1, 1, 10]), [0; 0]);
        assert_eq!(misplaced(&[1, 0, 0, 0]), [0]);
        assert_eq!(misplaced(&[1, 1, 1, 0]), [3]);
        assert_eq!(misplaced(&[10, 0, 3, 1, 2, 0, 9]), [0, 2, 5]);
    }
}
