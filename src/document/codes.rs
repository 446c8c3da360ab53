//! The faults of the YAML itself.

use crate::diagnostic::Severity;
use crate::rule::{Example, Group, Meta};

/// Every code of this stage.
pub static CODES: &[&Meta] = &[
    &SYNTAX,
    &NOT_UTF8,
    &TOO_LARGE,
    &TOO_DEEP,
    &EMPTY_DOCUMENT,
    &SEVERAL_DOCUMENTS,
    &DUPLICATE_KEY,
    &MERGE_KEY,
    &ALIAS,
    &TAG,
    &KEY_NOT_TEXT,
    &EMPTY_VALUE,
    &AMBIGUOUS_SCALAR,
];

const GOOD: Example = Example::Over("name: example");

const fn code(id: &'static str, summary: &'static str, why: &'static str, bad: Example) -> Meta {
    Meta { id, severity: Severity::Error, group: Group::Document, summary, why, bad, good: GOOD }
}

pub(super) static SYNTAX: Meta = code(
    "yaml-syntax",
    "The file is not valid YAML.",
    "A contract that cannot be parsed cannot be checked.",
    Example::Whole("version: 1\nname: \"example\noffloads: {}\n"),
);
pub(super) static NOT_UTF8: Meta = code(
    "yaml-not-utf8",
    "The file is not UTF-8.",
    "Bytes in another encoding would become other characters in event names and keys.",
    Example::Bytes(|| b"version: 1\nname: caf\xe9\n".to_vec()),
);
pub(super) static TOO_LARGE: Meta = code(
    "yaml-too-large",
    "The file is larger than 64 MiB.",
    "A file of that size is not a contract; reading it would only exhaust memory.",
    Example::Bytes(|| vec![b' '; crate::source::MAX_BYTES + 1]),
);
pub(super) static TOO_DEEP: Meta = code(
    "yaml-too-deep",
    "Maps or lists are nested more than 64 levels deep.",
    "The language needs about a dozen levels; more indicates an unclosed bracket or an attack on the parser.",
    Example::Bytes(|| vec![b'['; 100_000]),
);
pub(super) static EMPTY_DOCUMENT: Meta = code(
    "yaml-empty",
    "The file has no content.",
    "An empty contract would delete every generated file.",
    Example::Bytes(|| b"# nothing yet\n".to_vec()),
);
pub(super) static SEVERAL_DOCUMENTS: Meta = code(
    "yaml-several-documents",
    "The file has more than one document.",
    "Most YAML readers use the first document and silently drop the others.",
    Example::Whole("version: 1\nname: example\n---\nversion: 1\n"),
);
pub(super) static DUPLICATE_KEY: Meta = code(
    "yaml-duplicate-key",
    "A map contains the same key twice.",
    "YAML readers silently keep the last value, so the first one has no effect.",
    Example::Whole("version: 1\nname: example\nname: other\n"),
);
pub(super) static MERGE_KEY: Meta = code(
    "yaml-merge-key",
    "A merge key (`<<`) is used.",
    "Merge keys are no longer part of the YAML standard, and readers disagree on what they override.",
    Example::Whole("version: 1\nname: example\ndefaults:\n  <<: { cron: {} }\n"),
);
pub(super) static ALIAS: Meta = code(
    "yaml-alias",
    "An anchor or an alias is used.",
    "A reviewer would have to look elsewhere for the values of an offload, and nested aliases can grow without bound. \
     Values that offloads share belong under `defaults`.",
    Example::Whole("version: 1\nname: &name example\ndescription: *name\n"),
);
pub(super) static TAG: Meta = code(
    "yaml-tag",
    "A value has a tag (`!name`).",
    "Tags change the type of a value in ways that differ between readers.",
    Example::Whole("version: 1\nname: !!str example\n"),
);
pub(super) static KEY_NOT_TEXT: Meta = code(
    "yaml-key-not-text",
    "A key is a list or a map.",
    "Other tools that read the contract could not address such a key.",
    Example::Whole("version: 1\nname: example\n? [a, b]\n: value\n"),
);
pub(super) static EMPTY_VALUE: Meta = code(
    "yaml-empty-value",
    "A key has no value.",
    "An empty value is read as null, as if the key were absent, although it is written.",
    Example::Whole("version: 1\nname:\n"),
);
pub(super) static AMBIGUOUS_SCALAR: Meta = code(
    "yaml-ambiguous-scalar",
    "YAML readers disagree on the meaning of an unquoted value.",
    "`012` is ten for one tool and twelve for another, so they would work with different contracts.",
    Example::Whole("version: 1\nname: 012\n"),
);
