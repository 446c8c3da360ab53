//! Regular expressions, as far as ours mean the same.

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Value};

impl<'p> Machine<'p> {
    pub(in super::super) fn regex(&mut self, pattern: &str, flags: &Text, at: Site) -> Value<'p> {
        // Ours takes no escaped slash; digits of other scripts, which only ours counts, meet no contract.
        let known = regex::RegexBuilder::new(&pattern.replace("\\/", "/"))
            .case_insensitive(flags.contains('i'))
            .multi_line(flags.contains('m'))
            .dot_matches_new_line(flags.contains('s'))
            .build()
            .ok();
        self.object(Kind::Regex(known, flags.clone()), at)
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
