//! The shortest condition over environment variables that says what was seen.

use crate::contract::Condition;

/// What a variable was set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Unset,
    Off,
    On,
}

impl State {
    /// Every state.
    pub(super) const ALL: [Self; 3] = [Self::Unset, Self::Off, Self::On];

    /// The value that puts a variable into it.
    pub(super) fn value(self) -> Option<String> {
        match self {
            Self::Unset => None,
            Self::Off => Some("false".to_owned()),
            Self::On => Some("true".to_owned()),
        }
    }
}

/// Every assignment of states to so many variables.
pub(super) fn assignments(variables: usize) -> Vec<Vec<State>> {
    let mut all = vec![Vec::new()];
    for _ in 0..variables {
        let longer = |row: Vec<State>| State::ALL.map(|state| [row.clone(), vec![state]].concat());
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

/// What is asked of a variable first, where more than one question has the same answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefer {
    On,
    Set,
}

/// The shortest condition that holds in exactly those rows that are true.
pub(super) fn fit(variables: &[String], rows: &[(Vec<State>, bool)], prefer: Prefer) -> Option<Condition> {
    let kinds: [fn(String) -> Condition; 3] = match prefer {
        Prefer::On => [Condition::On, Condition::Unset, Condition::Set],
        Prefer::Set => [Condition::Set, Condition::On, Condition::Unset],
    };
    let literals: Vec<Condition> = kinds.iter().flat_map(|kind| variables.iter().cloned().map(kind)).collect();
    let fits = |condition: &Condition| rows.iter().all(|(states, seen)| holds(condition, variables, states) == *seen);
    let pairs = || literals.iter().flat_map(|a| literals.iter().map(move |b| (a, b))).filter(|(a, b)| a != b);
    let all = |parts: Vec<Condition>| Condition::AllOf(parts);
    let any = |parts: Vec<Condition>| Condition::AnyOf(parts);
    let one = literals.iter().cloned();
    let two = pairs().flat_map(|(a, b)| [all(vec![a.clone(), b.clone()]), any(vec![a.clone(), b.clone()])]);
    let three = pairs().flat_map(|(b, c)| {
        literals.iter().filter(move |a| *a != b && *a != c).flat_map(move |a| {
            let (a, b, c) = (a.clone(), b.clone(), c.clone());
            [
                any(vec![a.clone(), all(vec![b.clone(), c.clone()])]),
                all(vec![a.clone(), any(vec![b.clone(), c.clone()])]),
                all(vec![a.clone(), b.clone(), c.clone()]),
                any(vec![a, b, c]),
            ]
        })
    });
    one.chain(two).chain(three).find(fits)
}

fn holds(condition: &Condition, variables: &[String], states: &[State]) -> bool {
    let state = |name: &String| {
        let index = variables.iter().position(|known| known == name);
        index.and_then(|index| states.get(index)).copied().unwrap_or(State::Unset)
    };
    match condition {
        Condition::On(name) => state(name) == State::On,
        Condition::Set(name) => state(name) != State::Unset,
        Condition::Unset(name) => state(name) == State::Unset,
        Condition::AllOf(parts) => parts.iter().all(|part| holds(part, variables, states)),
        Condition::AnyOf(parts) => parts.iter().any(|part| holds(part, variables, states)),
        Condition::Not(inner) => !holds(inner, variables, states),
    }
}
