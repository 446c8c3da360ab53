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
    "A name refers to nothing in the contract.",
    "The code cannot be checked against a reference that does not resolve.",
    "offloads: { nightly-report: { payload: NoSuchPayload } }",
    "offloads: { nightly-report: { payload: BackgroundDispatchEventData } }",
);
pub(super) static BAD_NAME: Meta = error(
    "bad-name",
    Group::Names,
    "A name has a form that is not allowed there.",
    "Names become identifiers, variables, routes and files; a name that is invalid for one of them would fail late.",
    "offloads: { nightly-report: { flag: nightly report flag } }",
    "offloads: { nightly-report: { flag: CRON_NIGHTLY_REPORT_USE_INNGEST } }",
);
pub(super) static BAD_PATTERN: Meta = error(
    "bad-pattern",
    Group::Keys,
    "A pattern is not valid.",
    "A pattern that is not expanded gives every call the same key: one run in 24 hours.",
    "offloads: { nightly-report: { dispatchKey: \"cron:{job}:{windw}\" } }",
    "offloads: { nightly-report: { dispatchKey: \"cron:{job}:{window}\" } }",
);
pub(super) static VALUE_NOT_IN_CALL: Meta = error(
    "value-not-in-call",
    Group::Keys,
    "A pattern uses a value that is not available there or in calls of this offload.",
    "The dispatcher would have no value for it, so it could not make the key.",
    "offloads: { nightly-report: { dispatchKey: \"cron:{job}:{window}:{paramsHash}\" } }",
    "offloads: { nightly-report: { params: { allow: [clientId] }, dispatchKey: \"cron:{job}:{window}[:{paramsHash}]\" } }",
);
pub(crate) static BAD_DURATION: Meta = error(
    "bad-duration",
    Group::Shape,
    "A duration has a form that the platform does not read.",
    "Inngest reads compact durations (`5m`, `1h30m`); others fail to compile or are silently ignored.",
    "offloads: { nightly-report: { window: 5 minutes } }",
    "offloads: { nightly-report: { window: 5m } }",
);
pub(super) static BAD_SCHEDULE: Meta = error(
    "bad-schedule",
    Group::Keys,
    "A schedule is rejected by the platform, or never occurs.",
    "Vercel or Inngest reject nicknames, names, six fields, day 7 of the week, and days of both the month and the \
     week; 31 February is accepted and never occurs.",
    "offloads: { nightly-report: { schedule: \"@daily\", window: 24h } }",
    "offloads: { nightly-report: { schedule: \"0 0 * * *\", window: 24h } }",
);
pub(super) static BAD_PATH: Meta = error(
    "bad-path",
    Group::Scope,
    "A path leaves the root, or is not valid on every file system.",
    "A spec from a stranger's pull request must not read or write outside of the repository.",
    "targets: { docs: { out: ../elsewhere } }",
    "targets: { docs: { out: docs/inngest } }",
);
pub(super) static BAD_CONDITION: Meta = error(
    "bad-condition",
    Group::Flags,
    "A condition has none or several of its properties, or an empty list.",
    "Readers would have to guess whether several properties are combined with `and` or with `or`.",
    "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { enabledWhen: { on: A, set: B }, rollback: { set: { A: \"false\" } } } } }",
    "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { enabledWhen: { allOf: [{ on: A }, { set: B }] }, rollback: { set: { A: \"false\" } } } } }",
);
pub(super) static MISSING_VALUE: Meta = error(
    "missing-value",
    Group::Shape,
    "A value that this kind of offload needs is missing.",
    "A cron offload without a schedule has no ticks; for existing code, there are no defaults.",
    "offloads: { nightly-report: { schedule: null } }",
    "offloads: { nightly-report: { schedule: \"*/5 * * * *\" } }",
);
pub(super) static DOES_NOT_BELONG: Meta = error(
    "does-not-belong",
    Group::Shape,
    "A value has no meaning in combination with the others.",
    "Readers would rely on a value that has no effect.",
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
    "A bound does not apply to the type of the field, or the field does not have exactly one type.",
    "JSON Schema silently ignores a bound for another type.",
    "payloads: { A: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true, minimum: 1 } } } }\noffloads: { nightly-report: { payload: A } }",
    "payloads: { A: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true, minLength: 1 } } } }\noffloads: { nightly-report: { payload: A } }",
);
pub(super) static RESPONSE_MISSING: Meta = error(
    "response-missing",
    Group::Responses,
    "A case of the dispatch branch has no response.",
    "Each case needs its own answer: with the flag on and Inngest not configured, a route could otherwise answer 202 \
     although nothing runs.",
    "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only }, failed: { status: 503, mode: dispatch-failed } } }",
    "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
);
