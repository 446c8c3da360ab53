//! The faults of files.

use crate::diagnostic::Severity;
use crate::rule::{Example, Group, Meta};

/// Every code of drift.
pub static CODES: &[&Meta] = &[&MISSING, &OUTDATED, &EDITED, &STALE, &FOREIGN, &OF_SPEC, &OBSTRUCTED, &HANDLER_MISSING];

const fn code(id: &'static str, summary: &'static str, why: &'static str, case: &'static str) -> Meta {
    let files = Example::Files(case);
    Meta {
        id,
        severity: Severity::Error,
        group: Group::Drift,
        summary,
        why,
        bad: files,
        good: Example::Files("drift-clean"),
    }
}

pub(super) static MISSING: Meta = code(
    "generated-missing",
    "A generated file is missing.",
    "The code that imports it does not compile, or uses the output of an older build.",
    "drift-missing",
);
pub(super) static OUTDATED: Meta = code(
    "generated-outdated",
    "A generated file is out of date.",
    "Production would run something else than the spec says.",
    "drift-outdated",
);
pub(super) static EDITED: Meta = code(
    "generated-edited",
    "A generated file was changed by hand.",
    "The change is not part of the contract, and is lost with the next `generate --force`.",
    "drift-edited",
);
pub(super) static STALE: Meta = code(
    "generated-stale",
    "A generated file no longer belongs to anything in the spec.",
    "Code can still import a dispatcher or a schema that is no longer in the contract.",
    "drift-stale",
);
pub(super) static FOREIGN: Meta = code(
    "file-not-generated",
    "A file that was not generated is in the place of a generated one.",
    "Overwriting it could destroy hand-written code.",
    "drift-foreign",
);
pub(super) static OF_SPEC: Meta = code(
    "generated-by-two-specs",
    "Another spec generates a file with the same name.",
    "Each run for one spec overwrites what the run for the other one wrote.",
    "drift-two-specs",
);
pub(super) static OBSTRUCTED: Meta = code(
    "path-obstructed",
    "A folder, a link or a special file is in the place of a generated file.",
    "Writing through a link could leave the root, and a folder cannot be replaced by a file.",
    "drift-obstructed",
);
pub(super) static HANDLER_MISSING: Meta = code(
    "handler-missing",
    "The handler of a function is missing.",
    "The registry imports every handler, so the application does not compile without it.",
    "drift-handler-missing",
);
