//! The faults of shape: keys and value types.

use crate::diagnostic::Severity;
use crate::rule::{Example, Group, Meta};

/// Every code of this stage.
pub static CODES: &[&Meta] = &[&UNKNOWN_KEY, &MISSING_KEY, &WRONG_TYPE, &UNKNOWN_VALUE, &OUT_OF_RANGE];

pub(super) static UNKNOWN_KEY: Meta = Meta {
    id: "unknown-key",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A key that the language does not have.",
    why: "A misspelt key is a fact that a person believes and nobody runs.",
    bad: Example::Over("offloads: { nightly-report: { windw: 5m } }"),
    good: Example::Over("offloads: { nightly-report: { window: 5m } }"),
};
pub(super) static MISSING_KEY: Meta = Meta {
    id: "missing-key",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A key that must be there is not.",
    why: "Nothing safe can be assumed in its place.",
    bad: Example::Over("offloads: { nightly-report: { route: null } }"),
    good: Example::Over("offloads: { nightly-report: { route: /api/cron/nightly-report } }"),
};
pub(super) static WRONG_TYPE: Meta = Meta {
    id: "wrong-type",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A value of another type than the language has there.",
    why: "A number where text is meant (or the other way) changes keys and ids without a word.",
    bad: Example::Over("offloads: { nightly-report: { window: 300 } }"),
    good: Example::Over("offloads: { nightly-report: { window: 5m } }"),
};
pub(super) static UNKNOWN_VALUE: Meta = Meta {
    id: "unknown-value",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A value that is none of those the language has there.",
    why: "A misspelt choice would otherwise fall back to another one.",
    bad: Example::Over("offloads: { nightly-report: { kind: crn } }"),
    good: Example::Over("offloads: { nightly-report: { kind: cron } }"),
};
pub(crate) static OUT_OF_RANGE: Meta = Meta {
    id: "out-of-range",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A value outside the bounds of the language.",
    why: "Values outside the bounds have no meaning that the platform would honour.",
    bad: Example::Over(
        "dispatch: { responses: { dispatched: { status: 9000, mode: a }, misconfigured: { status: 503, mode: b }, failed: { status: 503, mode: c } } }",
    ),
    good: Example::Over(
        "dispatch: { responses: { dispatched: { status: 202, mode: a }, misconfigured: { status: 503, mode: b }, failed: { status: 503, mode: c } } }",
    ),
};
