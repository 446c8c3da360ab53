//! Regular expressions, as far as ours mean the same: what may mean something else is not taken.

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Object, Outcome, Slot, Value};
use fancy_regex::{Regex, RegexBuilder};
use std::rc::Rc;

/// What a regular expression caught in a text.
pub(super) type Caught<'t> = fancy_regex::Captures<'t, str>;

/// Most steps back that a search may take; one that needs more finds nothing that is known.
const MOST_BACK: usize = 100_000;

impl<'p> Machine<'p> {
    pub(in super::super) fn regex(&mut self, pattern: &Text, flags: &Text, at: Site) -> Value<'p> {
        let key = (pattern.clone(), flags.clone());
        let mut known = self.shared.regexes.borrow_mut();
        let regex = known.entry(key).or_insert_with(|| compile(pattern, flags)).clone();
        drop(known);
        let object = Object::new(Kind::Regex(regex, flags.clone()), at);
        object.mark(SOURCE, Value::Text(pattern.clone()));
        Value::Object(object)
    }

    pub(super) fn regex_method(
        &mut self,
        object: &Rc<Object<'p>>,
        regex: Option<&Regex>,
        flags: &str,
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let own = Value::Object(object.clone());
        if name == "toString" {
            return Ok(match object.own(SOURCE) {
                Some((Value::Text(source), _)) => Value::text(&format!("/{source}/{flags}")),
                _ => self.unknown_text(&[], at),
            });
        }
        if !matches!(name, "test" | "exec") {
            return self.no_method(&own, name, arguments, at);
        }
        let known = match (regex, self.to_text(&first)) {
            (Some(regex), Some(text)) => Some((regex.clone(), text)),
            _ => None,
        };
        let Some((regex, text)) = known else {
            if name == "test" {
                let pattern = Value::text(regex.map_or("?", |regex| regex.as_str()));
                return Ok(self.compared("matches", &pattern, &first, at));
            }
            return Ok(self.unread("a match", &[&first], at));
        };
        let is_sticky = flags.contains('y');
        let goes_on = is_sticky || flags.contains('g');
        // A global one goes on where it was.
        let from = match object.own("lastIndex") {
            Some((Value::Number(index), _)) if goes_on => index as usize,
            _ => 0,
        };
        if goes_on && !text.is_ascii() {
            return Ok(self.unread("a match", &[&first], at));
        }
        let found = if from <= text.len() { find_from(&regex, &text, from) } else { Ok(None) };
        let Ok(found) = found else { return Ok(self.unread("a match", &[&first], at)) };
        let starts = |found: &Caught<'_>| found.get(0).map(|whole| whole.start());
        let found = found.filter(|found| !is_sticky || starts(found) == Some(from));
        if goes_on {
            self.touch(object);
            let next = found.as_ref().and_then(|found| found.get(0)).map_or(0, |whole| whole.end());
            let value = Value::Number(next as f64);
            object.set(Slot { name: Text::from("lastIndex"), value, is_getter: false, at });
        }
        Ok(match (found, name) {
            (found, "test") => Value::Bool(found.is_some()),
            (Some(found), _) => self.captured(&regex, &found, &text, at),
            (None, _) => Value::Null,
        })
    }
}

/// The hidden name of the pattern of a regular expression.
pub(in super::super) const SOURCE: &str = "\0source";

/// What a regular expression finds from a place on.
///
/// # Errors
///
/// When that takes too long to know.
pub(super) fn find_from<'t>(
    regex: &Regex,
    text: &'t str,
    from: usize,
) -> Result<Option<Caught<'t>>, fancy_regex::Error> {
    regex.captures_from_pos(text, from)
}

fn compile(pattern: &str, flags: &str) -> Option<Regex> {
    RegexBuilder::new(&translated(pattern, flags)?)
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'))
        .backtrack_limit(MOST_BACK)
        .build()
        .ok()
}

/// White space of the language.
const SPACE: &str = r"\t-\r \u{a0}\u{1680}\u{2000}-\u{200a}\u{2028}\u{2029}\u{202f}\u{205f}\u{3000}\u{feff}";

/// What words are made of.
const WORD: &str = "[0-9A-Za-z_]";

