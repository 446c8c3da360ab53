//! Where outputs go.

use super::super::{RelPath, Sdk, Sourced, Targets, TypeScript, codes};
use super::Resolver;
use crate::pointer::Pointer;
use crate::spec::{self, UNKNOWN_VALUE};

impl Resolver<'_> {
    pub(super) fn targets(&mut self, given: Option<&spec::Targets>, at: &Pointer) -> Option<Targets> {
        let Some(given) = given else {
            return Some(Targets { typescript: None, schemas: None, docs: None, templates: None });
        };
        let within = match &given.within {
            Some(text) => self.path(text, &at.key("within"))?,
            None => RelPath::root(),
        };
        let typescript = given.typescript.as_ref().map(|t| self.typescript(t, &within, &at.key("typescript")));
        let schemas = given.schemas.as_ref().map(|s| self.folder(&s.out, &within, &at.key("schemas").key("out")));
        let docs = given.docs.as_ref().map(|d| self.folder(&d.out, &within, &at.key("docs").key("out")));
        // What people write does not lie among the outputs.
        let templates = given.templates.as_ref().map(|t| self.folder(t, &RelPath::root(), &at.key("templates")));
        Some(Targets {
            typescript: transpose(typescript)?,
            schemas: transpose(schemas)?,
            docs: transpose(docs)?,
            templates: transpose(templates)?,
        })
    }

    fn typescript(&mut self, given: &spec::TypeScript, within: &RelPath, at: &Pointer) -> Option<TypeScript> {
        let sdk = match given.sdk {
            3 => Some(Sdk::V3),
            4 => Some(Sdk::V4),
            other => {
                self.findings.report(
                    &UNKNOWN_VALUE,
                    &at.key("sdk"),
                    format!("major version {other} of the SDK is not supported"),
                    "write `3` or `4`",
                );
                None
            }
        };
        let out = self.folder(&given.out, within, &at.key("out"));
        let handlers = self.folder(&given.handlers, within, &at.key("handlers"));
        if let (Some(out), Some(handlers)) = (&out, &handlers)
            && out.value == handlers.value
        {
            let help = "give the handlers their own folder: the folder of the generated modules is rewritten on every \
                        run";
            self.findings
                .report(
                    &codes::BAD_PATH,
                    &handlers.at,
                    "the handlers and the generated modules are in the same folder",
                    help,
                )
                .also(&out.at, "the generated modules");
        }
        let event_constant = match &given.event_constant {
            Some(pattern) => Sourced::written(pattern.clone(), at.key("eventConstant")),
            None => Sourced::built_in("INNGEST_EVENT_{EVENT}".into(), at.clone()),
        };
        let client = self.module_export(&given.client, &at.key("client"));
        Some(TypeScript {
            out: out?,
            handlers: handlers?,
            sdk: Sourced::written(sdk?, at.key("sdk")),
            client,
            server_only: match given.server_only {
                Some(value) => Sourced::written(value, at.key("serverOnly")),
                None => Sourced::built_in(false, at.clone()),
            },
            event_constant,
        })
    }

    fn folder(&mut self, text: &str, within: &RelPath, at: &Pointer) -> Option<Sourced<RelPath>> {
        let path = self.path(text, at)?;
        let joined = within.join(path.as_str()).ok()?;
        Some(Sourced::written(joined, at.clone()))
    }
}

/// `None` outside when something inside was faulty.
fn transpose<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(inner) => inner.map(Some),
    }
}
