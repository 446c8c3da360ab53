//! `auth-differs-between-routes`: one of the migrated routes lets in callers that the other routes reject.

use super::CodeRule;
use crate::conform::evidence::logins::{bypassed, bypasses};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "auth-differs-between-routes",
        severity: Severity::Error,
        group: Group::CodeAuth,
        summary: "One of the migrated routes lets in callers that the other routes reject.",
        why: "The secret is meant to be checked in the same way everywhere; the one route that is less strict is the one that gets called.",
        bad: Example::Code {
            spec: WEEKLY_SPEC,
            edits: &[Edit::Write(WEEKLY_PATH, WEEKLY_OPEN), Edit::Write(FUNCTIONS, WEEKLY_FUNCTION), SERVED, SCHEDULED],
        },
        good: Example::Code {
            spec: WEEKLY_SPEC,
            edits: &[Edit::Write(WEEKLY_PATH, WEEKLY), Edit::Write(FUNCTIONS, WEEKLY_FUNCTION), SERVED, SCHEDULED],
        },
    },
    check: |facts, findings| {
        let (open, all) = bypassed(facts);
        if open == all {
            // What every route does is not a difference; `auth-missing` reports it.
            return;
        }
        for (offload, seen, through) in bypasses(facts) {
            let (Some(probe), Some(module)) = (through.first(), seen.route) else { continue };
            let message = format!(
                "{} {} lets in a caller with {}; the other routes reject such a call",
                probe.method, offload.route.value, probe.label
            );
            let help = "check the secret as the other routes do, ideally with one shared function";
            let location = facts.handler_location(module, probe.method);
            let finding = findings.report_at(&RULE.meta, location, message, help).offload(&offload.job);
            if let Some(auth) = &facts.contract.dispatch.auth {
                finding.also(&auth.secret.at, "the secret in the contract");
            }
        }
    },
};

const WEEKLY_PATH: &str = "app/api/cron/weekly-report/route.ts";
const FUNCTIONS: &str = "lib/inngest/weekly.ts";
const SERVED: Edit = Edit::Write(
    "app/api/inngest/route.ts",
    r#"import { serve } from "inngest/next";
import { inngest } from "@/lib/inngest/client";
import { nightlyReport } from "@/lib/inngest/functions";
import { weeklyReport } from "@/lib/inngest/weekly";

export const { GET, POST, PUT } = serve({ client: inngest, functions: [nightlyReport, weeklyReport] });
"#,
);
const SCHEDULED: Edit = Edit::Write(
    "vercel.json",
    r#"{
  "crons": [
    { "path": "/api/cron/nightly-report", "schedule": "*/5 * * * *" },
    { "path": "/api/cron/weekly-report", "schedule": "*/5 * * * *" }
  ]
}
"#,
);
const WEEKLY_SPEC: &str = r#"
offloads:
  weekly-report:
    kind: cron
    priority: P1
    route: /api/cron/weekly-report
    schedule: "*/5 * * * *"
    window: 5m
    owners: [app/api/cron/weekly-report/route.ts, lib/nightly-report.ts]
rollout:
  - { offload: nightly-report, step: convert }
  - { offload: weekly-report, step: convert }
"#;
const WEEKLY: &str = include_str!("auth_differs_between_routes/route.txt");
const WEEKLY_OPEN: &str = include_str!("auth_differs_between_routes/laxer.txt");
const WEEKLY_FUNCTION: &str = include_str!("auth_differs_between_routes/function.txt");