/// A pattern in our syntax; `None` for what ours has not, or reads in another way.
fn translated(pattern: &str, flags: &str) -> Option<String> {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern.chars().peekable();
    let mut in_class = false;
    if flags.contains('v') || catches_looking_back(pattern) {
        return None;
    }
    while let Some(c) = rest.next() {
        match c {
            '\\' => escape(&mut rest, in_class, flags, &mut out)?,
            '[' if in_class => out.push_str("\\["),
            '[' => {
                in_class = true;
                out.push('[');
                if rest.next_if_eq(&'^').is_some() {
                    out.push('^');
                }
                // An empty class is no class of ours.
                if rest.peek() == Some(&']') {
                    return None;
                }
            }
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            '&' | '~' if in_class => {
                out.push('\\');
                out.push(c);
            }
            '-' if in_class && rest.peek() == Some(&'-') => return None,
            '.' if !in_class && !flags.contains('s') => out.push_str(r"[^\n\r\u{2028}\u{2029}]"),
            '{' if !in_class => {
                let ahead: String = rest.clone().take_while(|c| *c != '}').collect();
                let is_count = ahead.starts_with(|c: char| c.is_ascii_digit())
                    && ahead.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
                    && ahead.matches(',').count() < 2
                    && rest.clone().count() > ahead.chars().count();
                out.push_str(if is_count { "{" } else { "\\{" });
            }
            ']' => out.push_str("\\]"),
            // The end of a count, or a character.
            '}' if !in_class && is_open_count(&out) => out.push('}'),
            '}' => out.push_str("\\}"),
            // `$` of several lines knows more ends of lines than ours.
            '$' | '^' if !in_class && flags.contains('m') => {
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    Some(out)
}

/// Whether groups catch something in what is looked back for: the language reads that from its end.
fn catches_looking_back(pattern: &str) -> bool {
    let behind = pattern.match_indices("(?<=").chain(pattern.match_indices("(?<!"));
    let mut behind = behind.map(|(at, opening)| &pattern[at + opening.len()..]);
    behind.any(|rest| rest.find(')').is_some_and(|end| rest[..end].contains('(')))
}

/// Whether what was written ends with a count that is open.
fn is_open_count(out: &str) -> bool {
    let Some(at) = out.rfind('{') else { return false };
    !out[..at].ends_with('\\') && out[at + 1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
}

fn escape(
    rest: &mut std::iter::Peekable<std::str::Chars<'_>>,
    in_class: bool,
    flags: &str,
    out: &mut String,
) -> Option<()> {
    let c = rest.next()?;
    let hex = |rest: &mut std::iter::Peekable<std::str::Chars<'_>>, count: usize| {
        let digits: String = rest.by_ref().take(count).collect();
        u32::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == count)
    };
    match (c, in_class) {
        ('d', true) => out.push_str("0-9"),
        ('d', false) => out.push_str("[0-9]"),
        ('D', _) => out.push_str("[^0-9]"),
        ('w', true) => out.push_str("0-9A-Za-z_"),
        ('w', false) => out.push_str(WORD),
        ('W', _) => out.push_str("[^0-9A-Za-z_]"),
        ('s', true) => out.push_str(SPACE),
        ('s', false) => out.push_str(&format!("[{SPACE}]")),
        ('S', _) => out.push_str(&format!("[^{SPACE}]")),
        ('b', false) => out.push_str(&format!("(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))")),
        ('B', false) => out.push_str(&format!("(?:(?<={WORD})(?={WORD})|(?<!{WORD})(?!{WORD}))")),
        ('b', true) => out.push_str(r"\x08"),
        ('n' | 'r' | 't' | 'f' | 'v', _) => {
            out.push('\\');
            out.push(c);
        }
        ('0', _) if !rest.peek().is_some_and(char::is_ascii_digit) => out.push_str(r"\x00"),
        ('x', _) => out.push_str(&format!("\\u{{{:x}}}", hex(rest, 2)?)),
        ('u', _) if rest.peek() == Some(&'{') && flags.contains('u') => {
            rest.next();
            let digits: String = rest.by_ref().take_while(|c| *c != '}').collect();
            out.push_str(&format!("\\u{{{digits}}}"));
        }
        ('u', _) => out.push_str(&format!("\\u{{{:x}}}", hex(rest, 4)?)),
        ('p' | 'P', _) if flags.contains('u') => {
            out.push('\\');
            out.push(c);
            if rest.next()? != '{' {
                return None;
            }
            let name: String = rest.by_ref().take_while(|c| *c != '}').collect();
            out.push_str(&format!("{{{name}}}"));
        }
        // Groups of before, letters that mean nothing: ours has another meaning for most.
        _ if c.is_alphanumeric() => return None,
        _ => out.push_str(&fancy_regex::escape(&c.to_string())),
    }
    Some(())
}
