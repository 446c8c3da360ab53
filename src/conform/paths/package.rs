//! `package.json`: names, `exports`, `imports`, and which folders are packages of a workspace.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Pattern, Resolver, closest};
use crate::conform::jsonc;

/// What a `package.json` says of imports.
#[derive(Debug)]
pub struct Package {
    pub(super) folder: String,
    /// Its name.
    pub name: Option<String>,
    /// Files that stand for the whole, the best first.
    pub(super) main: Vec<String>,
    /// The packages that it needs, with which of their versions will do.
    pub dependencies: HashMap<String, String>,
    /// Patterns of the folders that are packages of its workspace.
    pub members: Vec<String>,
    exports: Vec<(Pattern, Vec<String>)>,
    imports: Vec<(Pattern, Vec<String>)>,
}

/// What a package gives for a path inside of it.
pub(super) enum Export<'f> {
    /// A file of the repository.
    File(&'f str),
    /// A file that is there once the package is built.
    NotBuilt,
    /// Nothing.
    Nothing,
}

impl Package {
    /// Reads a `package.json` of a folder; `None` when it is none.
    pub fn parse(folder: &str, text: &str) -> Option<Self> {
        let value = jsonc::parse(text).ok().filter(Value::is_object)?;
        let text = |key: &str| value[key].as_str().map(str::to_owned);
        let kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
        let needed = kinds.iter().filter_map(|kind| value[*kind].as_object()).flatten();
        let needed = needed.map(|(name, version)| (name.clone(), version.as_str().unwrap_or_default().to_owned()));
        let members = value["workspaces"].as_array().or_else(|| value["workspaces"]["packages"].as_array());
        let exports = match &value["exports"] {
            Value::Object(map) if map.keys().any(|key| key.starts_with('.')) => table(map),
            Value::Null => Vec::new(),
            whole => vec![(Pattern::parse("."), targets(whole))],
        };
        Some(Self {
            folder: folder.to_owned(),
            name: text("name"),
            main: ["source", "module", "main", "types", "typings"].iter().filter_map(|key| text(key)).collect(),
            dependencies: needed.collect(),
            members: members.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect(),
            exports,
            imports: value["imports"].as_object().map(table).unwrap_or_default(),
        })
    }

    /// Whether it needs a package that is no registry's but of the same repository.
    pub(super) fn needs_own(&self, name: &str) -> bool {
        let is_own = |version: &String| ["workspace:", "link:", "portal:"].iter().any(|kind| version.starts_with(kind));
        self.dependencies.get(name).is_some_and(is_own)
    }

    /// The file of a path inside of the package; of the whole when the path is empty.
    pub(super) fn export<'f>(&self, inside: &str, resolver: &Resolver<'f>) -> Export<'f> {
        let key = if inside.is_empty() { ".".to_owned() } else { format!("./{inside}") };
        let named = find(&self.exports, &key);
        let main = if inside.is_empty() { self.main.as_slice() } else { &[] };
        let targets: Vec<String> = named.into_iter().flatten().chain(main.iter().cloned()).collect();
        // A path that `exports` does not name is found all the same: older resolutions do not look there.
        let plain = if inside.is_empty() { "./".to_owned() } else { format!("./{inside}") };
        let mut candidates = targets.iter().chain([&plain]);
        match candidates.find_map(|target| resolver.built_or_source(&self.folder, target)) {
            Some(file) => Export::File(file),
            None if targets.is_empty() => Export::Nothing,
            None => Export::NotBuilt,
        }
    }

    /// The first target of a `#name` that leads somewhere.
    pub(super) fn import<T>(&self, name: &str, lead: impl Fn(&str) -> Option<T>) -> Option<T> {
        find(&self.imports, name)?.iter().find_map(|target| lead(target))
    }
}

fn find(table: &[(Pattern, Vec<String>)], name: &str) -> Option<Vec<String>> {
    let (_, targets, star) = closest(table.iter().map(|(pattern, targets)| (pattern, targets)), name)?;
    Some(targets.iter().map(|target| target.replace('*', star)).collect())
}

