//! `open-without-secret`: with the secret unset, a route lets callers in.

use super::CodeRule;
use crate::conform::evidence::logins::{dispatches, is_open, logins, refuses};
use crate::conform::observe::{AuthCase, AuthProbe};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "open-without-secret",
        severity: Severity::Error,
        group: Group::CodeAuth,
        summary: "With the secret unset, a route lets callers in.",
        why: "A deployment that lost its secret, or a preview that never had one, is open to everyone.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace("app/api/cron/nightly-report/route.ts", r#"if (!secret) return false;"#, r#""#)],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, seen, mut through) in logins(facts, AuthCase::Unset) {
            // Callers who are let in with or without a secret are reported by other rules.
            let always = seen.auth.iter().filter(|probe| probe.case == AuthCase::Bypass && dispatches(facts, probe));
            let always: Vec<&str> = always.map(|probe| probe.label.as_str()).collect();
            through.retain(|probe| !always.contains(&probe.label.as_str()));
            // A route that is open anyway has a rule of its own.
            if is_open(facts, seen) {
                continue;
            }
            // If another variable is the secret, or is accepted as one too, that is what has to be reported.
            let is_told =
                |probe: &AuthProbe| probe.case == AuthCase::Bypass && dispatches(facts, probe) || refuses(facts, probe);
            let mut another = seen.auth.iter().filter(|probe| probe.case == AuthCase::Another);
            let another = another.find(|probe| dispatches(facts, probe) && !seen.auth.iter().any(is_told));
            let (Some(probe), Some(module)) = (through.first().copied().or(another), seen.route) else { continue };
            let by = match probe.case {
                AuthCase::Another => "the value of another variable",
                _ => probe.label.as_str(),
            };
            let message =
                format!("with the secret unset, {} {} lets in a caller with {by}", probe.method, offload.route.value);
            let help = "reject every call when the variable is unset or blank";
            let location = facts.handler_location(module, probe.method);
            let finding = findings.report_at(&RULE.meta, location, message, help).offload(&offload.job);
            if let Some(auth) = &facts.contract.dispatch.auth {
                finding.also(&auth.when_unset.at, auth.when_unset.label("what the contract says for that case"));
            }
        }
    },
};
