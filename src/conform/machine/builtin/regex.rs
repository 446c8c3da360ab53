//! Regular expressions, as far as ours mean the same.

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Value};

impl<'p> Machine<'p> {
    pub(in super::super) fn regex(&mut self, pattern: &Text, flags: &Text, at: Site) -> Value<'p> {
        let key = (pattern.clone(), flags.clone());
        let mut known = self.shared.regexes.borrow_mut();
        let regex = known.entry(key).or_insert_with(|| compile(pattern, flags)).clone();
        drop(known);
        self.object(Kind::Regex(regex, flags.clone()), at)
    }

    pub(super) fn regex_method(
        &mut self,
        regex: Option<&regex::Regex>,
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Value<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match (regex, self.to_text(&first), name) {
            (Some(regex), Some(text), "test") => Value::Bool(regex.is_match(&text)),
            (Some(regex), Some(text), "exec") => self.captures(&regex.clone(), &text, at),
            (_, _, "test") => {
                let pattern = Value::text(regex.map_or("?", |regex| regex.as_str()));
                self.compared("matches", &pattern, &first, at)
            }
            _ => self.mixed("a match", &[&first], at),
        }
    }
}

/// Ours takes no escaped slash; digits of other scripts, which only ours counts, meet no contract.
fn compile(pattern: &str, flags: &str) -> Option<regex::Regex> {
    regex::RegexBuilder::new(&pattern.replace("\\/", "/"))
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'))
        .build()
        .ok()
}
