//! The faults of meaning: references, patterns, durations, paths, and what belongs to a kind.

use crate::diagnostic::Severity;
use crate::rule::{Example, Group, Meta};

/// Every code of this stage.
pub static CODES: &[&Meta] = &[
    &BAD_CONDITION,
    &BAD_DURATION,
    &BAD_NAME,
    &BAD_PATH,
    &BAD_PATTERN,
    &BAD_SCHEDULE,
    &BOUND_DOES_NOT_FIT,
    &DOES_NOT_BELONG,
    &MISSING_VALUE,
    &PAYLOAD_CYCLE,
    &RESPONSE_MISSING,
    &UNKNOWN_REFERENCE,
    &VALUE_NOT_IN_CALL,
];

const fn error(
    id: &'static str,
    group: Group,
    summary: &'static str,
    why: &'static str,
    bad: &'static str,
    good: &'static str,
) -> Meta {
    Meta { id, severity: Severity::Error, group, summary, why, bad: Example::Over(bad), good: Example::Over(good) }
}

pub(crate) static UNKNOWN_REFERENCE: Meta = error(
    "unknown-reference",
    Group::Names,
    "A name that nothing in the contract has.",
    "A reference that leads nowhere is a fact that nobody can hold the code to.",
    "offloads: { nightly-report: { payload: NoSuchPayload } }",
    "offloads: { nightly-report: { payload: BackgroundDispatchEventData } }",
);
pub(super) static BAD_NAME: Meta = error(
    "bad-name",
    Group::Names,
    "A name in a form that its place does not allow.",
    "Names become identifiers, variables, routes and files; a form that one of them refuses fails late.",
    "offloads: { nightly-report: { flag: nightly report flag } }",
    "offloads: { nightly-report: { flag: CRON_NIGHTLY_REPORT_USE_INNGEST } }",
);
pub(super) static BAD_PATTERN: Meta = error(
    "bad-pattern",
    Group::Keys,
    "A pattern that cannot be read.",
    "A pattern that is printed as it stands gives every call the same key: one run in 24 hours.",
    "offloads: { nightly-report: { dispatchKey: \"cron:{job}:{windw}\" } }",
    "offloads: { nightly-report: { dispatchKey: \"cron:{job}:{window}\" } }",
);
pub(super) static VALUE_NOT_IN_CALL: Meta = error(
    "value-not-in-call",
    Group::Keys,
    "A pattern names a value that its place, or a call of this offload, does not have.",
    "The key could not be made: the dispatcher would have nothing to put there.",
    "offloads: { nightly-report: { dispatchKey: \"cron:{job}:{window}:{paramsHash}\" } }",
    "offloads: { nightly-report: { params: { allow: [clientId] }, dispatchKey: \"cron:{job}:{window}[:{paramsHash}]\" } }",
);
pub(super) static BAD_DURATION: Meta = error(
    "bad-duration",
    Group::Shape,
    "A duration that the platform does not read.",
    "Inngest takes compact durations (`5m`, `1h30m`); others fail to compile or are silently ignored.",
    "offloads: { nightly-report: { window: 5 minutes } }",
    "offloads: { nightly-report: { window: 5m } }",
);
pub(super) static BAD_SCHEDULE: Meta = error(
    "bad-schedule",
    Group::Keys,
    "A schedule that the platform refuses, or that never comes.",
    "Nicknames, names, six fields, day of week 7 and days of both month and week are refused by one platform \
     or another; 31 February is accepted and never runs.",
    "offloads: { nightly-report: { schedule: \"@daily\", window: 24h } }",
    "offloads: { nightly-report: { schedule: \"0 0 * * *\", window: 24h } }",
);
pub(super) static BAD_PATH: Meta = error(
    "bad-path",
    Group::Scope,
    "A path that leaves the root, or that not every file system can hold.",
    "A spec from a stranger's pull request must not read or write outside of the repository.",
    "targets: { docs: { out: ../elsewhere } }",
    "targets: { docs: { out: docs/inngest } }",
);
pub(super) static BAD_CONDITION: Meta = error(
    "bad-condition",
    Group::Flags,
    "A condition that has none or several of its properties, or nothing to choose from.",
    "Whether the properties would be joined by and or by or is not for the reader to guess.",
    "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { enabledWhen: { on: A, set: B }, rollback: { set: { A: \"false\" } } } } }",
    "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { enabledWhen: { allOf: [{ on: A }, { set: B }] }, rollback: { set: { A: \"false\" } } } } }",
);
pub(super) static MISSING_VALUE: Meta = error(
    "missing-value",
    Group::Shape,
    "A value that this kind of offload needs and nothing gives.",
    "A cron offload without a schedule has no ticks; existing code has no defaults to fall back to.",
    "offloads: { nightly-report: { schedule: null } }",
    "offloads: { nightly-report: { schedule: \"*/5 * * * *\" } }",
);
pub(super) static DOES_NOT_BELONG: Meta = error(
    "does-not-belong",
    Group::Shape,
    "A value that has no meaning beside the others.",
    "A fact that applies to nothing is believed by its reader and enforced by nobody.",
    "offloads: { nightly-report: { when: EMAIL_SENT } }",
    "offloads: { nightly-report: { description: Sends the report. } }",
);
pub(super) static PAYLOAD_CYCLE: Meta = error(
    "payload-cycle",
    Group::Names,
    "A payload extends or contains itself.",
    "No event could ever hold such a value.",
    "payloads: { A: { fields: { inner: { type: A } } } }\noffloads: { nightly-report: { payload: A } }",
    "payloads: { A: { extends: BackgroundDispatchEventData, fields: { inner: { type: string, optional: true } } } }\noffloads: { nightly-report: { payload: A } }",
);
pub(super) static BOUND_DOES_NOT_FIT: Meta = error(
    "bound-does-not-fit",
    Group::Shape,
    "A bound that the type of the field cannot have, or a field whose type is not said once.",
    "JSON Schema ignores a bound of another type without a word.",
    "payloads: { A: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true, minimum: 1 } } } }\noffloads: { nightly-report: { payload: A } }",
    "payloads: { A: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true, minLength: 1 } } } }\noffloads: { nightly-report: { payload: A } }",
);
pub(super) static RESPONSE_MISSING: Meta = error(
    "response-missing",
    Group::Responses,
    "A case of the dispatch branch has no response.",
    "Flag on and Inngest not configured is the state in which a route answers 202 and nothing runs; each \
     case needs an answer of its own.",
    "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only }, failed: { status: 503, mode: dispatch-failed } } }",
    "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
);
