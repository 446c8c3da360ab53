//! Synchronous routes, the rollout, the gates, and accepted findings.

use super::super::{Allow, Fallback, GateVariable, Gates, RolloutStep, Sourced, StepState, Synchronous, codes};
use super::{Resolver, optional};
use crate::pointer::Pointer;
use crate::spec;

impl Resolver<'_> {
    pub(super) fn synchronous(&mut self, at: &Pointer) -> Vec<Synchronous> {
        let given = self.spec.synchronous.iter().flatten().enumerate();
        given
            .map(|(i, route)| {
                let at = at.index(i);
                Synchronous {
                    route: self.route(&route.route, &at.key("route")),
                    why: Sourced::written(route.why.clone(), at.key("why")),
                }
            })
            .collect()
    }

    pub(super) fn rollout(&mut self, at: &Pointer) -> Vec<RolloutStep> {
        let mut out = Vec::new();
        for (i, step) in self.spec.rollout.iter().flatten().enumerate() {
            let at = at.index(i);
            if !self.spec.offloads.contains_key(&step.offload) {
                let known: Vec<&str> = self.spec.offloads.keys().map(String::as_str).collect();
                self.unknown("offload", &step.offload, known.iter().copied(), &at.key("offload"));
            }
            out.push(RolloutStep {
                offload: Sourced::written(step.offload.clone(), at.key("offload")),
                step: Sourced::written(step.step, at.key("step")),
                note: optional(step.note.as_ref(), &at.key("note")),
                state: match step.state {
                    Some(state) => Sourced::written(state, at.key("state")),
                    None => Sourced::built_in(StepState::Planned, at.clone()),
                },
            });
        }
        out
    }

    pub(super) fn gates(&mut self, given: &spec::Gates, at: &Pointer) -> Gates {
        let mut commands = |list: &[String], at: Pointer| -> Vec<Sourced<String>> {
            let commands = list.iter().enumerate().map(|(i, command)| {
                self.visible("the command", command, &at.index(i));
                Sourced::written(command.clone(), at.index(i))
            });
            commands.collect()
        };
        let run = commands(&given.run, at.key("run"));
        let fallback = given.fallback.as_ref().map(|fallback| Fallback {
            missing: Sourced::written(fallback.when.missing.clone(), at.key("fallback").key("when").key("missing")),
            run: commands(&fallback.run, at.key("fallback").key("run")),
        });
        let report = commands(given.report.as_deref().unwrap_or_default(), at.key("report"));
        let variables = given.variables.iter().flatten().map(|(name, variable)| {
            let at = at.key("variables").key(name);
            let variable = match variable {
                spec::GateVariable::Value(value) => GateVariable::Value(Sourced::written(value.clone(), at)),
                spec::GateVariable::Ask(ask) => GateVariable::Ask(Sourced::written(ask.ask.clone(), at.key("ask"))),
            };
            (name.clone(), variable)
        });
        Gates { variables: variables.collect(), run, fallback, report }
    }

    /// Accepted findings. Whether the rules exist, the rules themselves know.
    pub(super) fn allow(&mut self, given: Option<&Vec<spec::Allow>>, at: &Pointer) -> Vec<Allow> {
        let mut out = Vec::new();
        for (i, allow) in given.into_iter().flatten().enumerate() {
            let at = at.index(i);
            if allow.reason.trim().is_empty() {
                let help = "explain why this finding is acceptable; reviewers read it";
                self.findings.report(
                    &codes::MISSING_VALUE,
                    &at.key("reason"),
                    "an accepted finding has no reason",
                    help,
                );
            }
            out.push(Allow {
                rule: Sourced::written(allow.rule.clone(), at.key("rule")),
                reason: Sourced::written(allow.reason.clone(), at.key("reason")),
            });
        }
        out
    }
}
