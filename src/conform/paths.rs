//! Which file an import of TypeScript means, as TypeScript resolves modules, over a set of known paths.
//!
//! Paths are relative to the application. What lies beside it, in the workspace that it is a part of, begins with `..`.
//!
//! It knows relative imports, `paths` and `baseUrl` of `tsconfig.json`, `imports` of `package.json` and
//! the packages of a workspace. What is in `node_modules` is a package and no more. Nothing here reads
//! the disk: paths and the texts of configurations are given. Where TypeScript depends on options that do
//! not change which file of the repository is meant, such as `moduleResolution`, the most lenient is
//! taken: a file that could be meant is found.

mod config;
mod package;

use std::collections::{HashMap, HashSet};

use config::Config;
use package::Workspace;
pub use package::{Package, is_member, leads_to_members, members_of_pnpm};

/// What an import means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved<'f> {
    /// A file of the application.
    File(&'f str),
    /// A package that is not a part of the repository, or a module of the platform, by its name.
    Package(String),
    /// Nothing: no file is there, and no package can have this name.
    Missing,
}

/// Knows the files of an application and how its imports are to be read.
#[derive(Debug)]
pub struct Resolver<'f> {
    files: HashSet<&'f str>,
    /// By folder.
    configs: HashMap<&'f str, Config>,
    /// By folder.
    packages: HashMap<&'f str, Package>,
    workspace: Workspace<'f>,
    unreadable: Vec<&'f str>,
}

/// What TypeScript adds to a specifier, in its order. Declarations come last: they hold no code.
const ADDED: [&str; 11] = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json", ".d.ts", ".d.mts"];

/// What is written for an extension that only the compiled file has.
const REPLACED: [(&str, &[&str]); 4] = [
    (".js", &[".ts", ".tsx", ".js", ".jsx", ".d.ts"]),
    (".jsx", &[".tsx", ".ts", ".jsx", ".js", ".d.ts"]),
    (".mjs", &[".mts", ".mjs", ".d.mts"]),
    (".cjs", &[".cts", ".cjs", ".d.cts"]),
];

impl<'f> Resolver<'f> {
    /// Takes the paths of all files, from the root with `/`, and the texts of those that configure:
    /// `tsconfig.json`, `jsconfig.json` and what they extend, `package.json`, `pnpm-workspace.yaml`.
    pub fn new(files: impl IntoIterator<Item = &'f String>, read: impl Fn(&str) -> Option<String>) -> Self {
        let files: HashSet<&'f str> = files.into_iter().map(String::as_str).collect();
        let mut named: Vec<&'f str> = files.iter().copied().filter(|path| !is_installed(path)).collect();
        named.sort_unstable();
        let mut resolver = Self {
            files,
            configs: HashMap::new(),
            packages: HashMap::new(),
            workspace: Workspace::default(),
            unreadable: Vec::new(),
        };
        for path in named.iter().copied().filter(|path| file_name(path) == "package.json") {
            match read(path).and_then(|text| Package::parse(folder(path), &text)) {
                Some(package) => _ = resolver.packages.insert(folder(path), package),
                None => resolver.unreadable.push(path),
            }
        }
        let pnpm = named.iter().copied().filter(|path| file_name(path) == "pnpm-workspace.yaml");
        let pnpm: Vec<(&str, String)> = pnpm.filter_map(|path| Some((folder(path), read(path)?))).collect();
        resolver.workspace = Workspace::new(&resolver.packages, &pnpm);
        for name in ["tsconfig.json", "jsconfig.json"] {
            for path in named.iter().copied().filter(|path| file_name(path) == name) {
                if resolver.configs.contains_key(folder(path)) {
                    continue;
                }
                match Config::load(path, &resolver, &read) {
                    Some(config) => _ = resolver.configs.insert(folder(path), config),
                    None => resolver.unreadable.push(path),
                }
            }
        }
        resolver
    }

    /// The configurations that could not be read: imports are resolved as if they were not there.
    pub fn unreadable(&self) -> &[&'f str] {
        &self.unreadable
    }

