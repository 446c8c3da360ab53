//! Which files of an application are read, and how they become an [`Application`].
//!
//! Read are route handlers, whatever speaks of Inngest, and everything that these import. The disk is
//! somebody else's: files come from a function that is given.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::application::{Application, Link};
use super::lower::{Unreadable, lower};
use super::paths::{Resolved, Resolver};
use super::program::{Module, ModuleId, Text};
use super::vercel::{self, Schedules};
use crate::source::{NotText, Source};

/// An application that was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Its modules.
    pub app: Application,
    /// Every file that is there.
    pub files: BTreeSet<String>,
    /// Files that could not be read.
    pub unreadable: Vec<(Arc<Source>, Unreadable)>,
    /// What `vercel.json` says.
    pub schedules: Schedules,
    /// Route handlers: their address and their module.
    pub routes: Vec<(String, ModuleId)>,
    /// Modules that speak of Inngest.
    pub inngest: Vec<ModuleId>,
    /// Modules of the contract by the name that it imports them by.
    named: HashMap<String, ModuleId>,
}

impl Loaded {
    /// The module that an import such as `@/lib/inngest/client` names, seen from a route.
    pub fn find_module(&self, name: &str) -> Option<ModuleId> {
        self.named.get(name).copied()
    }
}

/// Gives the bytes of files, in their order; `None` for one that cannot be read.
pub type Read<'r> = dyn Fn(&[String]) -> Vec<Option<Vec<u8>>> + Sync + 'r;

/// Reads an application whose files are at these paths, relative to its root and with `/`.
///
/// `named` are imports that the contract names: they are read as well, and found again by that name.
pub fn load(files: BTreeSet<String>, named: &[&str], read: &Read<'_>) -> Loaded {
    let settings: Vec<String> = files.iter().filter(|path| is_settings(path)).cloned().collect();
    let texts = read(&settings).into_iter().map(|bytes| bytes.and_then(|bytes| String::from_utf8(bytes).ok()));
    let settings: HashMap<String, String> =
        settings.into_iter().zip(texts).filter_map(|(path, text)| Some((path, text?))).collect();
    let resolver = Resolver::new(&files, |path| settings.get(path).map(String::as_str));

    let candidates: Vec<String> = files.iter().filter(|path| is_code(path)).cloned().collect();
    let bytes = read(&candidates);
    let mut texts: HashMap<String, Arc<Source>> = HashMap::new();
    let mut unreadable = Vec::new();
    let schedules = match settings.get("vercel.json") {
        None => Schedules::Absent,
        Some(text) => {
            let source = Arc::new(Source::new("vercel.json", text.clone()));
            match vercel::read(&source) {
                Ok(calls) => Schedules::Known(calls),
                Err(fault) => {
                    unreadable.push((source, fault));
                    Schedules::Unreadable
                }
            }
        }
    };
    let mut speaking = BTreeSet::new();
    for (path, bytes) in candidates.iter().zip(bytes) {
        let Some(bytes) = bytes else { continue };
        match Source::from_bytes(path, bytes) {
            Ok(source) => {
                if speaks_of_inngest(source.text()) {
                    speaking.insert(path.clone());
                }
                texts.insert(path.clone(), Arc::new(source));
            }
            Err((source, reason)) => {
                let span = crate::source::Span::new(0, 0);
                let message = match reason {
                    NotText::TooLarge(_) => "it is too large".into(),
                    NotText::NotUtf8 { .. } => "it is not UTF-8".into(),
                };
                unreadable.push((Arc::new(source), Unreadable { span, message }));
            }
        }
    }
    let routes: Vec<(String, String)> =
        candidates.iter().filter_map(|path| Some((address(path)?, path.clone()))).collect();

    let mut wanted: Vec<String> = routes.iter().map(|(_, path)| path.clone()).collect();
    wanted.extend(speaking.iter().cloned());
    wanted.extend(users_of_factories(&texts));
    let from = routes.first().map_or("app/route.ts", |(_, path)| path.as_str());
    let mut named_paths: HashMap<String, String> = HashMap::new();
    for name in named {
        if let Resolved::File(path) = resolver.resolve(from, name)
            && is_code(path)
        {
            named_paths.insert((*name).to_owned(), path.to_owned());
            wanted.push(path.to_owned());
        }
    }
    wanted.sort();
    wanted.dedup();
    let mut seen: BTreeSet<String> = wanted.iter().cloned().collect();
    let mut modules: Vec<(String, Module, HashMap<Text, Target>)> = Vec::new();
    while !wanted.is_empty() {
        let lowered: Vec<_> = wanted
            .par_iter()
            .filter_map(|path| {
                let source = texts.get(path)?;
                let lowered = lower(source).map(|module| {
                    let requests = module.requests.iter().map(|(request, _)| request.clone());
                    let links = requests.map(|request| {
                        let target = match resolver.resolve(path, &request) {
                            Resolved::File(file) => Target::File(file.to_owned()),
                            Resolved::Package(_) => Target::Package,
                            Resolved::Missing => Target::Missing,
                        };
                        (request, target)
                    });
                    let links: HashMap<Text, Target> = links.collect();
                    (module, links)
                });
                Some((path.clone(), source.clone(), lowered))
            })
            .collect();
        wanted = Vec::new();
        for (path, source, lowered) in lowered {
            match lowered {
                Ok((module, links)) => {
                    for target in links.values() {
                        if let Target::File(file) = target
                            && is_code(file)
                            && seen.insert(file.clone())
                        {
                            wanted.push(file.clone());
                        }
                    }
                    modules.push((path, module, links));
                }
                Err(fault) => unreadable.push((source, fault)),
            }
        }
    }
    modules.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    let paths: HashMap<String, ModuleId> =
        modules.iter().enumerate().map(|(index, (path, ..))| (path.clone(), index as ModuleId)).collect();
    let mut app = Application { modules: Vec::new(), links: Vec::new(), paths };
    for (_, module, links) in modules {
        let links = links.into_iter().map(|(request, target)| {
            let link = match target {
                Target::File(path) => app.find(&path).map_or(Link::Missing, Link::Module),
                Target::Package => Link::Package(request.clone()),
                Target::Missing => Link::Missing,
            };
            (request, link)
        });
        let links = links.collect();
        app.links.push(links);
        app.modules.push(module);
    }
    let routes = routes.into_iter().filter_map(|(address, path)| Some((address, app.find(&path)?))).collect();
    let inngest = speaking.iter().filter_map(|path| app.find(path)).collect();
    unreadable.sort_by(|(a, _), (b, _)| a.path().cmp(b.path()));
    let named = named_paths.into_iter().filter_map(|(name, path)| Some((name, app.find(&path)?))).collect();
    Loaded { app, files, unreadable, schedules, routes, inngest, named }
}

