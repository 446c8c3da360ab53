//! Where outputs went before: a `contract.json` names the folders that it was written with.

use serde::Deserialize;

use super::schemas;
use crate::artifact::names_spec;
use crate::contract::RelPath;

/// The part of a `contract.json` that says where outputs go.
#[derive(Deserialize)]
struct Former {
    targets: Targets,
}

#[derive(Deserialize)]
struct Targets {
    typescript: TypeScript,
    schemas: Option<String>,
    docs: Option<String>,
}

#[derive(Deserialize)]
struct TypeScript {
    out: String,
}

/// The folders that a `contract.json` of this spec names; none for one that lies elsewhere than it
/// says, since that is a copy.
pub fn former_folders(folder: &RelPath, text: &str, spec: &str) -> Vec<RelPath> {
    let Some(Former { targets }) = names_spec(text, spec).then(|| serde_json::from_str(text).ok()).flatten() else {
        return Vec::new();
    };
    if targets.typescript.out != folder.as_str() {
        return Vec::new();
    }
    let parse = |text: String| RelPath::parse(&text).ok();
    let docs = targets.docs.and_then(parse);
    let schemas = targets.schemas.and_then(parse).map(|out| schemas::folders_of(&out)).unwrap_or_default();
    [folder.clone()].into_iter().chain(docs).chain(schemas).collect()
}
