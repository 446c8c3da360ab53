//! `binding-does-not-fit`: a field of another type than what fills it.

use crate::contract::{Binding, Contract, Type};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "binding-does-not-fit",
        severity: Severity::Error,
        group: Group::Payloads,
        summary: "A field has a different type from the value that fills it.",
        why: "The generated dispatcher would not compile, and the schema would reject every event that it sends.",
        bad: Example::Over(
            r"
payloads:
  ReportData: { extends: BackgroundDispatchEventData, fields: { size: { type: string, optional: true, from: windowSeconds } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
        good: Example::Over(
            r"
payloads:
  ReportData: { extends: BackgroundDispatchEventData, fields: { size: { type: integer, optional: true, from: windowSeconds } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
    },
    check: |contract, findings| {
        let payloads = contract.payloads.values();
        for field in payloads.flat_map(|payload| &payload.fields).filter(|field| field.inherited.is_none()) {
            let Some(from) = &field.from else { continue };
            let (what, types) = filling(from.value);
            if !fits(from.value, &field.type_) {
                let message =
                    format!("`{}` has the type `{}`, but is filled with {what}", field.name, field.type_.text());
                findings
                    .report(&RULE.meta, &field.type_.at, message, format!("make it {types}"))
                    .also(&from.at, "what fills it");
            }
        }
    },
};

/// What a binding gives, and the types that take it.
fn filling(binding: Binding) -> (&'static str, &'static str) {
    match binding {
        Binding::Source => ("the offload's source", "a `string`"),
        Binding::Now => ("the time of the call", "a `timestamp`"),
        Binding::Uuid => ("a UUID", "a `uuid`"),
        Binding::DispatchKey => ("the dispatch key", "a `string`"),
        Binding::WindowStart => ("the start of the window", "a `timestamp`"),
        Binding::WindowSeconds => ("the size of the window in seconds", "an `integer`"),
        Binding::Params => ("the parameters of the request", "a `map<string>`"),
    }
}

fn fits(binding: Binding, type_: &Type) -> bool {
    match (binding, type_) {
        (_, Type::Json) => true,
        (Binding::Source, Type::String | Type::Enum(_)) | (Binding::DispatchKey, Type::String) => true,
        (Binding::Now | Binding::WindowStart, Type::Timestamp | Type::String) => true,
        (Binding::Uuid, Type::Uuid | Type::String) => true,
        (Binding::WindowSeconds, Type::Integer | Type::Number) => true,
        (Binding::Params, Type::Map(value)) => matches!(value.as_ref(), Type::String | Type::Json),
        _ => false,
    }
}