    /// What a specifier means in a file.
    pub fn resolve(&self, importer: &str, specifier: &str) -> Resolved<'f> {
        // What bundlers are told behind a `?` is no part of the path.
        let specifier = specifier.split('?').next().unwrap_or(specifier);
        let found = |file: Option<&'f str>| file.map_or(Resolved::Missing, Resolved::File);
        if is_relative(specifier) {
            return found(
                join(folder(importer), specifier).and_then(|path| self.module(&path, ends_in_folder(specifier))),
            );
        }
        let config = nearest(folder(importer), &self.configs);
        let (alias, aliased) = config.map_or((None, false), |config| config.alias(specifier, self));
        if let Some(file) = alias {
            return Resolved::File(file);
        }
        if specifier.starts_with('#') {
            return found(self.import_of_package(importer, specifier));
        }
        if let Some(file) = config.and_then(|config| config.below_base(specifier, self)) {
            return Resolved::File(file);
        }
        if has_scheme(specifier) {
            return Resolved::Package(specifier.to_owned());
        }
        let Some((name, rest)) = package_name(specifier) else { return Resolved::Missing };
        let own = nearest(folder(importer), &self.packages).filter(|own| own.name.as_deref() == Some(name));
        if let Some(package) = own.or_else(|| self.workspace.package(name, &self.packages)) {
            return match package.export(rest, self) {
                package::Export::File(file) => Resolved::File(file),
                // It is there once it is built.
                package::Export::NotBuilt => Resolved::Package(name.to_owned()),
                package::Export::Nothing => Resolved::Missing,
            };
        }
        if aliased && !self.depends(importer, name) {
            return Resolved::Missing;
        }
        Resolved::Package(name.to_owned())
    }

    /// Whether an import that leads nowhere is a fault for sure: no configuration knows its name, or the folder is there
    /// that it names and has no such file. What lies in a folder that is not there may be written by a build.
    pub fn is_dead(&self, importer: &str, specifier: &str) -> bool {
        let specifier = specifier.split('?').next().unwrap_or(specifier);
        if is_relative(specifier) {
            return join(folder(importer), specifier).is_some_and(|path| self.has_folder(folder(&path)));
        }
        let places =
            nearest(folder(importer), &self.configs).map(|config| config.places(specifier)).unwrap_or_default();
        if places.is_empty() {
            // No package has such a name.
            return specifier.starts_with("@/") || specifier.starts_with("~/");
        }
        places.iter().any(|place| self.has_folder(folder(place)))
    }

    fn has_folder(&self, folder: &str) -> bool {
        let is_inside = |path: &&str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        folder.is_empty() || self.files.iter().any(is_inside)
    }

    /// `#name` of the package that a file belongs to.
    fn import_of_package(&self, importer: &str, specifier: &str) -> Option<&'f str> {
        let package = nearest(folder(importer), &self.packages)?;
        package.import(specifier, |target| {
            if target.starts_with("./") {
                return self.built_or_source(&package.folder, target);
            }
            // A name that leads to names could lead to itself.
            match (!target.starts_with('#')).then(|| self.resolve(importer, target)) {
                Some(Resolved::File(file)) => Some(file),
                _ => None,
            }
        })
    }

    /// The `package.json` that says of a package, which a file imports, that it is of the same repository, where no
    /// workspace has it. One that is there and has to be built first is a package like any other.
    pub fn claimed(&self, importer: &str, name: &str) -> Option<String> {
        let package = nearest(folder(importer), &self.packages).filter(|package| package.needs_own(name))?;
        let is_there = self.workspace.package(name, &self.packages).is_some();
        (!is_there).then(|| under(&package.folder, "package.json"))
    }

    fn depends(&self, importer: &str, name: &str) -> bool {
        let above = ancestors(folder(importer)).filter_map(|folder| self.packages.get(folder));
        above.into_iter().any(|package| package.dependencies.contains_key(name))
    }

    /// The file that a path without or with an extension means, or that of a folder.
    fn module(&self, path: &str, folder_only: bool) -> Option<&'f str> {
        let file = if folder_only { None } else { self.file(path) };
        file.or_else(|| self.index(path))
    }

    fn file(&self, path: &str) -> Option<&'f str> {
        for (written, instead) in REPLACED {
            if let Some(stem) = path.strip_suffix(written).filter(|stem| !stem.is_empty() && !stem.ends_with('/')) {
                let mut candidates = instead.iter().map(|extension| format!("{stem}{extension}"));
                if let Some(file) = candidates.find_map(|path| self.known(&path)) {
                    return Some(file);
                }
            }
        }
        if let Some(file) = self.known(path) {
            return Some(file);
        }
        let mut candidate = String::with_capacity(path.len() + 6);
        ADDED.iter().find_map(|extension| {
            candidate.clear();
            candidate.push_str(path);
            candidate.push_str(extension);
            self.known(&candidate)
        })
    }

    /// The file of a folder: what its `package.json` names, or `index`.
    fn index(&self, path: &str) -> Option<&'f str> {
        let named = self.packages.get(path).and_then(|package| {
            package.main.iter().find_map(|target| join(path, target).and_then(|path| self.file(&path)))
        });
        named.or_else(|| self.file(&under(path, "index")))
    }

    /// A target of a `package.json`. What is built is not in the repository: its source is.
    fn built_or_source(&self, package: &str, target: &str) -> Option<&'f str> {
        let path = join(package, target)?;
        self.module(&path, ends_in_folder(target)).or_else(|| {
            let inside = path.strip_prefix(package)?.trim_start_matches('/');
            let (output, rest) = inside.split_once('/')?;
            if !["dist", "build", "lib", "out"].contains(&output) {
                return None;
            }
            // One more folder is that of a format: `dist/esm/index.js`.
            let deeper = rest.split_once('/').map(|(_, rest)| rest);
            let source = |rest: &str| self.file(&under(package, &format!("src/{}", undeclared(rest))));
            source(rest).or_else(|| deeper.and_then(source))
        })
    }

    fn known(&self, path: &str) -> Option<&'f str> {
        self.files.get(path).copied()
    }
}

