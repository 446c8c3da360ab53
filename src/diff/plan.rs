//! What people do around a change, on both sides: the rollout and the gates.

use super::{ChangeRule, Changes, Delta, Evolution, words};
use crate::contract::{Contract, GateVariable, Gates, RolloutStep, Sourced};
use crate::pointer::Pointer;

/// Reports what differs in the rollout, except for steps of offloads that come or go.
pub(super) fn rollout(evolution: &Evolution<'_>, changes: &mut Changes<'_>, rule: &'static ChangeRule) {
    let at = Pointer::root().key("rollout");
    let key = |step: &RolloutStep| {
        format!("{} {}", evolution.renames.job(&step.offload.value), words::shown(&step.step.value))
    };
    let new_key = |step: &RolloutStep| format!("{} {}", step.offload.value, words::shown(&step.step.value));
    let old: Vec<(String, &RolloutStep)> = evolution.old.rollout.iter().map(|step| (key(step), step)).collect();
    let new: Vec<(String, &RolloutStep)> = evolution.new.rollout.iter().map(|step| (new_key(step), step)).collect();
    let find = |list: &[(String, &RolloutStep)], key: &str| list.iter().position(|(other, _)| other == key);
    for (key, step) in old.iter().filter(|(key, _)| find(&new, key).is_none()) {
        if evolution.new.offloads.contains_key(evolution.renames.job(&step.offload.value)) {
            let delta = evolution.contract.single(true, &["rollout", key], &step.offload.at);
            changes.tell(rule, &delta, format!("the rollout no longer has the step `{key}`"), "nothing to do");
        } else {
            changes.account(&at.key(key));
        }
    }
    let jobs = evolution.old.offloads.keys().map(|job| evolution.renames.job(job).to_owned());
    let jobs: std::collections::HashSet<String> = jobs.collect();
    for (key, step) in &new {
        let Some((_, was)) = find(&old, key).and_then(|index| old.get(index)) else {
            if jobs.contains(&step.offload.value) {
                let delta = evolution.contract.single(false, &["rollout", key], &step.offload.at);
                changes.tell(rule, &delta, format!("the rollout has the new step `{key}`"), "nothing to do");
            } else {
                changes.account(&at.key(key));
            }
            continue;
        };
        let mut both = evolution.contract.with(Some(*was), Some(*step));
        both.path = at.key(key);
        both.was_at = was.offload.at.clone();
        both.is_at = step.offload.at.clone();
        if let Some(state) = both.value("state", |step| Some(&step.state)) {
            let message = format!("the state of the step `{key}` changes {}", words::change(&state));
            changes.tell(rule, &state, message, "nothing to do");
        }
        if let Some(note) = both.value("note", |step| step.note.as_ref()) {
            changes.tell(rule, &note, format!("the note on the step `{key}` changed"), "nothing to do");
        }
    }
    let order = |these: &[(String, &RolloutStep)], others: &[(String, &RolloutStep)]| -> Vec<String> {
        these.iter().filter(|(key, _)| find(others, key).is_some()).map(|(key, _)| key.clone()).collect()
    };
    let (was, is) = (order(&old, &new), order(&new, &old));
    if let Some(index) = was.iter().zip(&is).position(|(was, is)| was != is) {
        let moved = &is[index];
        let place = |list: &[(String, &RolloutStep)]| {
            find(list, moved).and_then(|index| list.get(index)).map(|(_, step)| step.offload.at.clone())
        };
        let mut delta = evolution.contract.clone();
        // An order is not a fact of its own.
        delta.path = at.key("order");
        delta.was_at = place(&old).unwrap_or_else(|| at.clone());
        delta.is_at = place(&new).unwrap_or_else(|| at.clone());
        let message = format!("the order of the rollout changes: `{moved}` is now where `{}` was", was[index]);
        changes.tell(rule, &delta, message, "nothing to do");
    }
}

