//! `route-not-known`: what a route does cannot be determined from the code.

use super::CodeRule;
use crate::conform::evidence::wording::when_on;
use crate::conform::observe::{AuthCase, OffloadFacts, Run};
use crate::conform::program::Site;
use crate::contract::Offload;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "route-not-known",
        severity: Severity::Warning,
        group: Group::CodeScope,
        summary: "What a route does cannot be determined from the code.",
        why: "It depends on something that only the running process knows: what follows is not checked, and may differ from the contract in every deployment.",
        bad: Example::Code {
            spec: "{}",
            edits: &[
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "import { NextResponse,",
                    "import { same } from \"compare-in-constant-time\";\nimport { NextResponse,",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    r#"request.headers.get("authorization") === `Bearer ${secret}`"#,
                    r#"same(request.headers.get("authorization") ?? "", `Bearer ${secret}`)"#,
                ),
            ],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, seen) in facts.each() {
            let Some((what, at)) = unknown(offload, seen) else { continue };
            let message =
                format!("{what} cannot be determined from the code: it depends on the result of this expression");
            let help = "decide it in code of the application, or accept the finding under `allow` with a reason";
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&offload.job)
                .also(&offload.route.at, "the route in the contract");
        }
    },
};

/// What cannot be known, and what it depends on.
fn unknown(offload: &Offload, seen: &OffloadFacts) -> Option<(String, Site)> {
    let calls = seen.dispatch.iter().map(|call| &call.runs[..]);
    if let Some(at) = calls.clone().find_map(lost) {
        return Some((format!("what {} does {}", seen.method, when_on(offload)), at));
    }
    let strangers = seen.auth.iter().filter(|probe| probe.case == AuthCase::Wrong);
    if let Some((method, at)) = strangers.into_iter().find_map(|probe| Some((probe.method, lost(&probe.runs)?))) {
        return Some((format!("whom {method} lets in"), at));
    }
    let mut states = seen.states.iter().filter(|probe| offload.dispatch().is_none() || !probe.runs.send_nothing());
    let at = states.find_map(|probe| lost(&probe.runs))?;
    Some((format!("whether {} treats the flag as on", seen.method), at))
}

/// The unknown value that runs depend on, if nothing else is known of them.
fn lost(runs: &[Run]) -> Option<Site> {
    let at = runs.first()?.unsure?;
    runs.iter().all(Run::is_cut).then_some(at)
}
