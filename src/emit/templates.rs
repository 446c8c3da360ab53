//! The templates: compiled into the binary, one environment for a run.

use std::fmt;

use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde::Serialize;

macro_rules! built_in {
    ($($name:literal,)*) => {
        &[$(($name, include_str!(concat!("../../templates/", $name))),)*]
    };
}

/// The templates by name.
const BUILT_IN: &[(&str, &str)] = built_in![
    "typescript/dispatch.ts.j2",
    "typescript/environment.ts.j2",
    "typescript/events.ts.j2",
    "typescript/flags.ts.j2",
    "typescript/functions.ts.j2",
    "typescript/handler.ts.j2",
    "typescript/keys.ts.j2",
    "typescript/registry.ts.j2",
    "typescript/status.ts.j2",
    "docs/README.md.j2",
    "docs/contract.html.j2",
    "docs/contract.md.j2",
    "docs/events.md.j2",
    "docs/flags.md.j2",
    "docs/gates.md.j2",
    "docs/runbook.md.j2",
];

/// A set of templates that are ready to print.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
}

/// Why a template could not print.
#[derive(Debug)]
pub struct TemplateError(minijinja::Error);

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

impl std::error::Error for TemplateError {}

impl From<minijinja::Error> for TemplateError {
    fn from(error: minijinja::Error) -> Self {
        Self(error)
    }
}

impl Templates {
    /// The names of the templates that are compiled into the binary.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// The templates that are compiled into the binary.
    ///
    /// # Errors
    /// The syntax that they are written in cannot be set up.
    pub fn built_in() -> Result<Self, TemplateError> {
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
        environment.set_loader(|name| {
            Ok(BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, source)| (*source).to_owned()))
        });
        Ok(Self { environment })
    }

    /// Prints a view.
    ///
    /// # Errors
    /// The template names something that the view does not have.
    pub fn render(&self, name: &str, view: &impl Serialize) -> Result<String, TemplateError> {
        let template = self.environment.get_template(name)?;
        Ok(template.render(minijinja::value::Serde(view))?)
    }
}
