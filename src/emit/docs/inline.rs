//! Sentences that are not in any format yet.
//!
//! A view says each thing once, and every format prints it in its own way. So the parts of a sentence
//! that are not plain words of the compiler stand between marks: text of the spec, code, links. A mark
//! is a control character, which no text of the spec can hold here: [`one_line`] writes those out. The
//! words between are the compiler's own; in them `` ` `` makes code and `**` what is important.

use std::borrow::Cow;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object};
use minijinja::{Error, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::links::Page;
use crate::ascii;
use crate::emit::ready::described_as;
use crate::markdown::{self, Span, hidden, one_line, visible};

const CODE: char = '\u{1}';
const PROSE: char = '\u{2}';
const LINK: char = '\u{3}';
const TARGET: char = '\u{4}';
const END: char = '\u{5}';
const END_LINK: char = '\u{6}';

/// A name of so many bytes fits into a line of a phone.
const SHORT: usize = 20;
/// So many bytes of a long name stay together.
const PART: usize = 6;

/// Text as a person wrote it, with its code spans and addresses.
pub(super) fn prose(text: &str) -> String {
    marked(PROSE, text)
}

/// A name, a value, a command.
pub(super) fn code(text: &str) -> String {
    marked(CODE, text)
}

fn marked(mark: char, text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 2);
    out.push(mark);
    out.push_str(&text);
    out.push(END);
    out
}

/// Code with commas between.
pub(super) fn codes<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    texts.into_iter().map(|text| code(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A link. `label` is a sentence already; `target` is a path or an anchor made by the compiler.
pub(super) fn link(label: &str, target: &str) -> String {
    let target = one_line(target);
    let mut out = String::with_capacity(label.len() + target.len() + 3);
    out.push(LINK);
    out.push_str(label);
    out.push(TARGET);
    out.push_str(&target);
    out.push(END_LINK);
    out
}

/// Lines that are shown as they are. Templates are given the block itself, not a copy of its lines.
#[derive(Debug)]
pub(crate) struct Block(Arc<Lines>);

described_as!([] Block as Lines);

/// Lines that are shown as they are. `| block` prints them in Markdown.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename = "Block", expecting = "struct Block")]
struct Lines {
    /// Their language: `sh`, `json`, `mermaid`, `text`.
    language: String,
    /// The lines.
    text: String,
}

impl Block {
    /// `text` in a language; what cannot be seen is written out.
    pub(super) fn new(language: &str, text: &str) -> Self {
        let text = visible(text).trim_end_matches('\n').to_owned();
        Self(Arc::new(Lines { language: language.to_owned(), text }))
    }
}

/// What a template holds as a fenced block: a block of a view, or whatever has the shape of one.
///
/// # Errors
/// It has another shape.
pub(super) fn fenced(value: &Value) -> Result<String, Error> {
    match value.downcast_object_ref::<Lines>() {
        Some(block) => Ok(markdown::fence(&block.language, &block.text)),
        None => Lines::deserialize(value.clone()).map(|block| markdown::fence(&block.language, &block.text)),
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::from_dyn_object(Arc::clone(&self.0)).serialize(serializer)
    }
}

impl Object for Lines {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "language" => Some(Value::from(self.language.as_str())),
            "text" => Some(Value::from(self.text.as_str())),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["language", "text"])
    }
}

/// A part of a sentence.
enum Part<'t> {
    Words(&'t str),
    Code(&'t str),
    Prose(&'t str),
    Link(&'t str, &'t str),
}

/// The parts of a sentence, or of a document made of sentences.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = first_mark(rest).unwrap_or(rest.len());
        let (words, marked) = rest.split_at(at);
        if !words.is_empty() {
            rest = marked;
            return Some(Part::Words(words));
        }
        let mark = marked.chars().next();
        let after = &marked[1..];
        let ends = if mark == Some(LINK) { END_LINK } else { END };
        let (inside, left) = split_once(after, ends).unwrap_or((after, ""));
        rest = left;
        Some(match mark {
            Some(CODE) => Part::Code(inside),
            Some(PROSE) => Part::Prose(inside),
            _ => split_once(inside, TARGET).map_or(Part::Words(inside), |(label, target)| Part::Link(label, target)),
        })
    })
}

/// What stands before and behind a mark.
fn split_once(text: &str, mark: char) -> Option<(&str, &str)> {
    let at = memchr::memchr(mark as u8, text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}

fn first_mark(text: &str) -> Option<usize> {
    memchr::memchr3(CODE as u8, PROSE as u8, LINK as u8, text.as_bytes())
}

/// A sentence, or a document of them, as Markdown.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if first_mark(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    push_markdown(text, &mut out);
    Cow::Owned(out)
}

/// The same behind what there is.
pub(super) fn push_markdown(text: &str, out: &mut String) {
    for part in parts(text) {
        match part {
            Part::Words(words) => out.push_str(words),
            Part::Code(text) => markdown::push_code(text, out),
            Part::Prose(text) => out.push_str(&markdown::prose(text)),
            Part::Link(label, target) => markdown::push_link(&to_markdown(label), target, out),
        }
    }
}

/// A sentence as HTML. What the spec says becomes text and nothing else; only the compiler's own
/// elements come out.
pub(crate) fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 2 + 48);
    push_html(text, &mut out);
    out
}

