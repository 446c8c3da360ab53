//! Texts that only people read, on both sides: descriptions, reasons, notes.

use super::{Delta, Evolution, lists};
use crate::contract::Sourced;

/// The texts that differ; the label says which they are.
pub(super) fn all<'c>(evolution: &Evolution<'c>) -> Vec<Delta<'c, String>> {
    let mut out: Vec<Delta<'c, String>> = Vec::new();
    let mut add =
        |label: String, delta: Option<Delta<'c, String>>| out.extend(delta.map(|delta| Delta { label, ..delta }));
    add(
        "the description of the contract".to_owned(),
        evolution.contract.value("description", |c| c.description.as_ref()),
    );
    for offload in &evolution.offloads.both {
        add(of(&offload.label), offload.value("description", |o| o.description.as_ref()));
    }
    for event in &evolution.events.both {
        add(of(&event.label), event.value("description", |e| e.description.as_ref()));
    }
    for function in &evolution.functions {
        add(of(&function.label), function.value("description", |f| f.description.as_ref()));
    }
    for payload in &evolution.payloads.both {
        add(of(&payload.label), payload.value("description", |p| p.description.as_ref()));
    }
    for field in &evolution.fields.both {
        add(of(&field.label), field.value("description", |f| f.description.as_ref()));
    }
    for flag in &evolution.flags.both {
        add(of(&flag.label), flag.value("description", |f| f.description.as_ref()));
        let override_ = flag.part("override", |f| f.override_.as_ref());
        if override_.both().is_some() {
            add(
                format!("the purpose of the override of `{}`", flag.label),
                override_.value("for", |o| o.for_.as_ref()),
            );
        }
        let rollback = flag.part("rollback", |f| f.rollback.as_ref());
        if rollback.both().is_some() {
            add(format!("the note on the rollback of `{}`", flag.label), rollback.value("note", |r| r.note.as_ref()));
        }
    }
    for synchronous in &evolution.old.synchronous {
        let route = &synchronous.route.value;
        let Some(new) = evolution.new.synchronous.iter().find(|s| s.route.value == *route) else { continue };
        let texts = evolution.contract.with(Some(&synchronous.why), Some(&new.why));
        let texts = Delta { path: evolution.contract.path.key("synchronous").key(route).key("why"), ..texts };
        add(format!("the reason why `{route}` stays on the request path"), differing(&texts));
    }
    for (list, old, new) in lists::lists(evolution) {
        for allow in old {
            let rule = &allow.rule.value;
            let Some(other) = new.iter().find(|other| other.rule.value == *rule) else { continue };
            let texts = list.with(Some(&allow.reason), Some(&other.reason));
            let texts = Delta { path: list.path.key("allow").key(rule).key("reason"), ..texts };
            add(format!("the reason why `{rule}` is accepted"), differing(&texts));
        }
    }
    out
}

fn of(name: &str) -> String {
    format!("the description of `{name}`")
}

fn differing<'c>(texts: &Delta<'c, Sourced<String>>) -> Option<Delta<'c, String>> {
    let texts = texts.unwrapped();
    (texts.old != texts.new).then_some(texts)
}