/// `index.d.ts` as what it was made of: `index.js`.
fn undeclared(path: &str) -> String {
    path.strip_suffix(".d.ts").map_or_else(|| path.to_owned(), |stem| format!("{stem}.js"))
}

/// The value of the nearest folder that has one.
fn nearest<'m, T>(folder: &str, map: &'m HashMap<&str, T>) -> Option<&'m T> {
    ancestors(folder).find_map(|folder| map.get(folder))
}

/// A folder and those above it, down to the root, or to that of the workspace around it.
fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |path| match path.rsplit_once('/') {
        Some((_, "..")) => None,
        Some((above, _)) => Some(above),
        None => (!path.is_empty() && *path != "..").then_some(""),
    })
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn is_installed(path: &str) -> bool {
    path.split('/').any(|part| part == "node_modules")
}

/// A path below a folder of the application.
fn under(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A relative path, seen from a folder; `None` for one that is none.
fn join(folder: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_none_or(|last| *last == "..") => parts.push(".."),
            ".." => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn is_relative(specifier: &str) -> bool {
    specifier == "." || specifier == ".." || specifier.starts_with("./") || specifier.starts_with("../")
}

fn ends_in_folder(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("" | "." | ".."))
}

/// `node:fs`, `https://…`: no path and no package of the registry.
fn has_scheme(specifier: &str) -> bool {
    specifier.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    })
}

/// Name and path inside of a package; `None` when no package can have the name.
fn package_name(specifier: &str) -> Option<(&str, &str)> {
    let slash = |text: &str| text.find('/').unwrap_or(text.len());
    let end = if specifier.starts_with('@') {
        let scope = slash(specifier);
        scope + 1 + slash(specifier.get(scope + 1..)?)
    } else {
        slash(specifier)
    };
    let (name, rest) = (specifier.get(..end)?, specifier.get(end..)?);
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphanumeric())
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
    };
    let words = name.strip_prefix('@').unwrap_or(name).split('/');
    words.into_iter().all(is_word).then(|| (name, rest.trim_start_matches('/')))
}

/// A name with at most one `*`, as `paths`, `imports` and `exports` have them.
#[derive(Debug)]
struct Pattern {
    before: String,
    /// What follows the `*`; `None` without one.
    after: Option<String>,
}

impl Pattern {
    fn parse(text: &str) -> Self {
        match text.split_once('*') {
            Some((before, after)) => Self { before: before.to_owned(), after: Some(after.to_owned()) },
            None => Self { before: text.to_owned(), after: None },
        }
    }

    /// What the `*` stands for; empty without one.
    fn matches<'s>(&self, name: &'s str) -> Option<&'s str> {
        match &self.after {
            None => (name == self.before).then_some(""),
            Some(after) => name.strip_prefix(self.before.as_str())?.strip_suffix(after.as_str()),
        }
    }

    /// The closer of two that match: exact before `*`, then the longer beginning, then the longer end.
    fn closeness(&self) -> (bool, usize, usize) {
        (self.after.is_none(), self.before.len(), self.after.as_ref().map_or(0, String::len))
    }
}

/// The closest pattern of several, with what its `*` stands for.
fn closest<'p, 's, T>(
    patterns: impl IntoIterator<Item = (&'p Pattern, T)>,
    name: &'s str,
) -> Option<(&'p Pattern, T, &'s str)> {
    let matching = patterns.into_iter().filter_map(|(pattern, value)| Some((pattern, value, pattern.matches(name)?)));
    matching.max_by_key(|(pattern, ..)| pattern.closeness())
}
