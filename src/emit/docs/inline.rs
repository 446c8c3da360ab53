//! Sentences that are not in any format yet.
//!
//! A view says each thing once, and every format prints it in its own way. So the parts of a sentence
//! that are not plain words of the compiler stand between marks: text of the spec, code, links. A mark
//! is a control character, which no text of the spec can hold here: [`one_line`] writes those out. The
//! words between are the compiler's own; in them `` ` `` makes code and `**` what is important.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::links::Page;
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
    format!("{PROSE}{}{END}", one_line(text))
}

/// A name, a value, a command.
pub(super) fn code(text: &str) -> String {
    format!("{CODE}{}{END}", one_line(text))
}

/// Code with commas between.
pub(super) fn codes<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    texts.into_iter().map(|text| code(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A link. `label` is a sentence already; `target` is a path or an anchor made by the compiler.
pub(super) fn link(label: &str, target: &str) -> String {
    format!("{LINK}{label}{TARGET}{}{END_LINK}", one_line(target))
}

/// Lines that are shown as they are. `| block` prints them in Markdown.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Block")]
pub(crate) struct Block {
    /// Their language: `sh`, `json`, `mermaid`, `text`.
    language: String,
    /// The lines.
    text: String,
}

impl Block {
    /// `text` in a language; what cannot be seen is written out.
    pub(super) fn new(language: &str, text: &str) -> Self {
        Self { language: language.to_owned(), text: visible(text).trim_end_matches('\n').to_owned() }
    }

    /// A fenced block.
    pub(crate) fn to_markdown(&self) -> String {
        markdown::fence(&self.language, &self.text)
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
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find([CODE, PROSE, LINK]) {
        if at > 0 {
            out.push(Part::Words(&rest[..at]));
        }
        let mark = rest[at..].chars().next();
        let after = &rest[at + 1..];
        let ends = if mark == Some(LINK) { END_LINK } else { END };
        let (inside, left) = after.split_once(ends).unwrap_or((after, ""));
        out.push(match mark {
            Some(CODE) => Part::Code(inside),
            Some(PROSE) => Part::Prose(inside),
            _ => inside.split_once(TARGET).map_or(Part::Words(inside), |(label, target)| Part::Link(label, target)),
        });
        rest = left;
    }
    if !rest.is_empty() {
        out.push(Part::Words(rest));
    }
    out
}

/// A sentence, or a document of them, as Markdown.
pub(super) fn to_markdown(text: &str) -> Cow<'_, str> {
    if !text.contains([CODE, PROSE, LINK]) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for part in parts(text) {
        match part {
            Part::Words(words) => out.push_str(words),
            Part::Code(text) => out.push_str(&markdown::code(text)),
            Part::Prose(text) => out.push_str(&markdown::prose(text)),
            Part::Link(label, target) => out.push_str(&markdown::link(&to_markdown(label), target)),
        }
    }
    Cow::Owned(out)
}

/// A sentence as HTML. What the spec says becomes text and nothing else; only the compiler's own
/// elements come out.
pub(crate) fn to_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut strong = false;
    for part in parts(text) {
        match part {
            Part::Words(words) => words_to_html(words, &mut strong, &mut out),
            Part::Code(text) => code_to_html(text, &mut out),
            Part::Prose(text) => {
                for span in markdown::spans(text) {
                    match span {
                        Span::Text(text) => escape(text, &mut out),
                        Span::Code(text) => code_to_html(text, &mut out),
                        Span::Address(address) => address_to_html(address, &mut out),
                    }
                }
            }
            Part::Link(label, target) => {
                out.push_str("<a href=\"");
                escape(&markdown::percent(on_one_page(target)), &mut out);
                out.push_str("\">");
                out.push_str(&to_html(label));
                out.push_str("</a>");
            }
        }
    }
    if strong {
        out.push_str("</strong>");
    }
    out
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
    let mut since = 0;
    let mut left = text.len();
    for part in text.split_inclusive(['/', '.', '_', ':', '-', ',']) {
        if text.len() > SHORT && since >= PART && left >= PART {
            out.push_str("<wbr>");
            since = 0;
        }
        since += part.len();
        left -= part.len();
        escape(part, out);
    }
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
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A mark that has no partner shows itself as what it is.
            c if c != '\n' && hidden(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
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
