//! What switches a route between its own work and sending: its flag, in every state of the variables that decide.

use super::condition::{Prefer, State, assignments, fit};
use super::survey::{MOST_VARIABLES, Probe};
use crate::conform::observe::{Env, Run};
use crate::contract::Condition;

/// Words that code takes for on.
const WORDS: [&str; 10] = ["1", "true", "yes", "on", "enabled", "enable", "y", "t", "active", "inngest"];

/// What switches a route between its own work and sending.
#[derive(Debug)]
pub(super) struct Flag {
    /// The variable.
    pub(super) name: String,
    /// When it is on; none when nothing says it shortly.
    pub(super) condition: Option<Condition>,
    /// The variable that wins over it.
    pub(super) over: Option<String>,
    /// The words that count as on.
    pub(super) words: Vec<String>,
}

/// A flag with an environment in which it is on.
pub(super) struct Switch {
    /// The flag.
    pub(super) flag: Flag,
    /// The environment.
    pub(super) on: Env,
}

impl Switch {
    /// What decides between sending and not, among variables that are read.
    pub(super) fn of(probe: &Probe<'_, '_>, others: &[String], keys: &[String]) -> Option<Self> {
        let sends = |env: &Env| probe.ask(env).iter().any(|run| !run.sent.is_empty());
        let all = |state: State| -> Env { others.iter().map(|name| (name.clone(), state.value())).collect() };
        let bases = [all(State::Unset), all(State::On)];
        let before = bases.each_ref().map(sends);
        let decides = |name: &&String| {
            bases.iter().zip(before).any(|(base, before)| {
                let with = |state: State| [base.clone(), vec![((*name).clone(), state.value())]].concat();
                State::ALL.iter().any(|state| sends(&with(*state)) != before)
            })
        };
        let mut names: Vec<String> = others.iter().filter(decides).take(MOST_VARIABLES).cloned().collect();
        if names.is_empty() {
            return None;
        }
        let env = |names: &[String], row: &[State]| -> Env {
            names.iter().zip(row).map(|(name, state)| (name.clone(), state.value())).collect()
        };
        // The state in which the most is on: a flag that looks at keys of Inngest's as well says so itself there.
        let rows = assignments(names.len());
        let on = rows.iter().filter(|row| sends(&env(&names, row)));
        let on = on.max_by_key(|row| row.iter().filter(|state| **state == State::On).count())?;
        let on = env(&names, on);
        // Without a key it answers that it is not configured, which is no work of its own: then the flag is on.
        let modes = [&on, &[on.clone(), keys.iter().map(|name| (name.clone(), None)).collect()].concat()]
            .map(|env| probe.ask(env))
            .iter()
            .flatten()
            .filter_map(|run| run.mode().map(str::to_owned))
            .collect::<Vec<_>>();
        let dispatches = |env: &Env| {
            let is_dispatch = |run: &Run| {
                !run.sent.is_empty() || run.mode().is_some_and(|mode| modes.iter().any(|known| known == mode))
            };
            probe.ask(env).iter().any(is_dispatch)
        };
        let unset: Env = names.iter().map(|name| (name.clone(), None)).collect();
        let is_on = dispatches(&unset);
        for key in keys {
            let without = [unset.clone(), vec![(key.clone(), None)]].concat();
            if names.len() < MOST_VARIABLES && dispatches(&without) != is_on {
                names.push(key.clone());
            }
        }
        let mut rows: Vec<(Vec<State>, bool)> = assignments(names.len())
            .into_iter()
            .map(|row| {
                let is_on = dispatches(&env(&names, &row));
                (row, is_on)
            })
            .collect();
        let over = (names.len() > 1).then(|| overriding(&names, &rows)).flatten();
        let mut left = names.clone();
        if let Some(index) = over {
            left.remove(index);
            rows.retain(|(row, _)| row[index] == State::Unset);
            rows.iter_mut().for_each(|(row, _)| {
                row.remove(index);
            });
        }
        let turns_off = |index: &usize| rows.iter().all(|(row, is_on)| row[*index] != State::Off || !is_on);
        let own = |index: &usize| !keys.contains(&left[*index]);
        let index = (0..left.len()).filter(own).find(turns_off).or_else(|| (0..left.len()).find(own))?;
        let name = left[index].clone();
        let condition = fit(&left, &rows, Prefer::On);
        let words = WORDS.iter().filter(|word| {
            let word = Some((**word).to_owned());
            dispatches(&[on.clone(), vec![(name.clone(), word)]].concat())
        });
        let words = words.map(|word| (*word).to_owned()).collect();
        let flag = Flag { name, condition, over: over.map(|index| names[index].clone()), words };
        Some(Self { flag, on })
    }
}

/// The variable that turns everything off when it is on, and says nothing otherwise.
fn overriding(names: &[String], rows: &[(Vec<State>, bool)]) -> Option<usize> {
    (0..names.len()).find(|&index| {
        let off = rows.iter().filter(|(row, _)| row[index] == State::On).all(|(_, is_on)| !is_on);
        let silent = rows.iter().filter(|(row, _)| row[index] != State::On).all(|(row, is_on)| {
            let mut unset = row.clone();
            unset[index] = State::Unset;
            rows.iter().any(|(other, other_is_on)| *other == unset && other_is_on == is_on)
        });
        off && silent
    })
}
