//! How payloads build on each other: in no circle, and not too deep.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::super::{Payload, Type, codes};
use super::Resolver;
use super::payloads::BUILT_IN;
use crate::pointer::Pointer;
use crate::spec::{self, OUT_OF_RANGE};

/// Most payloads that build on each other, by `extends` or as types of fields. No event needs a
/// dozen; each level is written out again in what extends it and in every schema above it.
pub(super) const MOST_LEVELS: usize = 32;

impl Resolver<'_> {
    /// A payload and those that it extends, from the nearest on.
    pub(super) fn ancestry<'p>(
        &mut self,
        name: &'p str,
        given: &'p IndexMap<String, spec::Payload>,
    ) -> Option<Vec<&'p str>> {
        let mut chain = vec![name];
        let mut current = given.get(name)?;
        while let Some(parent) = &current.extends {
            let at = Pointer::root().key("payloads").key(chain[chain.len() - 1]).key("extends");
            if chain.contains(&parent.as_str()) {
                // Reported once, at the member that is written first.
                let first = chain.iter().map(|name| given.get_index_of(*name)).min().flatten();
                if parent == name && first == given.get_index_of(name) {
                    let message = format!("`{name}` extends itself: {}", circle(&chain));
                    self.findings.report(&codes::PAYLOAD_CYCLE, &at, message, "remove one `extends`");
                }
                return None;
            }
            if chain.len() == MOST_LEVELS {
                self.too_deep(name, "extends");
                return None;
            }
            chain.push(parent);
            match given.get(parent) {
                Some(next) => current = next,
                None if parent == BUILT_IN => break,
                None => {
                    if chain.len() == 2 {
                        self.unknown("payload", parent, given.keys().map(String::as_str), &at);
                    }
                    return None;
                }
            }
        }
        Some(chain)
    }

    /// Reports payloads that contain themselves, and the first that contains too many levels.
    pub(super) fn refuse_circles(&mut self, payloads: &IndexMap<String, Payload>) {
        let mut levels: HashMap<&str, usize> = HashMap::new();
        for name in payloads.keys() {
            if !levels.contains_key(name.as_str()) {
                self.descend(name, payloads, &mut levels);
            }
        }
        if let Some(name) = payloads.keys().find(|name| levels.get(name.as_str()).is_some_and(|l| *l > MOST_LEVELS)) {
            self.too_deep(name, "contains");
        }
    }

    /// Walks what a payload contains, and notes how many levels each has below it. A loop and no
    /// recursion: how far it goes is up to the spec.
    fn descend<'p>(
        &mut self,
        name: &'p str,
        payloads: &'p IndexMap<String, Payload>,
        levels: &mut HashMap<&'p str, usize>,
    ) {
        let mut path = vec![(name, contained(payloads.get(name)))];
        while let Some((_, inner)) = path.last_mut() {
            let Some(next) = inner.pop() else {
                let Some((done, _)) = path.pop() else { return };
                let below = contained(payloads.get(done)).iter().filter_map(|name| levels.get(name)).max();
                let level = below.map_or(1, |below| below + 1);
                levels.insert(done, level);
                continue;
            };
            if let Some(start) = path.iter().position(|(name, _)| *name == next) {
                let members: Vec<&str> = path[start..].iter().map(|(name, _)| *name).collect();
                self.contains_itself(&members, payloads);
            } else if path.len() == MOST_LEVELS {
                self.too_deep(name, "contains");
            } else if !levels.contains_key(next) {
                path.push((next, contained(payloads.get(next))));
            }
        }
    }

    fn contains_itself(&mut self, members: &[&str], payloads: &IndexMap<String, Payload>) {
        let first = members.iter().enumerate().min_by_key(|(_, name)| payloads.get_index_of(**name));
        let Some((start, payload)) = first.and_then(|(start, name)| Some((start, payloads.get(*name)?))) else {
            return;
        };
        let from_first = [&members[start..], &members[..start]].concat();
        let message = format!("`{}` contains itself: {}", payload.name, circle(&from_first));
        let help = "break the cycle: refer to the other payload by an id";
        self.findings.report_key(&codes::PAYLOAD_CYCLE, &payload.at, message, help);
    }

    fn too_deep(&mut self, name: &str, how: &str) {
        if std::mem::replace(&mut self.payloads_too_deep, true) {
            return;
        }
        let at = Pointer::root().key("payloads").key(name);
        let message = format!("`{name}` {how} payloads more than {MOST_LEVELS} levels deep");
        self.findings.report_key(
            &OUT_OF_RANGE,
            &at,
            message,
            "reduce the nesting: write the fields where they are \
                                                               used",
        );
    }
}

/// The payloads that one contains directly.
fn contained(payload: Option<&Payload>) -> Vec<&str> {
    fn inside<'t>(type_: &'t Type, into: &mut Vec<&'t str>) {
        match type_ {
            Type::Payload(name) => into.push(name),
            Type::Array(inner) | Type::Map(inner) => inside(inner, into),
            Type::Object(fields) => fields.iter().for_each(|field| inside(&field.type_, into)),
            _ => {}
        }
    }
    let mut names = Vec::new();
    payload.into_iter().flat_map(|payload| &payload.fields).for_each(|field| inside(&field.type_, &mut names));
    names
}

/// A circle in words: `A → B → A`.
fn circle(members: &[&str]) -> String {
    const MOST: usize = 6;
    let first = members.first().copied().unwrap_or_default();
    let shown = members.iter().take(MOST).copied().collect::<Vec<_>>().join(" → ");
    let more = if members.len() > MOST { " → …" } else { "" };
    format!("{shown}{more} → {first}")
}
