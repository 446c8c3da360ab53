//! `rollback-leaves-on`: a rollback after which the flag is still on.

use crate::contract::{Contract, Flag, Rollback};
use crate::derive::{Row, State, TruthTable};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::truthy;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "rollback-leaves-on",
        severity: Severity::Error,
        group: Group::Flags,
        summary: "A rollback leaves the offload on in some environments.",
        why: "A rollback is used in an emergency, and must turn the offload off in every environment in which it is \
              on.",
        bad: Example::Over(
            r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { anyOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { on: CRON_ALL_USE_INNGEST }] }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        ),
        good: Example::Over(
            r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { anyOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { on: CRON_ALL_USE_INNGEST }] }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false", CRON_ALL_USE_INNGEST: "false" } }
"#,
        ),
    },
    check: |contract, findings| {
        let Some(usable) = truthy::usable(contract) else { return };
        for flag in contract.flags.values().filter(|flag| flag.declared) {
            let Some(rollback) = &flag.rollback else { continue };
            let Some(table) = TruthTable::of(flag, &usable) else { continue };
            // One that is always on has a rule of its own.
            if table.rows.iter().all(|row| row.enabled || row.overridden) {
                continue;
            }
            let Some(row) = table.stuck().next() else { continue };
            let state = state(&table, row, rollback);
            let mut message = format!("the rollback of `{}` leaves it on", flag.name);
            if !state.is_empty() {
                message = format!("{message} when {state}");
            }
            let finding = findings
                .report_key(&RULE.meta, &rollback.set.at, message, help(flag, rollback, &usable))
                .also(&flag.enabled_when.at, "when it is on");
            if let Some(job) = flag.offloads.first() {
                finding.offload(job);
            }
        }
    },
};

/// What keeps the flag on in a row: the fewest variables that the rollback does not set, and what
/// they are.
fn state(table: &TruthTable, row: &Row, rollback: &Rollback) -> String {
    let free = |i: &usize| !rollback.set.contains_key(&table.variables[*i].name);
    let mut kept: Vec<usize> = (0..table.variables.len()).filter(free).collect();
    for candidate in kept.clone() {
        let others: Vec<usize> = kept.iter().copied().filter(|i| *i != candidate).collect();
        let alike = |other: &&Row| others.iter().all(|i| other.states[*i] == row.states[*i]);
        if table.rows.iter().filter(alike).all(|other| other.enabled_after_rollback == Some(true)) {
            kept = others;
        }
    }
    let words = kept.into_iter().map(|i| {
        let variable = &table.variables[i];
        let word = match (row.states[i], variable.read_as_flag) {
            (State::Unset, _) => "unset",
            (State::Off, true) if variable.read_as_presence => "set to a value that is not on",
            (State::Off, _) => "not on",
            (State::On, true) => "on",
            (State::On, false) => "set",
        };
        format!("`{}` is {word}", variable.name)
    });
    words.collect::<Vec<_>>().join(" and ")
}

fn help(flag: &Flag, rollback: &Rollback, truthy: &[String]) -> String {
    let counts = |value: &str| truthy.contains(&truthy::normal(value));
    match rollback.set.iter().find(|(_, value)| counts(value)) {
        Some((name, value)) => format!("`{value}` counts as on: set `{name}` to \"false\""),
        None if flag.override_.is_some() => "set every variable that keeps the flag on, or set the override".to_owned(),
        None => "set every variable that keeps the flag on, or give the flag an `override`".to_owned(),
    }
}
