//! Names of a contract in code.
//!
//! Code that somebody is typing is often no program, so it is read as text: an event is its name in quotes or its
//! constant, a variable is a property of `env` or its name in quotes.

use super::names::Role;
use crate::contract::{Condition, Contract};
use crate::source::{Source, Span};

/// A name of the contract as code writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    pub(super) role: Role,
    /// The name in the contract.
    pub(super) name: String,
    /// What stands in the code.
    pub(super) written: String,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// In quotes.
    Text,
    /// As an identifier.
    Constant,
    /// In quotes or behind `env.`.
    Variable,
}

/// Every name of a contract that code may mention.
pub(super) fn spellings(contract: &Contract) -> Vec<Spelling> {
    let mut found = Vec::new();
    for (_, event) in contract.events() {
        let name = &event.name.value;
        let spelling =
            |written: &str, form| Spelling { role: Role::Event, name: name.clone(), written: written.to_owned(), form };
        found.push(spelling(name, Form::Text));
        found.push(spelling(&event.constant.value, Form::Constant));
    }
    let mut variables: Vec<&str> = Vec::new();
    let mut add = |condition: &'_ Condition| -> Vec<String> {
        condition.variables().into_iter().map(|(name, _)| name.to_owned()).collect()
    };
    let conditions = contract.flags.values().map(|flag| &flag.enabled_when.value);
    let named: Vec<String> = conditions.chain([&contract.dispatch.configured.value]).flat_map(&mut add).collect();
    variables.extend(contract.flags.keys().map(String::as_str));
    variables.extend(contract.flags.values().filter_map(|flag| Some(flag.override_.as_ref()?.on.value.as_str())));
    variables.extend(contract.environment.secrets.iter().map(|secret| secret.value.as_str()));
    variables.extend(named.iter().map(String::as_str));
    variables.sort_unstable();
    variables.dedup();
    found.extend(variables.into_iter().map(|name| Spelling {
        role: Role::Variable,
        name: name.to_owned(),
        written: name.to_owned(),
        form: Form::Variable,
    }));
    found
}

/// The name at a byte of code.
pub(super) fn at<'s>(source: &Source, offset: usize, spellings: &'s [Spelling]) -> Option<(&'s Spelling, Span)> {
    let line = source.line_column(offset).line;
    let line = source.line_range(line, line);
    let text = source.slice(line);
    let found = spellings.iter().filter_map(|spelling| {
        let spans = spans(text, spelling).map(|span| Span::new(line.start + span.start, line.start + span.end));
        spans.into_iter().find(|span| span.start <= offset && offset <= span.end).map(|span| (spelling, span))
    });
    found.max_by_key(|(_, span)| span.end - span.start)
}

/// Where code mentions a name.
pub(super) fn uses(text: &str, spellings: &[Spelling], role: Role, name: &str) -> Vec<Span> {
    let wanted = spellings.iter().filter(|spelling| spelling.role == role && spelling.name == name);
    let mut found: Vec<Span> = wanted.flat_map(|spelling| spans(text, spelling)).collect();
    found.sort_unstable();
    found
}

fn spans<'t>(text: &'t str, spelling: &'t Spelling) -> impl Iterator<Item = Span> + 't {
    text.match_indices(spelling.written.as_str()).filter_map(move |(start, found)| {
        let end = start + found.len();
        let (before, after) = (&text[..start], &text[end..]);
        let part_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        let whole = !before.ends_with(part_of_name) && !after.starts_with(part_of_name);
        let quoted = ['"', '\'', '`'].iter().any(|quote| before.ends_with(*quote) && after.starts_with(*quote));
        let fits = match spelling.form {
            Form::Text => quoted,
            Form::Constant => whole,
            Form::Variable => quoted || whole && before.ends_with("env."),
        };
        fits.then(|| Span::new(start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_where_code_means_them() {
        let spelling =
            |written: &str, form| Spelling { role: Role::Event, name: "n".into(), written: written.into(), form };
        let count = |text: &str, written: &str, form| spans(text, &spelling(written, form)).count();
        assert_eq!(count("send({ name: \"a/b.c\" }); // a/b.c", "a/b.c", Form::Text), 1);
        assert_eq!(count("\"a/b.cd\" 'a/b.c'", "a/b.c", Form::Text), 1);
        assert_eq!(count("EVENT_A; EVENT_AB; x.EVENT_A", "EVENT_A", Form::Constant), 2);
        assert_eq!(count("process.env.F; env['F']; F; process.env.FG", "F", Form::Variable), 2);
    }
}