/// The commands of the gates that came or went: whether they are gone, which, and where.
pub(super) fn commands<'c>(evolution: &Evolution<'c>) -> Vec<(bool, String, Delta<'c, Contract>)> {
    let mut out = Vec::new();
    let (old, new) = (evolution.old.gates.as_ref(), evolution.new.gates.as_ref());
    let run = |gates: Option<&'c Gates>| gates.map(|gates| gates.run.as_slice()).unwrap_or_default();
    let fallback = |gates: Option<&'c Gates>| {
        gates.and_then(|gates| gates.fallback.as_ref()).map(|fallback| fallback.run.as_slice()).unwrap_or_default()
    };
    let lists =
        [(vec!["gates", "run"], run(old), run(new)), (vec!["gates", "fallback", "run"], fallback(old), fallback(new))];
    for (keys, old, new) in lists {
        for (these, others, gone) in [(old, new, true), (new, old, false)] {
            for command in these.iter().filter(|command| !others.iter().any(|other| other.value == command.value)) {
                let keys = [&keys[..], &[command.as_str()]].concat();
                out.push((gone, command.value.clone(), evolution.contract.single(gone, &keys, &command.at)));
            }
        }
    }
    out
}

/// Reports what else differs in the gates.
pub(super) fn gates(evolution: &Evolution<'_>, changes: &mut Changes<'_>, rule: &'static ChangeRule) {
    let gates = evolution.contract.part("gates", |contract| contract.gates.as_ref());
    let Some((old, new)) = gates.both() else {
        // They come or go with their commands, which are reported one by one.
        for key in ["variables", "report", "fallback"] {
            changes.account(&gates.path.key(key));
        }
        return;
    };
    let came = new.variables.keys().filter(|name| !old.variables.contains_key(*name));
    for name in old.variables.keys().chain(came) {
        let delta = gates.part("variables", |gates| gates.variables.get(name));
        let text = |side: Option<&GateVariable>| {
            side.map(|variable| match variable {
                GateVariable::Value(value) => value.value.clone(),
                GateVariable::Ask(ask) => format!("ask: {}", ask.value),
            })
        };
        let (was, is) = (text(delta.old), text(delta.new));
        if was != is {
            let key = |at: &Pointer| at.key(name);
            let delta = Delta { path: key(&delta.path), was_at: key(&delta.was_at), is_at: key(&delta.is_at), ..delta };
            let message = format!("the gate variable `{name}` changes {}", words::from_to(was, is));
            changes.tell(rule, &delta, message, "nothing to do");
        }
    }
    let fallback = gates.part("fallback", |gates| gates.fallback.as_ref());
    if let Some(missing) = fallback.value("missing", |fallback| Some(&fallback.missing)) {
        let message = format!("the condition for the fallback of the gates changes {}", words::change(&missing));
        changes.tell(rule, &missing, message, "nothing to do");
    }
    let has = |list: &[Sourced<String>], text: &str| list.iter().any(|other| other.value == text);
    for report in old.report.iter().filter(|report| !has(&new.report, report)) {
        let delta = evolution.contract.single(true, &["gates", "report", report], &report.at);
        changes.tell(rule, &delta, format!("the gates no longer record `{}`", report.value), "nothing to do");
    }
    for report in new.report.iter().filter(|report| !has(&old.report, report)) {
        let delta = evolution.contract.single(false, &["gates", "report", report], &report.at);
        changes.tell(rule, &delta, format!("the gates now record `{}`", report.value), "nothing to do");
    }
    let order = |these: &[Sourced<String>], others: &[Sourced<String>]| -> Vec<String> {
        these.iter().filter(|command| has(others, command)).map(|command| command.value.clone()).collect()
    };
    if order(&old.run, &new.run) != order(&new.run, &old.run) {
        let delta = gates.part("run", Some);
        let delta = Delta { path: gates.path.key("order"), ..delta };
        changes.tell(rule, &delta, "the commands of the gates run in another order", "nothing to do");
    }
}
