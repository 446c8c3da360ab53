//! Flags and conditions.

use indexmap::IndexMap;

use super::super::{Condition, Flag, Override, Rollback, Sourced, codes};
use super::{Resolver, optional};
use crate::document::Part;
use crate::pointer::Pointer;
use crate::spec;

impl Resolver<'_> {
    /// The declared flags. Flags by convention are added by the offloads that have them.
    pub(super) fn flags(&mut self, at: &Pointer) -> IndexMap<String, Flag> {
        let declared = self.spec.flags.as_ref().and_then(|flags| flags.declared.as_ref());
        let at = at.key("declared");
        let mut out = IndexMap::new();
        for (name, flag) in declared.into_iter().flatten() {
            let at = at.key(name);
            self.variable_at(name, &at, Part::Key);
            let enabled_when = match &flag.enabled_when {
                Some(condition) => {
                    let at = at.key("enabledWhen");
                    self.condition(condition, &at).map(|condition| Sourced::written(condition, at))
                }
                None => Some(Sourced::built_in(Condition::On(name.clone()), at.clone())),
            };
            let override_ = flag.override_.as_ref().and_then(|given| {
                let at = at.key("override");
                Some(Override {
                    on: self.variable(&given.on, &at.key("on"))?,
                    means: Sourced::written(given.means, at.key("means")),
                    for_: optional(given.for_.as_ref(), &at.key("for")),
                })
            });
            let rollback = flag.rollback.as_ref().map(|given| {
                let at = at.key("rollback");
                for variable in given.set.keys() {
                    self.variable_at(variable, &at.key("set").key(variable), Part::Key);
                }
                if given.set.is_empty() {
                    self.findings.report_key(
                        &codes::MISSING_VALUE,
                        &at.key("set"),
                        "the rollback sets no variable",
                        "name the variable and the value that turn the offload off",
                    );
                }
                Rollback {
                    set: Sourced::written(given.set.clone(), at.key("set")),
                    note: optional(given.note.as_ref(), &at.key("note")),
                }
            });
            let Some(enabled_when) = enabled_when else { continue };
            let flag = Flag {
                name: name.clone(),
                declared: true,
                description: optional(flag.description.as_ref(), &at.key("description")),
                since: optional(flag.since.as_ref(), &at.key("since")),
                enabled_when,
                override_,
                rollback,
                offloads: Vec::new(),
                at,
            };
            out.insert(name.clone(), flag);
        }
        out
    }

    /// Notes that an offload has a flag; makes the flag by convention if it is not declared.
    pub(super) fn use_flag(&mut self, name: &Sourced<String>, job: &str, flags: &mut IndexMap<String, Flag>) {
        let flag = flags.entry(name.value.clone()).or_insert_with(|| Flag {
            name: name.value.clone(),
            declared: false,
            description: None,
            since: None,
            enabled_when: Sourced::built_in(Condition::On(name.value.clone()), name.at.clone()),
            override_: None,
            rollback: Some(Rollback {
                set: Sourced::built_in(IndexMap::from([(name.value.clone(), "false".to_owned())]), name.at.clone()),
                note: None,
            }),
            offloads: Vec::new(),
            at: name.at.clone(),
        });
        flag.offloads.push(job.to_owned());
    }

    pub(super) fn condition(&mut self, given: &spec::Condition, at: &Pointer) -> Option<Condition> {
        let mut all = Vec::new();
        let mut count = 0;
        let mut variable = |this: &mut Self, name: &Option<String>, key: &str, make: fn(String) -> Condition| {
            if let Some(name) = name {
                count += 1;
                all.extend(this.variable(name, &at.key(key)).map(|name| make(name.value)));
            }
        };
        variable(self, &given.on, "on", Condition::On);
        variable(self, &given.set, "set", Condition::Set);
        variable(self, &given.unset, "unset", Condition::Unset);
        for (inner, key) in [(&given.all_of, "allOf"), (&given.any_of, "anyOf")] {
            let Some(inner) = inner else { continue };
            count += 1;
            let at = at.key(key);
            if inner.is_empty() {
                self.findings.report_key(
                    &codes::BAD_CONDITION,
                    &at,
                    format!("`{key}` is an empty list"),
                    "name at least one condition",
                );
            }
            let parts: Option<Vec<_>> =
                inner.iter().enumerate().map(|(i, part)| self.condition(part, &at.index(i))).collect();
            all.extend(parts.map(if key == "allOf" { Condition::AllOf } else { Condition::AnyOf }));
        }
        if let Some(inner) = &given.not {
            count += 1;
            all.extend(self.condition(inner, &at.key("not")).map(|inner| Condition::Not(Box::new(inner))));
        }
        if count != 1 {
            let message = format!(
                "a condition has exactly one of `on`, `set`, `unset`, `allOf`, `anyOf`, `not`; this has {count}"
            );
            self.findings.report(&codes::BAD_CONDITION, at, message, "combine several with `allOf` or `anyOf`");
            return None;
        }
        all.pop()
    }
}
