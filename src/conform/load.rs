//! Which files of an application are read, and how they become an [`Application`].
//!
//! Read are route handlers, whatever speaks of Inngest, and everything that these import, JSON too. The disk is
//! somebody else's: files come from a function that is given.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use oxc_allocator::Allocator;
use rayon::prelude::*;

use super::amended::Amendments;
use super::application::{Application, Link};
use super::jsonc;
use super::lower::{Unreadable, lower};
use super::packages;
use super::paths::{Resolved, Resolver};
use super::program::{Module, ModuleId, Site, Text};
use super::vercel::{self, Schedules};
use crate::source::{Location, NotText, Source, Span};

/// An application that was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Its modules.
    pub app: Application,
    /// Every file that is there.
    pub files: BTreeSet<String>,
    /// Files that could not be read.
    pub unreadable: Vec<(Arc<Source>, Unreadable)>,
    /// Packages of the same repository whose code is not there, where a `package.json` names them.
    pub absent: Vec<(Location, String)>,
    /// Imports that lead to no file, where one should be.
    pub dead: Vec<(Site, Text)>,
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
    /// Whether an import that a module needs leads to no file.
    pub fn lacks_code_of(&self, module: ModuleId) -> bool {
        let dead = || self.dead.iter().map(|(site, _)| site.module);
        !self.dead.is_empty() && self.app.reached_from(module).into_iter().any(|reached| dead().any(|id| id == reached))
    }

    /// The module that an import such as `@/lib/inngest/client` names, seen from a route.
    pub fn find_module(&self, name: &str) -> Option<ModuleId> {
        self.named.get(name).copied()
    }
}

/// Gives the bytes of files, in their order; `None` for one that cannot be read.
pub type Read<'r> = dyn Fn(&[String]) -> Vec<Option<Vec<u8>>> + Sync + 'r;

/// A file of code: its text, or why there is none.
type Code = Result<Arc<Source>, (Arc<Source>, Unreadable)>;

/// Reads an application whose files are at these paths, relative to its root and with `/`.
///
/// `named` are imports that the contract names: they are read as well, and found again by that name.
pub fn load(files: BTreeSet<String>, named: &[&str], read: &Read<'_>) -> Loaded {
    let settings = settings(&files, read);
    // What a configuration extends has any name.
    let resolver = Resolver::new(&files, |path| settings.get(path).cloned().or_else(|| text_of(path, &files, read)));
    let code = sources(files.iter().filter(|path| is_code(path)).cloned().collect(), read);
    let routes: Vec<(String, String)> = code.keys().filter_map(|path| Some((address(path)?, path.clone()))).collect();
    let texts = || code.iter().filter_map(|(path, text)| Some((path, text.as_ref().ok()?)));
    let speaking: Vec<&String> = texts()
        .filter(|(path, source)| !is_test(path) && speaks_of_inngest(source.text()))
        .map(|(path, _)| path)
        .collect();
    let from = routes.first().map_or("app/route.ts", |(_, path)| path.as_str());
    let named: HashMap<String, String> = named
        .iter()
        .filter_map(|name| match resolver.resolve(from, name) {
            Resolved::File(path) if is_code(path) => Some(((*name).to_owned(), path.to_owned())),
            _ => None,
        })
        .collect();

    let mut wanted: BTreeSet<String> = routes.iter().map(|(_, path)| path.clone()).collect();
    wanted.extend(speaking.iter().map(|path| (*path).clone()));
    wanted.extend(users_of_factories(&texts().collect::<Vec<_>>()));
    wanted.extend(named.values().cloned());
    let (modules, mut unreadable) = lower_all(wanted, &code, &resolver, read);
    let absent = absent(&modules, &settings);
    let dead = dead(&modules);
    unreadable.extend(unreadable_settings(&resolver, &modules, &settings));
    let mut app = assemble(modules);
    let schedules = match settings.get("vercel.json") {
        None => Schedules::Absent,
        Some(text) => {
            let source = Arc::new(Source::new("vercel.json", text.clone()));
            vercel::read(&source).map_or_else(
                |fault| {
                    unreadable.push((source.clone(), fault));
                    Schedules::Unreadable
                },
                Schedules::Known,
            )
        }
    };
    unreadable.sort_by(|(a, _), (b, _)| a.path().cmp(b.path()));
    let routes = routes.into_iter().filter_map(|(address, path)| Some((address, app.find(&path)?))).collect();
    let inngest: Vec<ModuleId> = speaking.iter().filter_map(|path| app.find(path)).collect();
    let named: HashMap<String, ModuleId> =
        named.into_iter().filter_map(|(name, path)| Some((name, app.find(&path)?))).collect();
    let ids = 0..app.modules.len() as ModuleId;
    let platforms = ids.filter(|id| speaks_of_platform(app.module(*id)));
    let platforms: Vec<ModuleId> = platforms.chain(inngest.iter().copied()).chain(named.values().copied()).collect();
    app.domain = app.leading_to(platforms).into_iter().map(|leads| !leads).collect();
    Loaded { app, files, unreadable, absent, dead, schedules, routes, inngest, named }
}

