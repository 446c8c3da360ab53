//! `auth-scheme-differs`: a route refuses the secret as the contract sends it, or takes it in another way.

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
        summary: "A route refuses the secret as the contract sends it, or takes it in another way.",
        why: "A scheduler that sends it as agreed is turned away; a secret in an address ends up in logs.",
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
            let message = format!("{} refuses every call, and the contract names no secret", seen.method);
            let help = "name the secret in `dispatch.auth`; what is behind it was not seen";
            findings
                .report_at(&RULE.meta, location, message, help)
                .offload(&offload.job)
                .also(&offload.route.at, "the route of the contract");
        }
        for (offload, seen, through) in logins(facts, AuthCase::OtherWay) {
            let Some(module) = seen.route else { continue };
            if is_open(facts, seen) {
                continue;
            }
            let refused = seen.auth.iter().find(|probe| refuses(facts, probe));
            let variable = seen.auth.iter().filter(|probe| probe.case == AuthCase::Bypass);
            let variable = variable.filter_map(|probe| probe.variable.as_ref()).next();
            let (method, message) = match (refused, through.first()) {
                (Some(probe), Some(other)) => {
                    (probe.method, format!("{} refuses {} and takes {}", probe.method, probe.label, other.label))
                }
                (Some(probe), None) => match variable {
                    Some(name) => (
                        probe.method,
                        format!("{} refuses {}, and takes the value of `{name}`", probe.method, probe.label),
                    ),
                    None => (probe.method, format!("{} refuses {}", probe.method, probe.label)),
                },
                (None, Some(other)) => (other.method, format!("{} also takes {}", other.method, other.label)),
                (None, None) => continue,
            };
            let help = "take the secret as `Authorization: Bearer …`, and in no other way";
            let location = facts.handler_location(module, method);
            let finding = findings.report_at(&RULE.meta, location, message, help).offload(&offload.job);
            if let Some(auth) = &facts.contract.dispatch.auth {
                finding.also(&auth.scheme.at, "the scheme of the contract");
            }
        }
    },
};
