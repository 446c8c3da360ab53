//! `open-without-secret`: with the secret unset a route lets callers through.

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
        summary: "With the secret unset a route lets callers through.",
        why: "A deployment that lost its secret, or a preview that never had one, is open to everybody.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace("app/api/cron/nightly-report/route.ts", r#"if (!secret) return false;"#, r#""#)],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, seen, mut through) in logins(facts, AuthCase::Unset) {
            // What lets callers in whether or not there is a secret has rules of its own.
            let always = seen.auth.iter().filter(|probe| probe.case == AuthCase::Bypass && dispatches(facts, probe));
            let always: Vec<&str> = always.map(|probe| probe.label.as_str()).collect();
            through.retain(|probe| !always.contains(&probe.label.as_str()));
            // A route that is open anyway has a rule of its own.
            if is_open(facts, seen) {
                continue;
            }
            // Where another variable is the secret, or is one as well, that is what has to be told.
            let is_told =
                |probe: &AuthProbe| probe.case == AuthCase::Bypass && dispatches(facts, probe) || refuses(facts, probe);
            let mut another = seen.auth.iter().filter(|probe| probe.case == AuthCase::Another);
            let another = another.find(|probe| dispatches(facts, probe) && !seen.auth.iter().any(is_told));
            let (Some(probe), Some(module)) = (through.first().copied().or(another), seen.route) else { continue };
            let by = match probe.case {
                AuthCase::Another => "what another variable holds",
                _ => probe.label.as_str(),
            };
            let message = format!("with the secret unset, {} is let through with {by}", probe.method);
            let help = "refuse every call when the variable is unset or blank";
            let location = facts.handler_location(module, probe.method);
            let finding = findings.report_at(&RULE.meta, location, message, help).offload(&offload.job);
            if let Some(auth) = &facts.contract.dispatch.auth {
                finding.also(&auth.when_unset.at, "what the contract says for that case");
            }
        }
    },
};
