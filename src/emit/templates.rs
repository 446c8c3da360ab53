//! The templates: compiled into the binary, one environment for a run. A team's own ones take the place
//! of built-in ones, one file at a time.

mod codes;
mod given;
mod names;
mod shape;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock};

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde::Serialize;
use serde_json::{Map, Value};

pub use codes::CODES;
pub use given::Given;

use super::ready::Ready;
use crate::diagnostic::Diagnostic;
use crate::source::Source;

/// What stands before the name of a template for the built-in one, also where another takes its place.
pub(super) const ORIGINAL: &str = "built-in/";

/// A type that a template prints.
pub(super) trait View: Serialize + JsonSchema {
    /// The template.
    const TEMPLATE: &'static str;
    /// Its text.
    const SOURCE: &'static str;
}

/// `view!(View, "docs/README.md.j2")`: the template of a view.
macro_rules! view {
    ($view:ty, $name:literal) => {
        impl $crate::emit::templates::View for $view {
            const TEMPLATE: &'static str = $name;
            const SOURCE: &'static str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/", $name));
        }
    };
}
pub(super) use view;

/// A file that is compiled into the binary.
#[derive(Debug, Clone, Copy)]
pub struct BuiltIn {
    /// Its name: the path in the folder of templates.
    pub name: &'static str,
    /// Its text.
    pub source: &'static str,
    /// The type of what it prints; `None` for a file that is taken as it is.
    view: Option<fn(&mut SchemaGenerator) -> Schema>,
}

impl BuiltIn {
    /// The template of a view.
    pub(super) const fn of<V: View>() -> Self {
        Self { name: V::TEMPLATE, source: V::SOURCE, view: Some(|generator| generator.subschema_for::<V>()) }
    }

    /// A file that is taken as it is.
    pub(super) const fn plain(name: &'static str, source: &'static str) -> Self {
        Self { name, source, view: None }
    }
}

/// What templates print, as JSON Schema.
#[derive(Debug)]
pub struct Views {
    /// The name of the type of each template, among `types`.
    pub of: Vec<(&'static str, String)>,
    /// The types by name.
    pub types: Map<String, Value>,
}

/// The types of all views.
pub fn views() -> &'static Views {
    static VIEWS: LazyLock<Views> = LazyLock::new(|| {
        let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
        let mut of = Vec::new();
        for template in Templates::list() {
            let Some(view) = template.view else { continue };
            let schema = view(&mut generator).to_value();
            let name = schema["$ref"].as_str().and_then(|target| target.rsplit('/').next()).unwrap_or_default();
            of.push((template.name, name.to_owned()));
        }
        Views { of, types: generator.take_definitions(true) }
    });
    &VIEWS
}

/// A set of templates that are ready to print.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
    given: Arc<HashMap<String, Arc<Source>>>,
}

/// Why a template could not print.
#[derive(Debug)]
pub struct TemplateError {
    error: minijinja::Error,
    /// What is wrong in a file of the team, if it is one.
    pub finding: Option<Box<Diagnostic>>,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.error)
    }
}

impl std::error::Error for TemplateError {}

impl From<minijinja::Error> for TemplateError {
    fn from(error: minijinja::Error) -> Self {
        Self { error, finding: None }
    }
}

impl Templates {
    /// The files that are compiled into the binary, by name.
    pub fn list() -> impl Iterator<Item = &'static BuiltIn> {
        super::typescript::TEMPLATES.iter().chain(super::docs::TEMPLATES)
    }

    /// The templates that are compiled into the binary.
    ///
    /// # Errors
    /// The syntax that they are written in cannot be set up.
    pub fn built_in() -> Result<Self, TemplateError> {
        Self::of(HashMap::new())
    }

    /// The same with files in the place of some of them.
    ///
    /// # Errors
    /// What is wrong with the files.
    pub fn with(given: Vec<Given>) -> Result<Self, Vec<Diagnostic>> {
        given::templates(given)
    }

    fn of(given: HashMap<String, Arc<Source>>) -> Result<Self, TemplateError> {
        let given = Arc::new(given);
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        // HTML is escaped wherever a template does not say otherwise; everything else is printed as it is.
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None }
        });
        super::docs::add_filters(&mut environment);
        environment.set_syntax(
            environment
                .syntax()
                .to_builder()
                .trim_blocks(true)
                .lstrip_blocks(true)
                .keep_trailing_newline(true)
                .build()?,
        );
        let loaded = Arc::clone(&given);
        environment.set_loader(move |name| {
            let built_in = |name: &str| Self::list().find(|known| known.name == name).map(|known| known.source);
            Ok(match (name.strip_prefix(ORIGINAL), loaded.get(name)) {
                (Some(name), _) => built_in(name).map(str::to_owned),
                (None, Some(given)) => Some(given.text().to_owned()),
                (None, None) => built_in(name).map(str::to_owned),
            })
        });
        Ok(Self { environment, given })
    }

    /// Whether a file of the team stands in the place of a built-in one.
    pub fn is_given(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// Prints a view.
    ///
    /// # Errors
    /// The template names something that the view does not have.
    pub(super) fn render<V: View>(&self, view: &V) -> Result<String, TemplateError> {
        self.print(&Ready::new(view), 0)
    }

    /// Prints a view that is ready. `room` is about how many bytes that will be: a text of megabytes that outgrows
    /// its room moves, and leaves twice its own memory behind.
    ///
    /// # Errors
    /// The template names something that the view does not have.
    pub(super) fn print<V: View>(&self, view: &Ready<V>, room: usize) -> Result<String, TemplateError> {
        let mut printed = Vec::with_capacity(room);
        let template = self.environment.get_template(V::TEMPLATE);
        let done = template.and_then(|template| template.render_captured_to(view.value(), &mut printed).map(drop));
        let printed = done.and_then(|()| {
            String::from_utf8(printed)
                .map_err(|error| minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, error.to_string()))
        });
        printed.map_err(|error| TemplateError { finding: given::finding(self, &error).map(Box::new), error })
    }

    /// The text of a file that is taken as it is.
    pub(super) fn plain(&self, name: &str) -> &str {
        let built_in = || Self::list().find(|known| known.name == name).map_or("", |known| known.source);
        self.given.get(name).map_or_else(built_in, |given| given.text())
    }
}