/// Packages that a `package.json` says are of the same repository, and whose code is not there.
fn absent(modules: &[Lowered], settings: &HashMap<String, String>) -> Vec<(Location, String)> {
    let targets = modules.iter().flat_map(|(.., targets)| targets.values());
    let named: BTreeSet<(&String, &String)> = targets
        .filter_map(|target| match target {
            Target::Absent { name, by } => Some((by, name)),
            _ => None,
        })
        .collect();
    let places = named.into_iter().filter_map(|(by, name)| {
        let text = settings.get(by)?;
        let start = text.find(&format!("\"{name}\"")).map_or(0, |quote| quote + 1);
        let source = Arc::new(Source::new(by, text.clone()));
        Some((Location { source, span: Span::new(start, start + name.len()) }, name.clone()))
    });
    places.collect()
}

/// Imports that lead to no file, where one should be.
fn dead(modules: &[Lowered]) -> Vec<(Site, Text)> {
    let of = |(id, (_, module, targets)): (usize, &Lowered)| {
        let is_dead = |request: &Text| matches!(targets.get(request), Some(Target::Dead));
        let dead = module.requests.iter().filter(|(request, _)| is_dead(request));
        dead.map(|(request, range)| (range.of(id as ModuleId), request.clone())).collect::<Vec<_>>()
    };
    modules.iter().enumerate().flat_map(of).collect()
}

/// Files that say how imports of these modules are resolved, and cannot be read.
fn unreadable_settings(
    resolver: &Resolver<'_>,
    modules: &[Lowered],
    settings: &HashMap<String, String>,
) -> Vec<(Arc<Source>, Unreadable)> {
    let holds = |settings: &str| {
        let folder = settings.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_inside = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        folder.is_empty() || modules.iter().any(|(path, ..)| is_inside(path))
    };
    let faults = resolver.unreadable().iter().filter(|path| holds(path)).filter_map(|path| {
        let source = Arc::new(Source::new(*path, settings.get(*path)?.clone()));
        let fault = jsonc::read(&source).err()?;
        Some((source, fault))
    });
    faults.collect()
}

/// The texts of files that say how imports are resolved and what is scheduled.
fn settings(files: &BTreeSet<String>, read: &Read<'_>) -> HashMap<String, String> {
    let paths: Vec<String> = files.iter().filter(|path| is_settings(path)).cloned().collect();
    let texts = read(&paths).into_iter().map(|bytes| bytes.and_then(|bytes| String::from_utf8(bytes).ok()));
    paths.into_iter().zip(texts).filter_map(|(path, text)| Some((path, text?))).collect()
}

/// The text of one file.
fn text_of(path: &str, files: &BTreeSet<String>, read: &Read<'_>) -> Option<String> {
    let path = files.get(path)?.clone();
    String::from_utf8(read(&[path]).pop()??).ok()
}

/// The texts of files. One that cannot be read is a fault only where the application needs it.
fn sources(paths: Vec<String>, read: &Read<'_>) -> BTreeMap<String, Code> {
    let all = read(&paths);
    let texts = paths.into_iter().zip(all).map(|(path, bytes)| {
        let unreadable = |source: Source, message: &str| {
            (Arc::new(source), Unreadable { span: Span::new(0, 0), message: message.to_owned() })
        };
        let code = match bytes.map(|bytes| Source::from_bytes(&path, bytes)) {
            Some(Ok(source)) => Ok(Arc::new(source)),
            Some(Err((source, NotText::TooLarge(_)))) => Err(unreadable(source, "it is too large")),
            Some(Err((source, NotText::NotUtf8 { .. }))) => Err(unreadable(source, "it is not UTF-8")),
            None => Err(unreadable(Source::new(&path, String::new()), "the system does not allow it")),
        };
        (path, code)
    });
    texts.collect()
}

/// A module with what its imports name.
type Lowered = (String, Module, HashMap<Text, Target>);

/// Lowers files and what they import, until nothing new is named; in the order of their paths.
fn lower_all(
    mut wanted: BTreeSet<String>,
    code: &BTreeMap<String, Code>,
    resolver: &Resolver<'_>,
    read: &Read<'_>,
) -> (Vec<Lowered>, Vec<(Arc<Source>, Unreadable)>) {
    let mut seen = wanted.clone();
    let mut modules: Vec<Lowered> = Vec::new();
    let mut unreadable = Vec::new();
    while !wanted.is_empty() {
        let data = sources(wanted.iter().filter(|path| is_data(path)).cloned().collect(), read);
        let round: Vec<Result<Lowered, (Arc<Source>, Unreadable)>> = wanted
            .par_iter()
            .filter_map(|path| match code.get(path).or_else(|| data.get(path)) {
                Some(Ok(source)) => Some((path, Ok(source))),
                Some(Err((source, fault))) => Some((path, Err((source.clone(), fault.clone())))),
                None => Some((path, Ok(packages::source(path)?))),
            })
            .map_init(Allocator::default, |allocator, (path, source)| {
                let source = source?;
                let module = lower(source, allocator).map_err(|fault| (source.clone(), fault))?;
                let links = module.requests.iter().map(|(request, _)| {
                    let target = match resolver.resolve(path, request) {
                        Resolved::File(file) => Target::File(file.to_owned()),
                        Resolved::Package(name) => match (packages::path(request), resolver.claimed(path, &name)) {
                            (Some(path), _) => Target::File(path.to_owned()),
                            (None, Some(by)) => Target::Absent { name, by },
                            (None, None) => Target::Package,
                        },
                        Resolved::Missing if resolver.is_dead(path, request) => Target::Dead,
                        Resolved::Missing => Target::Missing,
                    };
                    (request.clone(), target)
                });
                let links = links.collect();
                Ok((path.clone(), module, links))
            })
            .collect();
        wanted = BTreeSet::new();
        for lowered in round {
            match lowered {
                Ok(lowered) => {
                    let files = lowered.2.values().filter_map(|target| match target {
                        Target::File(file) if is_code(file) || is_data(file) => Some(file),
                        _ => None,
                    });
                    wanted.extend(files.filter(|file| seen.insert((*file).clone())).cloned());
                    modules.push(lowered);
                }
                // Data that cannot be read is not known.
                Err((source, _)) if is_data(source.path()) => {}
                Err(fault) => unreadable.push(fault),
            }
        }
    }
    modules.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    (modules, unreadable)
}

