//! `metadata-overwrites-field`: the metadata field is there already.

use crate::contract::{Contract, Origin};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// What a response holds beside the metadata.
const BODY_FIELDS: [&str; 4] = ["mode", "event", "publishedEventIds", "timestamp"];

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "metadata-overwrites-field",
        severity: Severity::Error,
        group: Group::Responses,
        summary: "The metadata field has the name of another field of the response.",
        why: "Metadata can be added to a response, but must never replace a field that callers already read.",
        bad: Example::Over("offloads: { nightly-report: { inlineFields: [success, dispatch] } }"),
        good: Example::Over("offloads: { nightly-report: { inlineFields: [success, dispatched] } }"),
    },
    check: |contract, findings| {
        let metadata = &contract.dispatch.metadata;
        let help = "choose another name with `dispatch.metadata`";
        if BODY_FIELDS.contains(&metadata.as_str()) {
            let message = format!("the metadata field `{}` has the name of a field of every response", metadata.value);
            findings.report(&RULE.meta, &metadata.at, message, help);
            return;
        }
        for offload in contract.offloads.values() {
            let Some(field) = offload.inline_fields.iter().find(|field| field.value == metadata.value) else {
                continue;
            };
            let message =
                format!("the metadata would overwrite the response field `{}` of `{}`", field.value, offload.job);
            let finding = findings.report(&RULE.meta, &field.at, message, help);
            if metadata.origin == Origin::Written {
                finding.also(&metadata.at, "the metadata field");
            }
        }
    },
};
