//! The packages of the workspace around an application, as far as the application needs them.
//!
//! A repository of many packages keeps the code of an application in several folders: the application imports a
//! package by its name, and the package manager has linked it. What lies beside the application is read where a
//! `package.json` or `pnpm-workspace.yaml` above says that the application is a part of it, and where the
//! application depends on it, over however many others. Nothing is looked for above the repository, no link is
//! followed, and nothing is ever written there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::application::{folders, list};
use crate::conform::paths::{Package, is_member, leads_to_members, members_of_pnpm};

/// What lies beside an application and belongs to it.
#[derive(Debug)]
pub(super) struct Neighbours {
    /// The folder of the workspace.
    top: PathBuf,
    /// The way there from the root: `../`, as often as it takes.
    up: String,
    /// The folders of the packages, from the top.
    needed: Vec<String>,
}

impl Neighbours {
    /// The neighbours of an application; `None` where it is no part of a workspace, or all of it.
    pub(super) fn of(root: &Path) -> Option<Self> {
        let mut top = fs::canonicalize(root).ok()?;
        let own = package(&top, "")?;
        if own.dependencies.is_empty() || !members(&top).is_empty() {
            return None;
        }
        let (mut inside, mut up) = (Vec::new(), String::new());
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
        let needed = needed.into_iter().cloned().collect();
        Some(Self { top, up, needed })
    }

    /// The folders of the packages, as paths from the root.
    pub(super) fn folders(&self) -> impl Iterator<Item = String> {
        self.needed.iter().map(|folder| format!("{}{folder}", self.up))
    }

    /// The files of the packages, and what configures the whole, as paths from the root.
    pub(super) fn files(&self) -> Vec<String> {
        let top = fs::read_dir(&self.top).into_iter().flatten().flatten();
        let names = top.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        let names = names.filter_map(|entry| entry.file_name().into_string().ok()).filter(|name| configures(name));
        let mut files: Vec<String> = names.map(|name| format!("{}{name}", self.up)).collect();
        for folder in &self.needed {
            files.extend(list(&self.top.join(folder), &format!("{}{folder}/", self.up)));
        }
        files
    }
}

/// The packages of a workspace by name, with their folders; of two of one name the first.
fn collect(folder: &Path, inside: &str, patterns: &[String], packages: &mut BTreeMap<String, (String, Package)>) {
    for (below, name) in folders(folder) {
        let inside = format!("{inside}{name}");
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
