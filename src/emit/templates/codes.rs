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
    "A file among the templates takes the place of none.",
    "Its name is mistyped or the template is gone, and the built-in one is printed without a word.",
    "templates-unknown",
);
pub(super) static SYNTAX: Meta =
    code("template-syntax", "A template cannot be read.", "Nothing can be printed with it.", "templates-syntax");
pub(super) static NAME: Meta = code(
    "template-unknown-name",
    "A template names what it is not given.",
    "It would fail on the first contract that reaches that line, which may be someone else's.",
    "templates-names",
);
pub(super) static FAILED: Meta = code(
    "template-failed",
    "A template could not print this contract.",
    "Nothing was written: half of the files would be of another contract.",
    "templates-failed",
);
