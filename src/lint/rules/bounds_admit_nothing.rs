//! `bounds-admit-nothing`: bounds that no value can meet.

use serde_json::Value;

use crate::contract::{Contract, Type};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::samples::written_fields;
use crate::rule::{Example, Group, Meta};

/// Bounds from below and above, and whether the two may be equal.
const PAIRS: [(&str, &str, bool); 7] = [
    ("minimum", "maximum", true),
    ("exclusiveMinimum", "maximum", false),
    ("minimum", "exclusiveMaximum", false),
    ("exclusiveMinimum", "exclusiveMaximum", false),
    ("minLength", "maxLength", true),
    ("minItems", "maxItems", true),
    ("minProperties", "maxProperties", true),
];

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "bounds-admit-nothing",
        severity: Severity::Error,
        group: Group::Payloads,
        summary: "No value satisfies the bounds of a field.",
        why: "The schema rejects every event that has the field.",
        bad: Example::Over(
            r"
payloads:
  ReportData:
    { extends: BackgroundDispatchEventData, fields: { pages: { type: integer, optional: true, minimum: 10, maximum: 1 } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
        good: Example::Over(
            r"
payloads:
  ReportData:
    { extends: BackgroundDispatchEventData, fields: { pages: { type: integer, optional: true, minimum: 1, maximum: 10 } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
    },
    check: |contract, findings| {
        for field in written_fields(contract) {
            let number = |keyword: &str| field.bounds.get(keyword).and_then(Value::as_f64);
            let whole = matches!(field.type_.value, Type::Integer);
            let found = PAIRS.iter().find_map(|(low, high, equal)| {
                let (least, most) = (number(low)?, number(high)?);
                let nothing = if whole {
                    first_whole(low, least) > last_whole(high, most)
                } else {
                    least > most || least == most && !equal
                };
                nothing.then_some((low, least, high, most))
            });
            if let Some((low, least, high, most)) = found {
                let message =
                    format!("no value of `{}` satisfies both `{low}: {least}` and `{high}: {most}`", field.name);
                findings
                    .report(&RULE.meta, &field.at.key(high), message, "raise the upper bound or lower the lower bound")
                    .also(&field.at.key(low), "the lower bound");
            }
        }
    },
};

/// The smallest whole number that a lower bound lets pass.
fn first_whole(keyword: &str, bound: f64) -> f64 {
    if keyword == "exclusiveMinimum" { bound.floor() + 1.0 } else { bound.ceil() }
}

/// The largest whole number that an upper bound lets pass.
fn last_whole(keyword: &str, bound: f64) -> f64 {
    if keyword == "exclusiveMaximum" { bound.ceil() - 1.0 } else { bound.floor() }
}
