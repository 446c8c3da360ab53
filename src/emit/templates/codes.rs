//! The faults of a team's own templates.

use crate::diagnostic::Severity;
use crate::rule::{Example, Group, Meta};

/// Every code of templates.
pub static CODES: &[&Meta] = &[&UNKNOWN, &SYNTAX, &NAME, &FAILED];

const fn code(id: &'static str, summary: &'static str, why: &'static str, case: &'static str) -> Meta {
    let bad = Example::Files(case);
    let good = Example::Files("templates-clean");
    Meta { id, severity: Severity::Error, group: Group::Templates, summary, why, bad, good }
}

pub(super) static UNKNOWN: Meta = code(
    "template-unknown",
    "A file in the templates folder replaces no template.",
    "Its name is misspelt or the template no longer exists, and the built-in template is used without notice.",
    "templates-unknown",
);
pub(super) static SYNTAX: Meta =
    code("template-syntax", "A template cannot be read.", "Nothing can be printed with it.", "templates-syntax");
pub(super) static NAME: Meta = code(
    "template-unknown-name",
    "A template uses a name that it is not given.",
    "Printing would fail for the first contract that reaches that line, which may be someone else's.",
    "templates-names",
);
pub(super) static FAILED: Meta = code(
    "template-failed",
    "A template could not print this contract.",
    "Nothing was written, because half of the files would belong to another contract.",
    "templates-failed",
);
