//! The lines of a flag's truth table as environments, and the spellings of its variables.

use super::super::machine::SECRET;
use super::probe::{About, Basis, Env, names};
use crate::contract::Flag;
use crate::derive::{State, TruthTable, is_enabled};

/// The variables that a flag depends on.
pub(super) fn flag_variables(flag: &Flag) -> Vec<String> {
    let mut all = names(&flag.enabled_when.value);
    if let Some(override_) = &flag.override_
        && !all.contains(&override_.on.value)
    {
        all.push(override_.on.value.clone());
    }
    all
}

/// An environment in which a flag is on, and one in which it is off.
pub(super) fn on_and_off(flag: &Flag, truthy: &[String], basis: &Basis) -> (Option<Env>, Option<Env>) {
    let mut on = None;
    let mut off = None;
    for (env, _) in rows(flag, truthy) {
        let merged = |name: &str| value_in(&env, name).unwrap_or_else(|| basis.value(name));
        if is_enabled(flag, truthy, &merged) {
            // The state that the rollback of the documents starts from: the most is set.
            let set = env.iter().filter(|(_, value)| value.is_some()).count();
            let better = on.as_ref().is_none_or(|known: &Env| set > known.iter().filter(|(_, v)| v.is_some()).count());
            if better {
                on = Some(env);
            }
        } else if off.is_none() {
            off = Some(env);
        }
    }
    (on, off)
}

/// An environment in which a flag is on although its own variable is unset.
pub(super) fn on_unset(flag: &Flag, truthy: &[String], basis: &Basis) -> Option<Env> {
    let is_unset = |env: &Env| value_in(env, &flag.name) == Some(None);
    let is_on = |env: &Env| is_enabled(flag, truthy, &|name| value_in(env, name).unwrap_or_else(|| basis.value(name)));
    rows(flag, truthy).into_iter().map(|(env, _)| env).find(|env| is_unset(env) && is_on(env))
}

fn value_in(env: &Env, name: &str) -> Option<Option<String>> {
    env.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

/// The lines of a flag's truth table as environments.
fn rows(flag: &Flag, truthy: &[String]) -> Vec<(Env, bool)> {
    let Some(table) = TruthTable::of(flag, truthy) else { return Vec::new() };
    let on = truthy.iter().find(|value| value.as_str() == "true").or(truthy.first());
    let on = on.cloned().unwrap_or_else(|| "true".into());
    table
        .rows
        .iter()
        .map(|row| {
            let env = table.variables.iter().zip(&row.states).map(|(variable, state)| {
                let value = match state {
                    State::Unset => None,
                    State::Off => Some("false".to_owned()),
                    State::On if variable.read_as_flag => Some(on.clone()),
                    State::On => Some(format!("{SECRET}-set")),
                };
                (variable.name.clone(), value)
            });
            (env.collect(), row.enabled)
        })
        .collect()
}

/// Every environment that a flag is probed in, with what the contract says of it.
pub(super) fn states(flag: &Flag, truthy: &[String], basis: &Basis) -> Vec<(Env, bool, About)> {
    let expected =
        |env: &Env| is_enabled(flag, truthy, &|name| value_in(env, name).unwrap_or_else(|| basis.value(name)));
    let mut all: Vec<(Env, bool, About)> = Vec::new();
    let rows = rows(flag, truthy);
    let variables = flag_variables(flag);
    let unset: Env =
        variables.iter().map(|name| (name.clone(), basis.value(name).filter(|_| *name != flag.name))).collect();
    let unset_expected = expected(&unset);
    all.push((unset, unset_expected, About::Unset));
    for (env, _) in &rows {
        let is_on = expected(env);
        all.push((env.clone(), is_on, About::Row));
        if is_on && let Some(rollback) = &flag.rollback {
            let mut after = env.clone();
            for (name, value) in &rollback.set.value {
                after.retain(|(known, _)| known != name);
                after.push((name.clone(), Some(value.clone())));
            }
            let is_on = expected(&after);
            all.push((after, is_on, About::Rollback));
        }
    }
    for name in &variables {
        let with = |env: &Env, value: Option<&str>| {
            let others = env.iter().filter(|(known, _)| known != name).cloned();
            others.chain([(name.clone(), value.map(str::to_owned))]).collect::<Env>()
        };
        let decides = |one: Option<&str>, other: Option<&str>| {
            let mut envs = rows.iter().map(|(env, _)| env);
            envs.find(|env| expected(&with(env, one)) != expected(&with(env, other)))
        };
        let mut spelled: Vec<(&Env, String)> = Vec::new();
        if let Some(env) = decides(Some("true"), Some("false")) {
            spelled.extend(spellings(truthy).into_iter().map(|value| (env, value)));
        }
        // A blank one is as good as unset, which is another thing than off here.
        if let Some(env) = decides(None, Some("false")) {
            spelled.extend(["", " "].map(|value| (env, value.to_owned())));
        }
        for (env, value) in spelled {
            let env = with(env, Some(&value));
            let about = About::Spelling(name.clone());
            if !all.iter().any(|(known, _, other)| *known == env && *other == about) {
                let is_on = expected(&env);
                all.push((env, is_on, about));
            }
        }
    }
    all
}

/// How a variable that is read as a flag is written.
fn spellings(truthy: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for value in truthy {
        all.push(value.clone());
        all.push(value.to_uppercase());
    }
    let first = truthy.first().cloned().unwrap_or_default();
    let on = truthy.iter().find(|value| value.as_str() == "true").cloned().unwrap_or(first);
    all.extend([format!("{on}\n"), format!("  {on}"), format!("{on}ish"), format!("not{on}")]);
    all.extend(["0", "false", "no", "off", "", " ", "2", "enabled", "y", "t", "null"].map(str::to_owned));
    all
}
