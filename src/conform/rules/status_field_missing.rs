//! `status-field-missing`: a status record lacks a field of the contract.

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
        summary: "A status record lacks a field that the contract says every record carries, or the writer does not keep it.",
        why: "The record cannot be joined to the event, the run or the request that it belongs to.",
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
            let message =
                format!("`{writer}` does not keep `{name}`: no row that it writes has the value of the record");
            let help = format!("write `{name}` of the record into the row, or take it out of `ledger.fields`");
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .also(&field.at, "the fields of the contract");
        }
        for pair in pairs {
            let mut reported: Vec<(Site, Vec<&str>)> = Vec::new();
            for write in of_handler(&pair).chain(of_failure(&pair)) {
                // A field that is not known may be there.
                if !write.record.is_closed() {
                    continue;
                }
                let lacks = |name: &&str| write.record.get(name) == Data::Undefined;
                let missing: Vec<&str> = ledger.fields.iter().map(|field| field.as_str()).filter(lacks).collect();
                if missing.is_empty() || reported.contains(&(write.at, missing.clone())) {
                    continue;
                }
                reported.push((write.at, missing.clone()));
                let state = known_state(write).map(|state| format!(" of `{state}`")).unwrap_or_default();
                let (id, fields) = (&pair.claimed.id.value, missing.join("`, `"));
                let message = format!("the record{state} of `{id}` has no `{fields}`");
                let help = format!("add `{fields}` to the record, or take it out of `ledger.fields`");
                let at =
                    ledger.fields.iter().find(|field| field.value == missing[0]).map_or(&ledger.at, |field| &field.at);
                findings
                    .report_at(&RULE.meta, facts.location(write.at), message, help)
                    .offload(&pair.offload.job)
                    .also(at, "the fields of the contract");
            }
        }
    },
};
