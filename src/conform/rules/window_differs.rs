//! `window-differs`: the window in the code is longer or shorter than the contract says.

use super::CodeRule;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::window::other_length;
use crate::conform::observe::Data;
use crate::contract::Binding;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "window-differs",
        severity: Severity::Error,
        group: Group::CodeKeys,
        summary: "The window in the code is longer or shorter than the contract says.",
        why: "A longer window drops scheduled runs; a shorter one lets retries of a call run again.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "const WINDOW_SECONDS = 300;",
                "const WINDOW_SECONDS = 60;",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            let (Some(length), Some(window)) = (other_length(&job), job.offload.window.as_ref()) else { continue };
            let own = window.default_size();
            let Some(sending) = job.dispatched().next() else { continue };
            let told = job.written(&sending, Binding::WindowSeconds);
            let told = told.filter(|field| field.value == Data::Number(length.seconds() as f64));
            let written = told.or_else(|| job.written(&sending, Binding::WindowStart));
            let place = facts.location(written.map_or(sending.sent.event_at, |field| field.at));
            let message = format!("the window is {length} long; the contract says {own}");
            findings
                .report_at(
                    &RULE.meta,
                    place,
                    message,
                    format!("make it {} seconds, or change `window` in the contract", own.seconds()),
                )
                .offload(&job.offload.job)
                .also(&window.at, "the window in the contract");
        }
    },
};
