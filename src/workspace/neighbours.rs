//! The packages of the workspace around an application, as far as the application needs them.
//!
//! A repository of many packages keeps the code of an application in several folders: the application imports a
//! package by its name, and the package manager has linked it. What lies beside the application is read where a
//! `package.json` or `pnpm-workspace.yaml` above says that the application is a part of it, and where the
//! application depends on it, over however many others. Nothing is looked for above the repository, no link is
//! followed, and nothing is ever written there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::application::{is_skipped, list};
use crate::conform::paths::{Package, is_member, leads_to_members, members_of_pnpm};

/// The files of those packages, and what configures the whole, as paths from the root: they begin with `..`. Beside
/// them the folders that they lie in.
pub(super) fn neighbours(root: &Path) -> Neighbours {
    find(root).unwrap_or_default()
}

/// What lies beside an application and belongs to it.
#[derive(Debug, Default)]
pub(super) struct Neighbours {
    /// Files.
    pub(super) files: Vec<String>,
    /// The folders of packages.
    pub(super) folders: Vec<String>,
}

fn find(root: &Path) -> Option<Neighbours> {
    let root = fs::canonicalize(root).ok()?;
    let own = package(&root, "")?;
    if own.dependencies.is_empty() || !members(&root).is_empty() {
        return None;
    }
    let (mut top, mut inside, mut up) = (root.clone(), Vec::new(), String::new());
    let patterns = loop {
        // Above the repository is somebody else's.
        if top.join(".git").exists() {
            return None;
        }
        inside.insert(0, top.file_name()?.to_str()?.to_owned());
        up.push_str("../");
        top.pop();
        let patterns = members(&top);
        if is_member(&inside.join("/"), &patterns) {
            break patterns;
        }
    };
    let mut packages = BTreeMap::new();
    collect(&top, "", &patterns, &mut packages);
    let mut due: Vec<&String> = own.dependencies.keys().collect();
    let mut needed = BTreeSet::new();
    while let Some(name) = due.pop() {
        if let Some((folder, package)) = packages.get(name)
            && *folder != inside.join("/")
            && needed.insert(folder)
        {
            due.extend(package.dependencies.keys());
        }
    }
    let configuring =
        fs::read_dir(&top).ok()?.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let names = configuring.filter_map(|entry| entry.file_name().into_string().ok());
    let mut files: Vec<String> = names.filter(|name| configures(name)).map(|name| format!("{up}{name}")).collect();
    for folder in &needed {
        files.extend(list(&top.join(folder), &format!("{up}{folder}/")));
    }
    Some(Neighbours { files, folders: needed.into_iter().map(|folder| format!("{up}{folder}")).collect() })
}

/// The packages of a workspace by name, with their folders; of two of one name the first.
fn collect(folder: &Path, inside: &str, patterns: &[String], packages: &mut BTreeMap<String, (String, Package)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let folders = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut names: Vec<String> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !is_skipped(name));
    names.sort_unstable();
    for name in names {
        let (below, inside) = (folder.join(&name), format!("{inside}{name}"));
        if is_member(&inside, patterns)
            && let Some(package) = package(&below, &inside)
            && let Some(name) = package.name.clone()
        {
            packages.entry(name).or_insert((inside.clone(), package));
        }
        if leads_to_members(&inside, patterns) {
            collect(&below, &format!("{inside}/"), patterns, packages);
        }
    }
}

/// What the `package.json` of a folder says.
fn package(folder: &Path, inside: &str) -> Option<Package> {
    Package::parse(inside, &fs::read_to_string(folder.join("package.json")).ok()?)
}

/// The patterns of the folders that are packages of a workspace; none where there is no workspace.
fn members(top: &Path) -> Vec<String> {
    let npm = package(top, "").map(|package| package.members);
    let pnpm = fs::read_to_string(top.join("pnpm-workspace.yaml")).ok().map(|text| members_of_pnpm(&text));
    npm.into_iter().chain(pnpm).flatten().collect()
}

/// Whether a file at the top of a workspace says how imports are resolved below.
fn configures(name: &str) -> bool {
    name == "pnpm-workspace.yaml" || name.ends_with(".json") && !name.contains("lock")
}