fn table(map: &Map<String, Value>) -> Vec<(Pattern, Vec<String>)> {
    map.iter().map(|(key, value)| (Pattern::parse(key), targets(value))).collect()
}

/// The targets under all conditions in the order in which they are written; declarations last, since
/// they hold no code.
fn targets(value: &Value) -> Vec<String> {
    match value {
        Value::String(target) => vec![target.clone()],
        Value::Array(many) => many.iter().flat_map(targets).collect(),
        Value::Object(conditions) => {
            let (types, code): (Vec<_>, Vec<_>) = conditions.iter().partition(|(key, _)| key.starts_with("types"));
            code.into_iter().chain(types).flat_map(|(_, value)| targets(value)).collect()
        }
        _ => Vec::new(),
    }
}

/// The packages of all workspaces, by name.
#[derive(Debug, Default)]
pub(super) struct Workspace<'f> {
    members: HashMap<String, &'f str>,
}

impl<'f> Workspace<'f> {
    /// `pnpm` has the folders and texts of `pnpm-workspace.yaml`.
    pub(super) fn new(packages: &HashMap<&'f str, Package>, pnpm: &[(&str, String)]) -> Self {
        let npm = packages.values().map(|package| (package.folder.as_str(), package.members.clone()));
        let pnpm = pnpm.iter().map(|(folder, text)| (*folder, members_of_pnpm(text)));
        let workspaces: Vec<(&str, Vec<String>)> = npm.chain(pnpm).filter(|(_, members)| !members.is_empty()).collect();
        let mut folders: Vec<&&'f str> = packages.keys().collect();
        folders.sort_unstable();
        let mut members = HashMap::new();
        for folder in folders {
            let holds = |(root, patterns): &(&str, Vec<String>)| {
                let inside = if root.is_empty() { Some(*folder) } else { folder.strip_prefix(root)?.strip_prefix('/') };
                inside.filter(|inside| is_member(inside, patterns))
            };
            if let Some(name) = packages.get(*folder).and_then(|package| package.name.clone())
                && workspaces.iter().any(|workspace| holds(workspace).is_some())
            {
                members.entry(name).or_insert(*folder);
            }
        }
        Self { members }
    }

    /// The package of a name.
    pub(super) fn package<'p>(&self, name: &str, packages: &'p HashMap<&'f str, Package>) -> Option<&'p Package> {
        self.members.get(name).and_then(|folder| packages.get(folder))
    }
}

/// The patterns of a `pnpm-workspace.yaml`.
pub fn members_of_pnpm(text: &str) -> Vec<String> {
    let value: Value = serde_yaml::from_str(text).unwrap_or_default();
    let members = value["packages"].as_array().into_iter().flatten();
    members.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Whether a folder may have packages below it, by the patterns of its workspace.
pub fn leads_to_members(folder: &str, patterns: &[String]) -> bool {
    let leads = |pattern: &String| {
        let mut names = folder.split('/').filter(|name| !name.is_empty());
        for part in pattern.split('/').filter(|part| !matches!(*part, "" | ".")) {
            match names.next() {
                None => return true,
                Some(_) if part == "**" => return true,
                Some(name) if Pattern::parse(part).matches(name).is_some() => {}
                Some(_) => return false,
            }
        }
        false
    };
    patterns.iter().filter(|pattern| !pattern.starts_with('!')).any(leads)
}

/// Whether the last pattern of a workspace that speaks of a folder takes it in.
pub fn is_member(folder: &str, patterns: &[String]) -> bool {
    patterns.iter().fold(false, |member, pattern| {
        let (wanted, pattern) = pattern.strip_prefix('!').map_or((true, pattern.as_str()), |rest| (false, rest));
        let parts: Vec<&str> = pattern.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let names: Vec<&str> = folder.split('/').collect();
        if matches(&parts, &names) { wanted } else { member }
    })
}

fn matches(parts: &[&str], names: &[&str]) -> bool {
    match (parts, names) {
        ([], []) => true,
        (["**", rest @ ..], _) => (0..=names.len()).any(|skipped| matches(rest, &names[skipped..])),
        ([part, rest @ ..], [name, after @ ..]) => Pattern::parse(part).matches(name).is_some() && matches(rest, after),
        _ => false,
    }
}
