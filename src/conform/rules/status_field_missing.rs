//! `status-field-missing`: a status record lacks a field that the contract requires, or the writer does not store it.

use super::CodeRule;
use crate::conform::evidence::statuses::{known_state, of_failure, of_handler, recorded};
use crate::conform::evidence::writer::lost;
use crate::conform::observe::Data;
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "status-field-missing",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A status record lacks a field that the contract requires, or the writer does not store it.",
        why: "The record cannot be joined to its event, its run or its request.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "requestedAt, runId, attempt: 3,",
                "requestedAt, runId,",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some((ledger, pairs)) = recorded(facts) else { return };
        for (field, at) in lost(facts, ledger) {
            let (name, writer) = (&field.value, &ledger.writer.export.value);
            let message = format!("`{writer}` does not store `{name}`: no row that it writes has the record's value");
            let help = format!("write the record's `{name}` into the row, or remove it from `ledger.fields`");
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .also(&field.at, "the fields in the contract");
        }
        for pair in pairs {
            let mut reported: Vec<(Site, Vec<&str>)> = Vec::new();
            for write in of_handler(&pair).chain(of_failure(&pair)) {
                // An unknown field may be the one.
                if !write.record.is_closed() {
                    continue;
                }
                let lacks = |name: &&str| write.record.get(name) == Data::Undefined;
                let missing: Vec<&str> = ledger.fields.iter().map(|field| field.as_str()).filter(lacks).collect();
                if missing.is_empty() || reported.contains(&(write.at, missing.clone())) {
                    continue;
                }
                reported.push((write.at, missing.clone()));
                let state = known_state(write).map(|state| format!("`{state}` ")).unwrap_or_default();
                let (id, fields) = (&pair.claimed.id.value, missing.join("`, `"));
                let message = format!("the {state}record of `{id}` has no `{fields}`");
                let help = format!("add `{fields}` to the record, or remove it from `ledger.fields`");
                let at =
                    ledger.fields.iter().find(|field| field.value == missing[0]).map_or(&ledger.at, |field| &field.at);
                findings
                    .report_at(&RULE.meta, facts.location(write.at), message, help)
                    .offload(&pair.offload.job)
                    .also(at, "the fields in the contract");
            }
        }
    },
};
