//! The faults of shape: keys and value types.

use crate::diagnostic::Severity;
use crate::rule::{Example, Group, Meta};

/// Every code of this stage.
pub static CODES: &[&Meta] = &[&UNKNOWN_KEY, &MISSING_KEY, &WRONG_TYPE, &UNKNOWN_VALUE, &OUT_OF_RANGE];

pub(super) static UNKNOWN_KEY: Meta = Meta {
    id: "unknown-key",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A key is not part of the language.",
    why: "A misspelt key would be ignored, although the spec seems to set it.",
    bad: Example::Over("offloads: { nightly-report: { windw: 5m } }"),
    good: Example::Over("offloads: { nightly-report: { window: 5m } }"),
};
pub(super) static MISSING_KEY: Meta = Meta {
    id: "missing-key",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A required key is missing.",
    why: "There is no safe default for it.",
    bad: Example::Over("offloads: { nightly-report: { route: null } }"),
    good: Example::Over("offloads: { nightly-report: { route: /api/cron/nightly-report } }"),
};
pub(super) static WRONG_TYPE: Meta = Meta {
    id: "wrong-type",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A value has the wrong type.",
    why: "A number where text is meant (or the other way round) silently changes keys and ids.",
    bad: Example::Over("offloads: { nightly-report: { window: 300 } }"),
    good: Example::Over("offloads: { nightly-report: { window: 5m } }"),
};
pub(crate) static UNKNOWN_VALUE: Meta = Meta {
    id: "unknown-value",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A value is not one of the accepted ones.",
    why: "A misspelt choice would otherwise silently fall back to a default.",
    bad: Example::Over("offloads: { nightly-report: { kind: crn } }"),
    good: Example::Over("offloads: { nightly-report: { kind: cron } }"),
};
pub(crate) static OUT_OF_RANGE: Meta = Meta {
    id: "out-of-range",
    severity: Severity::Error,
    group: Group::Shape,
    summary: "A value is outside the bounds of the language.",
    why: "The platform does not support values outside these bounds.",
    bad: Example::Over(
        "dispatch: { responses: { dispatched: { status: 9000, mode: a }, misconfigured: { status: 503, mode: b }, failed: { status: 503, mode: c } } }",
    ),
    good: Example::Over(
        "dispatch: { responses: { dispatched: { status: 202, mode: a }, misconfigured: { status: 503, mode: b }, failed: { status: 503, mode: c } } }",
    ),
};
