//! `unused-payload`: a payload that no event has.

use std::collections::HashSet;

use crate::contract::{Contract, Field, Type};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule. A payload that another one extends or contains is used.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "unused-payload",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "A payload is not used.",
        why: "Its type and its schema describe events that are never sent.",
        bad: Example::Over(
            "payloads: { ReportData: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true } } } }",
        ),
        good: Example::Over(
            "payloads: { ReportData: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true } } } }\noffloads: { nightly-report: { payload: ReportData } }",
        ),
    },
    check: |contract, findings| {
        let mut used: HashSet<&str> = contract.events().map(|(_, event)| event.payload.as_str()).collect();
        for payload in contract.payloads.values() {
            used.extend(payload.extends.as_ref().map(|parent| parent.as_str()));
            contained(&payload.fields, &mut used);
        }
        for payload in contract.payloads.values().filter(|payload| !used.contains(payload.name.as_str())) {
            let message = format!("nothing uses the payload `{}`", payload.name);
            findings.report_key(&RULE.meta, &payload.at, message, "remove it, or name it with `payload` in an offload");
        }
    },
};

/// The payloads that fields contain.
fn contained<'c>(fields: &'c [Field], into: &mut HashSet<&'c str>) {
    for field in fields {
        let mut inner = &field.type_.value;
        while let Type::Array(item) | Type::Map(item) = inner {
            inner = item;
        }
        match inner {
            Type::Payload(name) => {
                into.insert(name);
            }
            Type::Object(fields) => contained(fields, into),
            _ => {}
        }
    }
}
