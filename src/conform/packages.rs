//! Packages that decide what an application does, as TypeScript that gives what they give: it is run as the code of the
//! application is. Of other packages nothing is known.
//!
//! What such code does is done where the application calls it: no finding points at it. Names that are there for it
//! alone: `$isUnknown(value)`, `$unknown()`, `$given()`, which is unknown as well and made of what the world says by
//! something that is not modelled, `$open(object)`, which lets an object have further members,
//! `$fits(value)`, whether an unknown value is as it has to be, `$isLate()`, whether a timer calls it, `$isMadeUp(text)`,
//! whether the world made it up, and `$isOther(environment, name)`, whether a variable is one that neither contract nor
//! secret names.

use std::sync::{Arc, LazyLock};

use crate::source::Source;

/// What imports name, and the code that stands for it.
const PACKAGES: [(&[&str], &str, &str); 3] = [
    (&["zod", "zod/v3", "zod/v4"], "node_modules/zod/index.ts", include_str!("packages/zod.ts")),
    (
        &["@t3-oss/env-nextjs", "@t3-oss/env-core"],
        "node_modules/@t3-oss/env-core/index.ts",
        include_str!("packages/t3-env.ts"),
    ),
    (
        &["async_hooks", "node:async_hooks"],
        "node_modules/async_hooks/index.ts",
        include_str!("packages/async_hooks.ts"),
    ),
];

static SOURCES: LazyLock<Vec<Arc<Source>>> =
    LazyLock::new(|| PACKAGES.iter().map(|(_, path, text)| Arc::new(Source::new(*path, (*text).to_owned()))).collect());

/// The path of the code that stands for what an import names.
pub(super) fn path(request: &str) -> Option<&'static str> {
    PACKAGES.iter().find(|(requests, ..)| requests.contains(&request)).map(|(_, path, _)| *path)
}

/// That code.
pub(super) fn source(path: &str) -> Option<&'static Arc<Source>> {
    SOURCES.iter().find(|source| source.path() == path)
}