fn push_html(text: &str, out: &mut String) {
    let mut strong = false;
    for part in parts(text) {
        match part {
            Part::Words(words) => words_to_html(words, &mut strong, out),
            Part::Code(text) => code_to_html(text, out),
            Part::Prose(text) => {
                for span in markdown::spans(text) {
                    match span {
                        Span::Text(text) => escape(text, out),
                        Span::Code(text) => code_to_html(text, out),
                        Span::Address(address) => address_to_html(address, out),
                    }
                }
            }
            Part::Link(label, target) => {
                out.push_str("<a href=\"");
                escape(&markdown::percent(on_one_page(target)), out);
                out.push_str("\">");
                push_html(label, out);
                out.push_str("</a>");
            }
        }
    }
    if strong {
        out.push_str("</strong>");
    }
}

/// A sentence without its marks: for attributes and for comparing.
pub(super) fn to_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in parts(text) {
        match part {
            Part::Words(words) => out.extend(words.chars().filter(|c| !matches!(c, '`' | '*'))),
            Part::Code(text) | Part::Prose(text) => out.push_str(text),
            Part::Link(label, _) => out.push_str(&to_text(label)),
        }
    }
    out
}

/// All documents are one page there: a link to a heading of another document stays on it.
fn on_one_page(target: &str) -> &str {
    match target.split_once('#') {
        Some((file, _)) if Page::ALL.iter().any(|page| page.file() == file) => &target[file.len()..],
        _ => target,
    }
}

/// A sentence without markup, for HTML: in an element or a quoted attribute.
pub(super) fn to_html_text(text: &str) -> String {
    escaped(&to_text(text))
}

/// Text as it is, for HTML: in an element or a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

fn words_to_html(words: &str, strong: &mut bool, out: &mut String) {
    if memchr::memchr2(b'`', b'*', words.as_bytes()).is_none() {
        escape(words, out);
        return;
    }
    for (index, part) in words.split('`').enumerate() {
        if index % 2 == 1 {
            code_to_html(part, out);
            continue;
        }
        for (index, part) in part.split("**").enumerate() {
            if index > 0 {
                *strong = !*strong;
                out.push_str(if *strong { "<strong>" } else { "</strong>" });
            }
            escape(part, out);
        }
    }
}

fn code_to_html(text: &str, out: &mut String) {
    if text.is_empty() {
        out.push_str("(empty)");
        return;
    }
    out.push_str("<code>");
    // Places to break a long name at, so that a phone shows all of it; copied text has none of them.
    let mut start = 0;
    if text.len() > SHORT {
        for (at, byte) in text.bytes().enumerate() {
            let end = at + 1;
            let joint = matches!(byte, b'/' | b'.' | b'_' | b':' | b'-' | b',');
            if joint && end - start >= PART && text.len() - end >= PART {
                escape(&text[start..end], out);
                out.push_str("<wbr>");
                start = end;
            }
        }
    }
    escape(&text[start..], out);
    out.push_str("</code>");
}

fn address_to_html(address: &str, out: &mut String) {
    for part in ["<a rel=\"noreferrer\" href=\"", "\">"] {
        out.push_str(part);
        escape(address, out);
    }
    out.push_str("</a>");
}

/// Text between tags or in a quoted attribute.
fn escape(text: &str, out: &mut String) {
    // A mark that has no partner shows itself as what it is.
    const UNSEEN: &str = "\u{fffd}";
    let is_plain = |b| ascii::seen(b) & (b != b'&') & (b != b'<') & (b != b'>') & (b != b'"') & (b != b'\'');
    if ascii::all(text, is_plain) {
        out.push_str(text);
        return;
    }
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let (instead, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\'' => ("&#39;", 1),
            b'\n' | b' '..=b'~' | 0x80..=0xbf => continue,
            // The first byte of a longer character.
            0xc0.. => match text[at..].chars().next() {
                Some(c) if hidden(c) => (UNSEEN, c.len_utf8()),
                _ => continue,
            },
            _ => (UNSEEN, 1),
        };
        out.push_str(&text[plain..at]);
        out.push_str(instead);
        plain = at + length;
    }
    out.push_str(&text[plain..]);
}

#[cfg(test)]
mod tests {
    use super::{code, link, prose, to_html, to_markdown, to_text};

    #[test]
    fn one_sentence_in_two_formats() {
        let target = "contract.md#offload-x";
        let sentence = format!("**{}** is `on`: {}.", prose("a *b* `c` <i>"), link(&code("x|y"), target));
        assert_eq!(to_markdown(&sentence), "**a \\*b\\* `c` \\<i>** is `on`: [`x|y`](contract.md#offload-x).");
        assert_eq!(
            to_html(&sentence),
            "<strong>a *b* <code>c</code> &lt;i&gt;</strong> is <code>on</code>: \
             <a href=\"#offload-x\"><code>x|y</code></a>."
        );
        assert_eq!(to_text(&sentence), "a *b* `c` <i> is on: x|y.");
    }

    #[test]
    fn text_cannot_hold_marks() {
        let given = "a\u{1}b\u{5}\u{3}c\u{4}javascript:x\u{6}";
        for made in [code(given), prose(given), link(&code(given), given)] {
            let html = to_html(&made);
            assert!(!html.contains("href=\"javascript:"), "{html}");
            assert!(html.contains("a[U+0001]b"), "{html}");
        }
        assert_eq!(to_html("\u{5}\u{202e}"), "\u{fffd}\u{fffd}");
    }

    #[test]
    fn only_addresses_are_links() {
        assert_eq!(
            to_html(&prose("see https://a.example/?b=c&d.")),
            "see <a rel=\"noreferrer\" href=\"https://a.example/?b=c&amp;d\">https://a.example/?b=c&amp;d</a>."
        );
        assert_eq!(to_html(&prose("[x](javascript:y)")), "[x](javascript:y)");
        assert_eq!(to_html(&link("x", "javascript:alert(1)")), "<a href=\"javascript%3Aalert%281%29\">x</a>");
    }
}
