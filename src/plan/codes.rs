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
    "A generated file is not there.",
    "The code that imports it does not compile, or runs with what an older build left.",
    "drift-missing",
);
pub(super) static OUTDATED: Meta = code(
    "generated-outdated",
    "A generated file is not what the spec gives today.",
    "The spec says one thing and production runs another.",
    "drift-outdated",
);
pub(super) static EDITED: Meta = code(
    "generated-edited",
    "A generated file was changed by hand.",
    "The change is lost with the next run, and the contract does not know of it until then.",
    "drift-edited",
);
pub(super) static STALE: Meta = code(
    "generated-stale",
    "A generated file belongs to nothing in the spec any more.",
    "A dispatcher or a schema that the contract dropped can still be imported.",
    "drift-stale",
);
pub(super) static FOREIGN: Meta = code(
    "file-not-generated",
    "A file that was not generated stands where a generated one belongs.",
    "Overwriting it could lose a person's work.",
    "drift-foreign",
);
pub(super) static OF_SPEC: Meta = code(
    "generated-by-two-specs",
    "Another spec generates a file of the same name.",
    "Each run of the one undoes what the other wrote: the code follows whichever ran last.",
    "drift-two-specs",
);
pub(super) static OBSTRUCTED: Meta = code(
    "path-obstructed",
    "A folder, a link or a special file stands where a generated file belongs.",
    "Writing through a link would leave the root; a folder cannot be replaced by a file.",
    "drift-obstructed",
);
pub(super) static HANDLER_MISSING: Meta = code(
    "handler-missing",
    "The handler of a function is not there.",
    "The registry imports every handler: without it the application does not compile.",
    "drift-handler-missing",
);