/// What an import names.
enum Target {
    File(String),
    Package,
    Missing,
}

/// Whether a file is TypeScript or JavaScript.
fn is_code(path: &str) -> bool {
    const ENDS: [&str; 8] = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
    ENDS.iter().any(|end| path.ends_with(end)) && !path.ends_with(".d.ts")
}

fn is_settings(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let config = (name.starts_with("tsconfig") || name.starts_with("jsconfig")) && name.ends_with(".json");
    config || name == "package.json" || path == "vercel.json"
}

/// Whether a text names Inngest, as packages, classes and variables do.
fn speaks_of_inngest(text: &str) -> bool {
    ["inngest", "Inngest", "INNGEST"].iter().any(|name| text.contains(name))
}

/// The address that a route handler of Next.js answers; `None` for other files.
///
/// Groups `(name)` and slots `@name` are no part of it.
pub fn address(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/").unwrap_or(path).strip_prefix("app/")?;
    let (folder, name) = inside.rsplit_once('/')?;
    if !matches!(name, "route.ts" | "route.js" | "route.tsx" | "route.jsx" | "route.mjs") {
        return None;
    }
    let parts =
        folder.split('/').filter(|part| !(part.starts_with('@') || part.starts_with('(') && part.ends_with(')')));
    let mut address = String::new();
    for part in parts {
        if part.starts_with('_') {
            return None;
        }
        address.push('/');
        address.push_str(part);
    }
    Some(address)
}

/// Files that may import one which creates functions for others: such a file defines functions without a
/// word of Inngest, and when nothing serves them no import leads to it.
fn users_of_factories(texts: &HashMap<String, Arc<Source>>) -> Vec<String> {
    let makers = texts.iter().filter(|(_, source)| source.text().contains("createFunction"));
    let names: BTreeSet<String> = makers
        .filter_map(|(path, _)| {
            let path = path.rsplit_once('.')?.0;
            let path = path.strip_suffix("/index").unwrap_or(path);
            Some(path.rsplit_once('/').map_or(path, |(_, name)| name).to_owned())
        })
        .collect();
    let ends: Vec<String> = names.iter().flat_map(|name| [format!("/{name}\""), format!("/{name}'")]).collect();
    let uses = |source: &Source| ends.iter().any(|end| source.text().contains(end.as_str()));
    texts.iter().filter(|(_, source)| uses(source)).map(|(path, _)| path.clone()).collect()
}
