//! `params-hash-differs`: with parameters in the request, the dispatch key is not the one of the contract.

use super::CodeRule;
use crate::conform::evidence::parameters::allowed;
use crate::conform::evidence::sends::{KeyState, Params, is_blank, jobs};
use crate::conform::evidence::window::other_length;
use crate::conform::observe::Field as Written;
use crate::contract::Binding;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "params-hash-differs",
        severity: Severity::Error,
        group: Group::CodeKeys,
        summary: "With parameters in the request, the dispatch key is not the one of the contract.",
        why: "A replay with other parameters collides with the scheduled run, or the same replay runs twice.",
        bad: Example::Code {
            spec: r#"{ offloads: { nightly-report: { params: { allow: [clientId], hash: { algorithm: sha256, hexLength: 16 } }, dispatchKey: "cron:{job}:{window}[:{paramsHash}]" } } }"#,
            edits: &[
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "import { randomUUID }",
                    "import { createHash, randomUUID }",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "async function dispatch() {",
                    "async function dispatch(request: NextRequest) {\n  const clientId = request.nextUrl.searchParams.get(\"clientId\")?.trim();\n  const params = clientId ? { clientId } : undefined;\n  const hash = createHash(\"sha256\").update(JSON.stringify(params ?? {})).digest(\"hex\").slice(0, 8);",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    ".slice(0, 16)}`;",
                    ".slice(0, 16)}${params ? `:${hash}` : \"\"}`;",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "    dispatchWindowSeconds: WINDOW_SECONDS,\n",
                    "    dispatchWindowSeconds: WINDOW_SECONDS,\n    params,\n",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "return dispatch();",
                    "return dispatch(request);",
                ),
            ],
        },
        good: Example::Code {
            spec: r#"{ offloads: { nightly-report: { params: { allow: [clientId], hash: { algorithm: sha256, hexLength: 16 } }, dispatchKey: "cron:{job}:{window}[:{paramsHash}]" } } }"#,
            edits: &[
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "import { randomUUID }",
                    "import { createHash, randomUUID }",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "async function dispatch() {",
                    "async function dispatch(request: NextRequest) {\n  const clientId = request.nextUrl.searchParams.get(\"clientId\")?.trim();\n  const params = clientId ? { clientId } : undefined;\n  const hash = createHash(\"sha256\").update(JSON.stringify(params ?? {})).digest(\"hex\").slice(0, 16);",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    ".slice(0, 16)}`;",
                    ".slice(0, 16)}${params ? `:${hash}` : \"\"}`;",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "    dispatchWindowSeconds: WINDOW_SECONDS,\n",
                    "    dispatchWindowSeconds: WINDOW_SECONDS,\n    params,\n",
                ),
                Edit::Replace(
                    "app/api/cron/nightly-report/route.ts",
                    "return dispatch();",
                    "return dispatch(request);",
                ),
            ],
        },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            // What differs without parameters is not the hash.
            let differs = |sending: &crate::conform::evidence::sends::Sending<'_>| {
                job.key_state(sending) == Some(KeyState::Differs) && !job.is_hash_too_much(sending)
            };
            if job.offload.params.is_none()
                || other_length(&job).is_some()
                || job.dispatched().any(|sending| differs(&sending))
            {
                continue;
            }
            for sending in job.sendings(job.seen.dispatch.iter().chain(&job.seen.with_query)) {
                let (call, expected) = (sending.call, &sending.derived.dispatch_key);
                let Some(key) = job.key(&sending).filter(|_| job.key_state(&sending) == Some(KeyState::Differs)) else {
                    continue;
                };
                // Other parameters in the data explain another hash.
                let explains = |params: &Params<'_>| {
                    let is_other = |field: &&Written| !(allowed(&job, &field.name) && is_blank(&sending, field));
                    !params.missing.is_empty() || !params.wrong.is_empty() || params.extra.iter().any(is_other)
                };
                if job.params(&sending).is_some_and(|params| explains(&params)) {
                    continue;
                }
                let query = call.asked().map_or("no parameters".into(), |query| format!("`{query}`"));
                let message = format!("the dispatch key is `{key}` with {query}; the contract says `{expected}`");
                let help = "hash the allowed parameters as the contract says: trimmed, sorted by name, as JSON";
                let written = job.written(&sending, Binding::DispatchKey).map(|field| field.at);
                let place = facts.location(written.unwrap_or(sending.sent.event_at));
                let finding = findings.report_at(&RULE.meta, place, message, help).offload(&job.offload.job);
                match &job.offload.params {
                    Some(params) => finding.also(&params.at, "the parameters in the contract"),
                    None => finding,
                };
                break;
            }
        }
    },
};
