//! Truth tables of flags over the environment.

use indexmap::IndexMap;

use super::trim;
use crate::contract::{Condition, Flag};

/// What a variable can be, as far as conditions can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Unset or blank.
    Unset,
    /// Set to a value that does not count as on.
    Off,
    /// Set to a truthy value.
    On,
}

/// A variable of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Conditions ask whether it is on.
    pub read_as_flag: bool,
    /// Conditions ask whether it is set.
    pub read_as_presence: bool,
}

impl Variable {
    /// A state for each group of values that no condition tells apart. `Off` stands for "not on"
    /// where only that is asked, `On` for "set" likewise.
    pub fn states(&self) -> &'static [State] {
        match (self.read_as_flag, self.read_as_presence) {
            (true, true) => &[State::Unset, State::Off, State::On],
            (true, false) => &[State::Off, State::On],
            _ => &[State::Unset, State::On],
        }
    }
}

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The state of each variable.
    pub states: Vec<State>,
    /// The condition and no override.
    pub enabled: bool,
    /// The override decided.
    pub overridden: bool,
    /// Still on after the rollback, if there is one.
    pub enabled_after_rollback: Option<bool>,
}

/// When a flag is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TruthTable {
    /// The variables, in the order in which they are first named.
    pub variables: Vec<Variable>,
    /// Every combination of states.
    pub rows: Vec<Row>,
}

/// Most variables that a flag may depend on: 3^8 rows.
pub const MAX_VARIABLES: usize = 8;

impl TruthTable {
    /// The table of a flag; `None` when it depends on more than [`MAX_VARIABLES`].
    pub fn of(flag: &Flag, truthy: &[String]) -> Option<Self> {
        let mut variables: IndexMap<String, Variable> = IndexMap::new();
        collect(&flag.enabled_when.value, &mut variables);
        if let Some(override_) = &flag.override_ {
            note(&mut variables, &override_.on.value, true);
        }
        if variables.len() > MAX_VARIABLES {
            return None;
        }
        let variables: Vec<Variable> = variables.into_values().collect();
        let mut rows = Vec::new();
        let mut states: Vec<State> = variables.iter().map(|variable| variable.states()[0]).collect();
        loop {
            rows.push(row(flag, truthy, &variables, &states));
            if !advance(&variables, &mut states) {
                return Some(Self { variables, rows });
            }
        }
    }

    /// Rows that are on and that the rollback leaves on.
    pub fn stuck(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.enabled && row.enabled_after_rollback == Some(true))
    }
}

/// Whether a condition holds in every environment or in none; `None` when that depends on the
/// environment, or on more than [`MAX_VARIABLES`] variables.
pub fn settled(condition: &Condition) -> Option<bool> {
    let mut variables: IndexMap<String, Variable> = IndexMap::new();
    collect(condition, &mut variables);
    if variables.len() > MAX_VARIABLES {
        return None;
    }
    let variables: Vec<Variable> = variables.into_values().collect();
    let mut states: Vec<State> = variables.iter().map(|variable| variable.states()[0]).collect();
    let mut found = None;
    loop {
        let find = |name: &str| variables.iter().position(|v| v.name == name).map_or(State::Unset, |i| states[i]);
        let now = holds(condition, &find);
        if found.is_some_and(|before| before != now) {
            return None;
        }
        found = Some(now);
        if !advance(&variables, &mut states) {
            return found;
        }
    }
}

/// Whether a flag is on in an environment.
pub fn is_enabled(flag: &Flag, truthy: &[String], environment: &dyn Fn(&str) -> Option<String>) -> bool {
    let state = |name: &str| state_of(environment(name).as_deref(), truthy);
    evaluate(flag, &state).0
}

/// Whether a condition holds in an environment.
pub fn holds_in(condition: &Condition, truthy: &[String], environment: &dyn Fn(&str) -> Option<String>) -> bool {
    holds(condition, &|name| state_of(environment(name).as_deref(), truthy))
}

/// The state that a value of a variable means.
fn state_of(value: Option<&str>, truthy: &[String]) -> State {
    let value = trim(value.unwrap_or_default()).to_lowercase();
    if value.is_empty() {
        State::Unset
    } else if truthy.iter().any(|t| trim(t).to_lowercase() == value) {
        State::On
    } else {
        State::Off
    }
}

/// Enabled, and whether the override decided.
fn evaluate(flag: &Flag, state: &dyn Fn(&str) -> State) -> (bool, bool) {
    let overridden = flag.override_.as_ref().is_some_and(|o| state(&o.on.value) == State::On);
    (!overridden && holds(&flag.enabled_when.value, state), overridden)
}

fn holds(condition: &Condition, state: &dyn Fn(&str) -> State) -> bool {
    match condition {
        Condition::On(name) => state(name) == State::On,
        Condition::Set(name) => state(name) != State::Unset,
        Condition::Unset(name) => state(name) == State::Unset,
        Condition::AllOf(all) => all.iter().all(|c| holds(c, state)),
        Condition::AnyOf(any) => any.iter().any(|c| holds(c, state)),
        Condition::Not(inner) => !holds(inner, state),
    }
}

fn row(flag: &Flag, truthy: &[String], variables: &[Variable], states: &[State]) -> Row {
    let find = |name: &str| variables.iter().position(|v| v.name == name).map_or(State::Unset, |i| states[i]);
    let (enabled, overridden) = evaluate(flag, &find);
    let enabled_after_rollback = flag.rollback.as_ref().map(|rollback| {
        let after = |name: &str| match rollback.set.get(name) {
            Some(value) => state_of(Some(value), truthy),
            None => find(name),
        };
        evaluate(flag, &after).0
    });
    Row { states: states.to_vec(), enabled, overridden, enabled_after_rollback }
}

fn advance(variables: &[Variable], states: &mut [State]) -> bool {
    for (variable, state) in variables.iter().zip(states.iter_mut()).rev() {
        let all = variable.states();
        let next = all.iter().position(|s| s == state).map_or(0, |i| i + 1);
        if let Some(next) = all.get(next) {
            *state = *next;
            return true;
        }
        *state = all[0];
    }
    false
}

fn collect(condition: &Condition, variables: &mut IndexMap<String, Variable>) {
    match condition {
        Condition::On(name) => note(variables, name, true),
        Condition::Set(name) | Condition::Unset(name) => note(variables, name, false),
        Condition::AllOf(inner) | Condition::AnyOf(inner) => inner.iter().for_each(|c| collect(c, variables)),
        Condition::Not(inner) => collect(inner, variables),
    }
}

fn note(variables: &mut IndexMap<String, Variable>, name: &str, flag: bool) {
    let entry = variables.entry(name.to_owned()).or_insert_with(|| Variable {
        name: name.to_owned(),
        read_as_flag: false,
        read_as_presence: false,
    });
    entry.read_as_flag |= flag;
    entry.read_as_presence |= !flag;
}
