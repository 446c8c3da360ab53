//! `auth-scheme-differs`: a route rejects the secret as the contract sends it, or accepts it in another form.

use super::CodeRule;
use crate::conform::evidence::logins::{is_open, logins, refuses};
use crate::conform::observe::{AuthCase, OffloadFacts};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "auth-scheme-differs",
        severity: Severity::Error,
        group: Group::CodeAuth,
        summary: "A route rejects the secret as the contract sends it, or accepts it in another form.",
        why: "A scheduler that sends the secret as agreed is rejected; a secret in an address ends up in logs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"request.headers.get("authorization") === `Bearer ${secret}`"#,
                r#"request.headers.get("x-cron-secret") === secret"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let is_closed = |seen: &OffloadFacts| facts.contract.dispatch.auth.is_none() && seen.is_refused;
        for (offload, seen) in facts.each().filter(|(_, seen)| is_closed(seen)) {
            let Some(location) = facts.route_location(seen) else { continue };
            let message =
                format!("{} {} rejects every call, and the contract names no secret", seen.method, offload.route.value);
            let help = "name the secret in `dispatch.auth`; what the route does after this check was not checked";
            findings
                .report_at(&RULE.meta, location, message, help)
                .offload(&offload.job)
                .also(&offload.route.at, "the route in the contract");
        }
        for (offload, seen, through) in logins(facts, AuthCase::OtherWay) {
            let Some(module) = seen.route else { continue };
            if is_open(facts, seen) {
                continue;
            }
            let refused = seen.auth.iter().find(|probe| refuses(facts, probe));
            let variable = seen.auth.iter().filter(|probe| probe.case == AuthCase::Bypass);
            let variable = variable.filter_map(|probe| probe.variable.as_ref()).next();
            let (method, does) = match (refused, through.first()) {
                (Some(probe), Some(other)) => {
                    (probe.method, format!("rejects {} and accepts {}", probe.label, other.label))
                }
                (Some(probe), None) => match variable {
                    Some(name) => (probe.method, format!("rejects {} and accepts the value of `{name}`", probe.label)),
                    None => (probe.method, format!("rejects {}", probe.label)),
                },
                (None, Some(other)) => (other.method, format!("also accepts {}", other.label)),
                (None, None) => continue,
            };
            let message = format!("{method} {} {does}", offload.route.value);
            let help = "accept the secret as `Authorization: Bearer …` and in no other form";
            let location = facts.handler_location(module, method);
            let finding = findings.report_at(&RULE.meta, location, message, help).offload(&offload.job);
            if let Some(auth) = &facts.contract.dispatch.auth {
                finding.also(&auth.scheme.at, auth.scheme.label("the scheme in the contract"));
            }
        }
    },
};
