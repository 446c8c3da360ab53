//! Faults of syntax, said so that the writer sees what to change. What people bring along from
//! templates and TypeScript gets a message of its own.

use std::ops::Range;

use cel::ParseError;

use super::{MAX_LENGTH, MAX_NESTING};

/// Why a text is no expression.
#[derive(Debug)]
pub(in crate::lint) struct Syntax {
    /// The place of the fault.
    pub(in crate::lint) span: Range<usize>,
    /// What is wrong there.
    pub(in crate::lint) what: String,
    /// What to do.
    pub(in crate::lint) help: String,
}

impl Syntax {
    fn new(span: Range<usize>, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span, what: what.into(), help: help.into() }
    }
}

/// What other languages write, and what CEL has in its place.
const FOREIGN: [(&str, &str); 10] = [
    ("{{", "write the expression without braces: `event.data.dispatchKey`"),
    ("${", "write the expression without `${}`: `event.data.dispatchKey`; join texts with `+`"),
    ("??", "make the field required in the payload, or write `has(event.data.a) ? event.data.a : \"none\"`"),
    ("?.", "write `.`, and test a field that can be absent with `has(event.data.a)`"),
    ("!==", "write `!=`"),
    ("===", "write `==`"),
    ("=>", "write `>=`, or `.exists(x, …)` for a function over a list"),
    ("`", "write text in single quotes, and join with `+`"),
    (" = ", "write ` == ` to compare"),
    ("$", "write the full path: `event.data.dispatchKey`"),
];

/// Words that are no names.
pub(super) fn is_word_of_the_language(name: &str) -> bool {
    const KEYWORDS: [&str; 4] = ["true", "false", "null", "in"];
    const RESERVED: [&str; 17] = [
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "package",
        "namespace",
        "return",
        "var",
        "void",
        "while",
    ];
    KEYWORDS.contains(&name) || RESERVED.contains(&name)
}

/// Refuses what the parser is not made for.
pub(super) fn within_limits(text: &str) -> Result<(), Syntax> {
    let all = 0..text.len();
    if text.trim().is_empty() {
        return Err(Syntax::new(
            all,
            "it is empty",
            "write a path such as `event.data.dispatchKey`, or remove the option",
        ));
    }
    if text.len() > MAX_LENGTH {
        let what = format!("it has {} bytes; at most {MAX_LENGTH} are supported", text.len());
        return Err(Syntax::new(all, what, "compute the value in the dispatcher, and name its field here"));
    }
    let mut depth: usize = 0;
    for (at, c) in Code::new(text) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_NESTING {
            let what = format!("its brackets are nested more than {MAX_NESTING} deep");
            return Err(Syntax::new(at..at + 1, what, "compute the value in the dispatcher, and name its field here"));
        }
    }
    Ok(())
}

/// The fault to show among those that the parser found.
pub(super) fn explain(text: &str, errors: &[ParseError]) -> Syntax {
    let mut code = Code::new(text);
    for (at, _) in code.by_ref() {
        if let Some((token, help)) = FOREIGN.iter().find(|(token, _)| text[at..].starts_with(token)) {
            return Syntax::new(at..at + token.len(), format!("CEL has no `{token}`"), *help);
        }
    }
    if let Some(at) = code.unclosed {
        return Syntax::new(
            at..text.len(),
            "a quote is not closed",
            "close the quote, and quote the whole value in YAML",
        );
    }
    // What the parser says of an incomplete node follows from a fault that it names elsewhere.
    let first = errors.iter().find(|error| error.msg.starts_with("Syntax error")).or(errors.first());
    let at = first.and_then(|error| offset(text, error.pos)).unwrap_or(0);
    let rest = &text[at..];
    if rest.trim().is_empty() {
        let last = text.trim_end().char_indices().next_back().map_or(0, |(last, _)| last);
        return Syntax::new(last..text.trim_end().len(), "it ends too early", "complete the expression");
    }
    let span = at..at + token_length(rest);
    let token = &text[span.clone()];
    let column = text[..at].rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    if is_word_of_the_language(token) {
        let help = "write a field with this name as an index: `event.data['if']`";
        return Syntax::new(span, format!("`{token}` at column {column} is a reserved word of CEL, not a name"), help);
    }
    let help = "CEL has paths, quoted text, numbers, `+`, comparison, `&&`, `||`, `!` and `a ? b : c`";
    Syntax::new(span, format!("`{token}` at column {column} does not belong there"), help)
}

/// The byte offset of a line and a column, both from one.
fn offset(text: &str, (line, column): (isize, isize)) -> Option<usize> {
    let line = usize::try_from(line).ok()?.checked_sub(1)?;
    let column = usize::try_from(column).ok()?.checked_sub(1)?;
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let characters = text.get(start..)?.char_indices();
    Some(characters.map(|(at, _)| start + at).nth(column).unwrap_or(text.len()))
}

fn token_length(rest: &str) -> usize {
    let word = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) }
}

/// The characters of an expression outside of quoted text.
struct Code<'t> {
    text: &'t str,
    at: usize,
    unclosed: Option<usize>,
}

impl<'t> Code<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, unclosed: None }
    }

    /// Moves behind the quoted text that starts here.
    fn skip_quoted(&mut self, quote: char) {
        let start = self.at;
        let raw = self.text[..start].ends_with(['r', 'R']);
        let rest = &self.text[start..];
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let end = if rest.starts_with(&triple) { triple } else { quote.to_string() };
        self.at += end.len();
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            if rest.starts_with(&end) {
                self.at += end.len();
                return;
            }
            let mut characters = rest.chars();
            let first = characters.next();
            self.at += first.map_or(0, char::len_utf8);
            if first == Some('\\') && !raw {
                self.at += characters.next().map_or(0, char::len_utf8);
            }
        }
        self.unclosed = Some(start);
    }
}

impl Iterator for Code<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.at;
            let c = self.text.get(at..)?.chars().next()?;
            if c == '"' || c == '\'' {
                self.skip_quoted(c);
                continue;
            }
            self.at += c.len_utf8();
            return Some((at, c));
        }
    }
}
