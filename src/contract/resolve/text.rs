//! Texts that must have a form: variables, identifiers, paths, routes, patterns.

use super::super::{ModuleExport, RelPath, Sourced, codes};
use super::Resolver;
use crate::contract::path::is_invisible;
use crate::derive::{Pattern, PatternError, ValueName};
use crate::diagnostic::Fix;
use crate::document::Part;
use crate::names;
use crate::pointer::Pointer;
use crate::spec;

impl Resolver<'_> {
    /// The name of an environment variable, written as a value.
    pub(super) fn variable(&mut self, name: &str, at: &Pointer) -> Option<Sourced<String>> {
        self.variable_at(name, at, Part::Value)
    }

    /// The name of an environment variable, written as a key or as a value.
    pub(super) fn variable_at(&mut self, name: &str, at: &Pointer, part: Part) -> Option<Sourced<String>> {
        let good = names::is_variable(name);
        if !good {
            let help = "use letters, digits and `_`, and do not begin with a digit";
            self.findings.add(
                &codes::BAD_NAME,
                at,
                part,
                format!("`{name}` is not a valid name of an environment variable"),
                help,
            );
        }
        good.then(|| Sourced::written(name.to_owned(), at.clone()))
    }

    /// A name that TypeScript can declare.
    pub(super) fn identifier(&mut self, what: &str, name: &str, at: &Pointer) -> bool {
        let good = names::is_identifier(name);
        if !good {
            let help = if names::is_reserved(name) {
                "this is a reserved word of TypeScript; choose another"
            } else {
                "use letters, digits and `_`, and do not begin with a digit"
            };
            self.findings.report_key(&codes::BAD_NAME, at, format!("`{name}` is not a valid name of {what}"), help);
        }
        good
    }

    /// A path inside the root.
    pub(super) fn path(&mut self, text: &str, at: &Pointer) -> Option<RelPath> {
        match RelPath::parse(text) {
            Ok(path) => Some(path),
            Err(bad) => {
                let help = "write a path relative to the root, with `/`";
                self.findings.report(&codes::BAD_PATH, at, format!("the path `{text}` {}", bad.why()), help);
                None
            }
        }
    }

    /// A route as it is requested.
    pub(super) fn route(&mut self, route: &str, at: &Pointer) -> Sourced<String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/[]()@".contains(c);
        if !route.starts_with('/')
            || route.contains("//")
            || (route.len() > 1 && route.ends_with('/'))
            || !route.chars().all(plain)
        {
            let help = "write the path of the URL, such as `/api/cron/nightly-report`, without host, query and \
                        trailing `/`";
            self.findings.report(&codes::BAD_NAME, at, format!("`{route}` is not a route"), help);
        }
        Sourced::written(route.to_owned(), at.clone())
    }

    /// Text on one line that a reader can see.
    pub(super) fn visible(&mut self, what: &str, text: &str, at: &Pointer) {
        if text.trim().is_empty() || text.chars().any(|c| c.is_control() || is_invisible(c)) {
            let help = "use visible characters on one line";
            self.findings.report(
                &codes::BAD_NAME,
                at,
                format!("{what} is blank or contains invisible characters"),
                help,
            );
        }
    }

    /// A module as it is imported: a package, an alias, or a path from the generated modules that stays in the root.
    fn module(&mut self, text: &str, at: &Pointer) {
        let targets = self.spec.targets.as_ref();
        let out = targets.and_then(|targets| Some((targets.within.as_deref(), &targets.typescript.as_ref()?.out)));
        let from =
            out.into_iter().flat_map(|(within, out)| within.unwrap_or_default().split('/').chain(out.split('/')));
        let is_relative = text == "." || text == ".." || text.starts_with("./") || text.starts_with("../");
        let mut depth = if is_relative { from.filter(|part| !matches!(*part, "" | ".")).count() } else { 0 };
        let mut leaves = text.starts_with('/') || text.contains(['\\', ':']);
        for part in text.split('/') {
            match part {
                ".." if depth == 0 => leaves = true,
                ".." => depth -= 1,
                "" | "." => {}
                // What an alias stands for is not known: it is never left again.
                _ => depth += usize::from(is_relative),
            }
        }
        if leaves {
            let help = "name a package, an alias such as `@/lib/client`, or a path that begins with `./` or `../`";
            let message = format!("the module `{text}` is outside the root");
            self.findings.report(&codes::BAD_PATH, at, message, help);
        } else if text.split('/').any(|part| part.len() > 255) {
            let message = format!("the module `{text}` has a part of more than 255 bytes");
            self.findings.report(&codes::BAD_PATH, at, message, "no file can have that name");
        }
    }

    /// A module and a name that it exports.
    pub(super) fn module_export(&mut self, given: &spec::ModuleExport, at: &Pointer) -> ModuleExport {
        self.visible("the module", &given.module, &at.key("module"));
        self.module(&given.module, &at.key("module"));
        self.identifier("an export", &given.export, &at.key("export"));
        ModuleExport {
            module: Sourced::written(given.module.clone(), at.key("module")),
            export: Sourced::written(given.export.clone(), at.key("export")),
        }
    }

    /// A pattern.
    pub(super) fn pattern(&mut self, text: &str, at: &Pointer) -> Option<Pattern> {
        match Pattern::parse(text) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let mut fix = None;
                let help = match &error {
                    PatternError::UnknownValue(_, name) => {
                        let known: Vec<&str> = ValueName::ALL.iter().map(|v| v.as_str()).collect();
                        match crate::suggest::did_you_mean(name, known.iter().copied()) {
                            Some(close) => {
                                let mended = text.replacen(&format!("{{{name}"), &format!("{{{close}"), 1);
                                fix = Some(Fix::text(&mended));
                                format!("did you mean `{{{close}}}`?")
                            }
                            None => format!("known: {}", known.join(", ")),
                        }
                    }
                    PatternError::BadFilter(..) => "write `{dispatchKey | sha256(24)}`".into(),
                    PatternError::NoValueInside(_) => {
                        "remove the brackets, or write `\\[` for a literal bracket".into()
                    }
                    _ => "write `\\{` or `\\[` for a literal bracket".into(),
                };
                let message = format!("`{text}` is not a valid pattern: {error}");
                self.findings.report(&codes::BAD_PATTERN, at, message, help).fixed_by(fix);
                None
            }
        }
    }

    /// A pattern of which every value is known when the contract is compiled.
    pub(super) fn fixed(&mut self, text: &Sourced<String>, job: &str, event: Option<&str>) -> Option<Sourced<String>> {
        if !text.value.contains(['{', '[', '}', ']', '\\']) {
            return Some(text.clone());
        }
        let pattern = self.pattern(&text.value, &text.at)?.fill(&|name: ValueName| match name {
            ValueName::Job => Some(job.to_owned()),
            ValueName::JobConstant => Some(names::constant(job)),
            ValueName::Event => event.map(str::to_owned),
            ValueName::EventConstant => event.map(names::constant),
            _ => None,
        });
        let constant = pattern.constant();
        if constant.is_none() {
            let left: Vec<String> =
                pattern.values().map(|(value, _)| format!("`{{{}}}`", value.name.as_str())).collect();
            let message = format!("{} is not known when the contract is compiled", left.join(", "));
            self.findings.report(&codes::VALUE_NOT_IN_CALL, &text.at, message, "use `{job}` or `{JOB}` here");
        }
        constant.map(|value| Sourced { value, origin: text.origin, at: text.at.clone() })
    }
}
