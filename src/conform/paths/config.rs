//! `tsconfig.json`: what `paths` and `baseUrl` come to when all that is extended is laid together.

use serde_json::{Map, Value};

use super::{Pattern, Resolver, closest, ends_in_folder, folder, join, package_name, under};
use crate::conform::jsonc;

/// What a configuration says of imports.
#[derive(Debug, Default)]
pub(super) struct Config {
    /// The folder that bare names are looked for in.
    base: Option<String>,
    /// Names with their targets, as paths from the root.
    aliases: Vec<(Pattern, Vec<String>)>,
    /// Configurations that this one only points at, having no file of its own.
    parts: Vec<Config>,
}

/// Deepest chain of `extends`; one that is longer goes in a circle.
const DEEPEST: usize = 16;

/// The compiler options that count, as far as a chain of `extends` has been read.
#[derive(Default)]
struct Read {
    base: Option<String>,
    /// With the folder that they are relative to without a `baseUrl`.
    paths: Option<(String, Map<String, Value>)>,
}

impl Config {
    /// Reads the configuration at a path with all that it extends; `None` when it cannot be read.
    pub(super) fn load(path: &str, resolver: &Resolver<'_>, read: &impl Fn(&str) -> Option<String>) -> Option<Self> {
        Self::load_parts(path, resolver, read, 0)
    }

    fn load_parts(
        path: &str,
        resolver: &Resolver<'_>,
        read: &impl Fn(&str) -> Option<String>,
        depth: usize,
    ) -> Option<Self> {
        let value = jsonc::parse(&read(path)?).ok().filter(Value::is_object)?;
        let top = folder(path);
        let options = options(&value, path, top, resolver, read, 0);
        let mut config = Self::default();
        if let Some((from, paths)) = options.paths {
            let from = options.base.as_deref().unwrap_or(&from);
            for (pattern, targets) in &paths {
                let targets = targets.as_array().into_iter().flatten().filter_map(Value::as_str);
                let targets = targets.filter_map(|target| place(target, from, top)).collect();
                config.aliases.push((Pattern::parse(pattern), targets));
            }
        }
        config.base = options.base;
        let empty = |key: &str| value[key].as_array().is_none_or(Vec::is_empty);
        let points_only = value["files"].is_array() && empty("files") && empty("include");
        if points_only && depth < DEEPEST {
            for part in value["references"].as_array().into_iter().flatten() {
                let part = part["path"].as_str().and_then(|part| join(top, part));
                let file = part.map(|part| if part.ends_with(".json") { part } else { under(&part, "tsconfig.json") });
                config.parts.extend(file.and_then(|file| Self::load_parts(&file, resolver, read, depth + 1)));
            }
        }
        Some(config)
    }

    /// What `paths` says of a name: the file, and whether a pattern that is more than `*` names it.
    pub(super) fn alias<'f>(&self, name: &str, resolver: &Resolver<'f>) -> (Option<&'f str>, bool) {
        let patterns = self.aliases.iter().map(|(pattern, targets)| (pattern, targets));
        let mut named = false;
        if let Some((pattern, targets, star)) = closest(patterns, name) {
            named = pattern.closeness() != (false, 0, 0);
            let mut paths = targets.iter().map(|target| target.replacen('*', star, 1));
            if let Some(file) = paths.find_map(|path| module(&path, resolver)) {
                return (Some(file), named);
            }
        }
        for part in &self.parts {
            let (file, so) = part.alias(name, resolver);
            named |= so;
            if file.is_some() {
                return (file, named);
            }
        }
        (None, named)
    }

    /// The paths at which `paths` says that a name is found, of the pattern that comes closest to it; none of `*`, which
    /// every package matches.
    pub(super) fn places(&self, name: &str) -> Vec<String> {
        let patterns = self.aliases.iter().map(|(pattern, targets)| (pattern, targets));
        let closest = closest(patterns, name).filter(|(pattern, ..)| pattern.closeness() != (false, 0, 0));
        let own = closest.into_iter().flat_map(|(_, targets, star)| {
            targets.iter().filter_map(move |target| join("", target.replacen('*', star, 1).trim_start_matches('/')))
        });
        own.chain(self.parts.iter().flat_map(|part| part.places(name))).collect()
    }

    /// The file that a bare name means below `baseUrl`.
    pub(super) fn below_base<'f>(&self, name: &str, resolver: &Resolver<'f>) -> Option<&'f str> {
        let own = self.base.as_ref().and_then(|base| module(&format!("{base}/{name}"), resolver));
        own.or_else(|| self.parts.iter().find_map(|part| part.below_base(name, resolver)))
    }
}

fn module<'f>(path: &str, resolver: &Resolver<'f>) -> Option<&'f str> {
    join("", path.trim_start_matches('/')).and_then(|tidy| resolver.module(&tidy, ends_in_folder(path)))
}

/// The options of a configuration laid over those that it extends.
fn options(
    value: &Value,
    path: &str,
    top: &str,
    resolver: &Resolver<'_>,
    read: &impl Fn(&str) -> Option<String>,
    depth: usize,
) -> Read {
    let mut out = Read::default();
    let extended: Vec<&str> = match &value["extends"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    for name in extended.into_iter().filter(|_| depth < DEEPEST) {
        let found = extended_file(name, folder(path), resolver);
        let Some((file, text)) = found.into_iter().find_map(|file| read(&file).map(|text| (file, text))) else {
            continue;
        };
        let Ok(value) = jsonc::parse(&text) else { continue };
        let below = options(&value, &file, top, resolver, read, depth + 1);
        out.base = below.base.or(out.base);
        out.paths = below.paths.or(out.paths);
    }
    let own = &value["compilerOptions"];
    if let Some(base) = own["baseUrl"].as_str().and_then(|base| place(base, folder(path), top)) {
        out.base = Some(base);
    }
    if let Some(paths) = own["paths"].as_object() {
        out.paths = Some((folder(path).to_owned(), paths.clone()));
    }
    out
}

/// Where a configuration that is extended may lie: beside this one, or in a package of the workspace.
fn extended_file(name: &str, from: &str, resolver: &Resolver<'_>) -> Vec<String> {
    let with_ending =
        |path: String| if path.ends_with(".json") { vec![path] } else { vec![format!("{path}.json"), path] };
    if name.starts_with('.') {
        return join(from, name).map(with_ending).unwrap_or_default();
    }
    let package = package_name(name)
        .and_then(|(package, rest)| Some((&resolver.workspace.package(package, &resolver.packages)?.folder, rest)));
    match package {
        Some((folder, "")) => vec![under(folder, "tsconfig.json")],
        Some((folder, rest)) => with_ending(under(folder, rest)),
        None => Vec::new(),
    }
}

/// A path of a configuration as one from the root.
fn place(path: &str, from: &str, top: &str) -> Option<String> {
    match path.strip_prefix("${configDir}") {
        Some(rest) => join(top, rest.trim_start_matches('/')),
        None => join(from, path),
    }
}