/// Gives modules their numbers, and imports the modules that they lead to.
fn assemble(modules: Vec<Lowered>) -> Application {
    let paths: HashMap<String, ModuleId> =
        modules.iter().enumerate().map(|(index, (path, ..))| (path.clone(), index as ModuleId)).collect();
    let mut app = Application { paths, ..Application::default() };
    for (path, module, targets) in modules {
        app.packages.push(packages::source(&path).is_some());
        let links = targets.into_iter().map(|(request, target)| {
            let link = match target {
                Target::File(path) => app.find(&path).map_or(Link::Missing, Link::Module),
                Target::Package => Link::Package(request.clone()),
                Target::Absent { .. } | Target::Dead => Link::Absent(request.clone()),
                Target::Missing => Link::Missing,
            };
            (request, link)
        });
        let links = links.collect();
        app.links.push(links);
        app.modules.push(module);
    }
    app.amendments = Amendments::of(&app);
    app
}

/// What an import names.
enum Target {
    File(String),
    Package,
    /// A package of the same repository whose code is not there, and the `package.json` that names it.
    Absent {
        name: String,
        by: String,
    },
    /// No file, where one should be.
    Dead,
    /// Nothing that is there.
    Missing,
}

/// Whether a file is TypeScript or JavaScript.
fn is_code(path: &str) -> bool {
    const ENDS: [&str; 8] = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
    ENDS.iter().any(|end| path.ends_with(end)) && !path.ends_with(".d.ts")
}

/// Whether a file is data that code may import.
fn is_data(path: &str) -> bool {
    path.ends_with(".json")
}

fn is_settings(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let config = (name.starts_with("tsconfig") || name.starts_with("jsconfig")) && name.ends_with(".json");
    config || matches!(name, "package.json" | "pnpm-workspace.yaml") || path == "vercel.json"
}

/// Whether a file is a test: what it defines and sends reaches no deployment.
fn is_test(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let is_folder = |part: &str| matches!(part, "__tests__" | "__mocks__" | "test" | "tests" | "e2e");
    let looks = name.contains(".test.") || name.contains(".spec.") || folders.split('/').any(is_folder);
    // A route answers, whatever its folder is called.
    looks && address(path).is_none()
}

/// Whether a module answers requests, or imports what does.
fn speaks_of_platform(module: &Module) -> bool {
    module.speaks_http
        || module.requests.iter().any(|(request, _)| &**request == "next" || request.starts_with("next/"))
}

/// Whether a text names Inngest, as packages, classes and variables do.
fn speaks_of_inngest(text: &str) -> bool {
    // Whether it begins with a capital does not matter.
    ["nngest", "NNGEST"].iter().any(|name| memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some())
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
fn users_of_factories(texts: &[(&String, &Arc<Source>)]) -> Vec<String> {
    let makers = texts.iter().filter(|(_, source)| source.text().contains("createFunction"));
    let names: BTreeSet<String> = makers
        .filter_map(|(path, _)| {
            let path = path.rsplit_once('.')?.0;
            let path = path.strip_suffix("/index").unwrap_or(path);
            Some(path.rsplit_once('/').map_or(path, |(_, name)| name).to_owned())
        })
        .collect();
    // An import ends with a slash, the name and a quote.
    let longest = names.iter().map(String::len).max().unwrap_or_default();
    let uses = |source: &Source| {
        let text = source.text().as_bytes();
        memchr::memchr2_iter(b'"', b'\'', text).any(|end| {
            let before = &text[end.saturating_sub(longest + 1)..end];
            let name = memchr::memrchr(b'/', before).and_then(|slash| std::str::from_utf8(&before[slash + 1..]).ok());
            name.is_some_and(|name| names.contains(name))
        })
    };
    let users = texts.iter().filter(|(path, source)| !is_test(path) && uses(source));
    users.map(|(path, _)| (*path).clone()).collect()
}
