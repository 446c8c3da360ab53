//! `auth-missing`: a route lets in a caller who does not know the secret.

use super::CodeRule;
use crate::conform::evidence::logins::{back_doors, bypassed, bypasses, is_open, logins};
use crate::conform::observe::AuthCase;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "auth-missing",
        severity: Severity::Error,
        group: Group::CodeAuth,
        summary: "A route lets in a caller who does not know the secret.",
        why: "Anyone who finds the address can start the work, as often as they like.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"if (!isAuthorized(request)) {"#,
                r#"if (request.method === "DELETE" && !isAuthorized(request)) {"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let (open, all) = bypassed(facts);
        // A caller whom every route lets in is not a difference between routes, but a missing check.
        let everywhere: Vec<_> = if open == all { bypasses(facts).collect() } else { Vec::new() };
        for (offload, seen, through) in logins(facts, AuthCase::Wrong) {
            let bypass = everywhere.iter().find(|(other, ..)| other.job == offload.job);
            let bypass = bypass.and_then(|(_, _, through)| through.first());
            let Some(probe) = through.first().or(bypass).copied() else { continue };
            let Some(module) = seen.route else { continue };
            let route = &offload.route.value;
            let message = format!("{} {route} lets in a caller with {}", probe.method, probe.label);
            let help = "reject the call before anything else when the secret is missing or wrong";
            let location = facts.handler_location(module, probe.method);
            let finding = findings.report_at(&RULE.meta, location, message, help).offload(&offload.job);
            if let Some(auth) = &facts.contract.dispatch.auth {
                finding.also(&auth.secret.at, "the secret in the contract");
            }
        }
        for (job, probe) in back_doors(facts, AuthCase::Inline).filter(|(job, _)| !is_open(facts, job.seen)) {
            let Some(module) = job.seen.route else { continue };
            let route = &job.offload.route.value;
            let message = format!("with the flag off, {} {route} lets in a caller without the secret", probe.method);
            let help = "reject the call before the flag is read: otherwise the work is as public as the route";
            let location = facts.handler_location(module, probe.method);
            let finding = findings.report_at(&RULE.meta, location, message, help).offload(&job.offload.job);
            if let Some(auth) = &facts.contract.dispatch.auth {
                finding.also(&auth.secret.at, "the secret in the contract");
            }
        }
        for (job, probe) in back_doors(facts, AuthCase::OtherMethod) {
            let Some(module) = job.seen.route else { continue };
            let (method, route) = (probe.method, &job.offload.route.value);
            let message = format!(
                "{method} {route} lets in a caller without the secret, and the contract does not list {method}"
            );
            let help = "remove the handler, or reject the call when the secret is missing or wrong";
            let location = facts.handler_location(module, probe.method);
            let finding = findings.report_at(&RULE.meta, location, message, help).offload(&job.offload.job);
            finding.also(&job.offload.route.at, "the route in the contract");
        }
    },
};
