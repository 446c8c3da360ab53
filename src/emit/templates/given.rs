//! A team's own templates: what is wrong with them is said before anything is printed.

use std::collections::HashMap;
use std::sync::Arc;

use minijinja::machinery::parse;
use minijinja::{Error, ErrorKind};

use super::{ORIGINAL, Templates, codes, names, views};
use crate::diagnostic::Diagnostic;
use crate::rule::Meta;
use crate::source::{Location, Source, Span};
use crate::suggest::did_you_mean;

/// A file of the folder of templates.
#[derive(Debug)]
pub struct Given {
    /// Its path in the folder, with `/`.
    pub name: String,
    /// Its text, under the path that people know it by.
    pub source: Source,
    /// The text is all that could be read of it.
    pub is_text: bool,
}

/// Where to read of templates.
const LIST: &str = "`inngest-offload templates list` names the templates";

/// The built-in templates with these in the place of some.
pub(super) fn templates(given: Vec<Given>) -> Result<Templates, Vec<Diagnostic>> {
    let mut findings = Vec::new();
    let mut taken: HashMap<String, Arc<Source>> = HashMap::new();
    for file in given {
        let source = Arc::new(file.source);
        let known = Templates::list().find(|template| template.name == file.name);
        if known.is_some_and(|known| known.source == source.text()) {
            // A copy that nobody has changed is the built-in one.
            continue;
        }
        if known.is_none() && !is_piece(&file.name) {
            findings.push(Diagnostic::of_file(
                &codes::UNKNOWN,
                &source,
                format!("`{}` is not the name of a template", file.name),
                unknown_help(&file.name),
            ));
        } else if !file.is_text {
            findings.push(at_end(&source, "the template is not UTF-8".to_owned(), "save the file as UTF-8"));
        } else {
            taken.insert(file.name, source);
        }
    }
    let templates = match Templates::of(taken) {
        Ok(templates) => templates,
        Err(error) => {
            let source = Arc::new(Source::new("templates", String::new()));
            return Err(vec![at_end(&source, error.to_string(), LIST)]);
        }
    };
    let mut all: Vec<(&String, &Arc<Source>)> = templates.given.iter().collect();
    all.sort_by_key(|(name, _)| *name);
    for (name, source) in all {
        findings.extend(look_at(&templates, name, source));
    }
    if findings.is_empty() { Ok(templates) } else { Err(findings) }
}

/// A piece of the team's own, for other templates to include.
fn is_piece(name: &str) -> bool {
    name.ends_with(".j2") && name.rsplit('/').next().is_some_and(|file| file.starts_with('_'))
}

fn unknown_help(name: &str) -> String {
    let file = |name: &'static str| name.rsplit('/').next().unwrap_or(name);
    let all = || Templates::list().map(|template| template.name);
    // A file in the wrong folder, then a mistyped name.
    let moved = all().find(|known| name.rsplit('/').next() == Some(file(known)));
    match moved.or_else(|| did_you_mean(name, all())) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("{LIST}; the name of a file to include begins with `_` and ends with `.j2`"),
    }
}

fn look_at(templates: &Templates, name: &str, source: &Arc<Source>) -> Vec<Diagnostic> {
    let view = views().of.iter().find(|(known, _)| *known == name).map(|(_, view)| view.as_str());
    if view.is_none() && !is_piece(name) {
        return ends_early(name, source).into_iter().collect();
    }
    // What stands in it is read as the environment reads it, so that both know the same faults.
    let parsed = match parse(source.text(), name, templates.environment.syntax().clone()) {
        Ok(parsed) => parsed,
        Err(error) => return vec![syntax(source, &error)],
    };
    names::unknown(&parsed, source.text(), view, templates)
        .into_iter()
        .map(|unknown| {
            let location = Location { source: source.clone(), span: unknown.span };
            Diagnostic::new(&codes::NAME, location, unknown.message, unknown.help)
        })
        .collect()
}

/// A style or a script that would end the element that it stands in.
fn ends_early(name: &str, source: &Arc<Source>) -> Option<Diagnostic> {
    let end = if name.ends_with(".css") { "</style" } else { "</script" };
    let at = source.text().to_ascii_lowercase().find(end)?;
    let location = Location { source: source.clone(), span: Span::new(at, at + end.len()) };
    let message = format!("`{end}` ends the element of the page that this file is printed into");
    Some(Diagnostic::new(&codes::SYNTAX, location, message, "write it differently, such as `<\\/`"))
}

fn at_end(source: &Arc<Source>, message: String, help: &str) -> Diagnostic {
    let end = source.text().len();
    Diagnostic::new(&codes::SYNTAX, Location { source: source.clone(), span: Span::new(end, end) }, message, help)
}

fn syntax(source: &Arc<Source>, error: &Error) -> Diagnostic {
    let help = "fix the line; the language is Jinja, as minijinja reads it";
    Diagnostic::new(&codes::SYNTAX, location(source, error), said(error), help)
}

/// What is wrong in a file of the team, when a template failed: the innermost of its files.
pub(super) fn finding(templates: &Templates, error: &Error) -> Option<Diagnostic> {
    let mut found = None;
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<Error>()
            && let Some(source) = error.name().and_then(|name| templates.given.get(name))
        {
            found = Some((error, source));
        }
        next = error.source();
    }
    let (error, source) = found?;
    let place = location(source, error);
    let (rule, help): (&'static Meta, String) = match error.kind() {
        ErrorKind::UndefinedError => (&codes::NAME, undefined_help(source, place.span)),
        ErrorKind::SyntaxError => (&codes::SYNTAX, "fix the line".to_owned()),
        _ => (&codes::FAILED, "fix the line, or use the built-in template".to_owned()),
    };
    Some(Diagnostic::new(rule, place, said(error), help))
}

fn undefined_help(source: &Source, span: Span) -> String {
    let text = source.text().get(span.start..span.end).unwrap_or_default();
    let name = text.rsplit(['.', ' ', '{', '(']).find(|part| !part.is_empty()).unwrap_or_default();
    let all = views().types.values().filter_map(|view| view["properties"].as_object()).flat_map(|fields| fields.keys());
    match did_you_mean(name, all.map(String::as_str)) {
        Some(known) if known != name => format!("did you mean `{known}`?"),
        _ => "not every contract has it: check with `is defined` or `if` first".to_owned(),
    }
}

fn said(error: &Error) -> String {
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    detail.trim_end_matches('.').to_owned()
}

/// The place that an error names: a range, or else its line.
fn location(source: &Arc<Source>, error: &Error) -> Location {
    let text = source.text();
    let range = error.range().filter(|range| text.get(range.clone()).is_some_and(|text| !text.is_empty()));
    let span = match (range, error.line()) {
        (Some(range), _) => Span::new(range.start, range.end),
        (None, Some(line)) => {
            let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
            let rest = text.get(start..).unwrap_or_default();
            let length = rest.lines().next().map_or(0, |line| line.trim_end().len());
            Span::new(start.min(text.len()), (start + length).min(text.len()))
        }
        (None, None) => Span::new(0, 0),
    };
    Location { source: source.clone(), span }
}

/// Whether a template of this name can be included.
pub(super) fn exists(templates: &Templates, name: &str) -> bool {
    let plain = name.strip_prefix(ORIGINAL).unwrap_or(name);
    templates.is_given(name) || Templates::list().any(|template| template.name == plain)
}
