//! Text into Markdown: every function takes text as a person wrote it and returns Markdown that shows
//! this text and nothing else. Nothing here knows what the text means.
//!
//! What GitHub would read as markup is escaped; what a reader cannot see (controls, bidirectional
//! marks, zero-width characters) is written out as `[U+202E]`. Line breaks become spaces: everything
//! these functions return stands on one line.

mod unseen;

use std::fmt::Write;

pub(crate) use unseen::{hidden, one_line, visible};

/// Where Markdown is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a document: addresses are links.
    Document,
    /// In a link or a heading: nothing is a link.
    Label,
    /// In a comment on GitHub: nothing is a link, and nobody is called by a name.
    Comment,
}

/// Text for a paragraph, a list item or a table cell. A part in backticks becomes a code span, a
/// plain `https://` address a link.
pub(crate) fn prose(text: &str) -> String {
    with_spans(text, Place::Document, code)
}

/// Text for a comment on GitHub, outside of tables: as [`prose`], with no link, no mention of a person
/// and no reference to an issue. GitHub looks for these after Markdown, where `\` is of no use.
pub(crate) fn comment(text: &str) -> String {
    with_spans(text, Place::Comment, span)
}

fn with_spans(text: &str, place: Place, code: fn(&str) -> String) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest: &str = &text;
    while let Some(open) = rest.find('`') {
        let Some(length) = rest[open + 1..].find('`') else { break };
        let inside = &rest[open + 1..open + 1 + length];
        if inside.trim().is_empty() {
            break;
        }
        escape(&rest[..open], out.is_empty(), place, &mut out);
        out.push_str(&code(inside));
        rest = &rest[open + length + 2..];
    }
    escape(rest, out.is_empty(), place, &mut out);
    out
}

/// Text inside a link or a heading: no code, no links.
pub(crate) fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(&one_line(text), true, Place::Label, &mut out);
    out
}

/// A code span. A `|` in it is left to the table: elsewhere it needs no escape.
pub(crate) fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_code(text, &mut out);
    out
}

/// The same behind what there is.
pub(crate) fn push_code(text: &str, out: &mut String) {
    let text = one_line(text);
    if text.contains('\\') && text.contains("\\|") {
        // A table would end at this `|`, whatever stands before it.
        out.push_str(&label(&text));
    } else {
        push_span(&text, out);
    }
}

/// A code span outside of tables.
pub(crate) fn span(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push_span(&one_line(text), &mut out);
    out
}

/// A code span of text on one line.
fn push_span(text: &str, out: &mut String) {
    if text.is_empty() {
        out.push_str("(empty)");
        return;
    }
    if !text.contains('`') {
        out.extend(["`", text, "`"]);
        return;
    }
    // As prettier does: the shortest fence that does not occur in the text.
    let runs: Vec<usize> = text.split(|c| c != '`').map(str::len).collect();
    let fence = "`".repeat((1..).find(|length| !runs.contains(length)).unwrap_or(1));
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.extend([&fence, pad, text, pad, &fence]);
}

/// What a person means by a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Span<'t> {
    /// Words.
    Text(&'t str),
    /// What stands in backticks.
    Code(&'t str),
    /// A plain `https://` address.
    Address(&'t str),
}

/// The parts of a text on one line, as [`prose`] shows them.
pub(crate) fn spans(text: &str) -> Vec<Span<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('`') {
        let Some(length) = rest[open + 1..].find('`') else { break };
        let inside = &rest[open + 1..open + 1 + length];
        if inside.trim().is_empty() {
            break;
        }
        addresses(&rest[..open], &mut out);
        out.push(Span::Code(inside));
        rest = &rest[open + length + 2..];
    }
    addresses(rest, &mut out);
    out
}

fn addresses<'t>(text: &'t str, out: &mut Vec<Span<'t>>) {
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let begins = at == 0 || text[..at].ends_with([' ', '(']);
        let length = if begins { address(&text[at..]) } else { 0 };
        if length > 0 {
            out.push(Span::Text(&text[start..at]));
            out.push(Span::Address(&text[at..at + length]));
            start = at + length;
        }
        at += length.max(c.len_utf8());
    }
    out.push(Span::Text(&text[start..]));
    out.retain(|span| *span != Span::Text(""));
}

/// A link, behind what there is. `text` is Markdown already; `target` is a path or an anchor made by the compiler.
pub(crate) fn push_link(text: &str, target: &str, out: &mut String) {
    out.extend(["[", text, "]("]);
    push_percent(target, out);
    out.push(')');
}

/// A path or an anchor, as it may stand in a link.
pub(crate) fn percent(target: &str) -> String {
    let mut safe = String::with_capacity(target.len());
    push_percent(target, &mut safe);
    safe
}

fn push_percent(target: &str, out: &mut String) {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'#');
    if target.bytes().all(is_safe) {
        out.push_str(target);
        return;
    }
    for byte in target.bytes() {
        if is_safe(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// A fenced block of some language. Line breaks stay, what cannot be seen is written out.
pub(crate) fn fence(language: &str, body: &str) -> String {
    let text = visible(body);
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// At most `most` characters of a text, with a sign that there are more.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn escape(text: &str, at_start: bool, place: Place, out: &mut String) {
    let mut rest = text;
    let mut before: Option<char> = None;
    if at_start {
        rest = escape_start(rest, out);
    }
    while let Some(c) = rest.chars().next() {
        let after = rest[c.len_utf8()..].chars().next();
        if place == Place::Document && before.is_none_or(|b| b == ' ' || b == '(') {
            let length = address(rest);
            if length > 0 {
                let _ = write!(out, "<{}>", &rest[..length]);
                before = rest[..length].chars().last();
                rest = &rest[length..];
                continue;
            }
        }
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '@' if place == Place::Comment => out.push_str("@&#8203;"),
            '#' if place == Place::Comment && after.is_some_and(|c| c.is_ascii_digit()) => out.push_str("#&#8203;"),
            '-' if place == Place::Comment && ends_with(out, "gh") => out.push_str("&#8203;-"),
            '_' if word(before) && word(after) => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '$' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '&' if after.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()) => out.push_str("&amp;"),
            ':' if rest.starts_with("://") => out.push_str("\\:"),
            '.' if ends_with(out, "www") => out.push_str("\\."),
            c => out.push(c),
        }
        before = Some(c);
        rest = &rest[c.len_utf8()..];
    }
}

/// Whether a text ends with letters of ASCII, in whatever case.
fn ends_with(text: &str, letters: &str) -> bool {
    let start = text.len().checked_sub(letters.len());
    start.is_some_and(|start| text.as_bytes()[start..].eq_ignore_ascii_case(letters.as_bytes()))
}

/// What would begin a heading, a list, a quote or a rule at the start of a line.
fn escape_start<'t>(text: &'t str, out: &mut String) -> &'t str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some(c @ ('.' | ')')) if digits > 0 => {
            out.push_str(&text[..digits]);
            out.push('\\');
            out.push(c);
            &text[digits + 1..]
        }
        Some(c @ ('#' | '-' | '+' | '>' | '=' | ':')) if digits == 0 => {
            out.push('\\');
            out.push(c);
            &text[1..]
        }
        _ => text,
    }
}

/// The length of the `https://` address that `text` begins with; 0 without one.
fn address(text: &str) -> usize {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme)).map_or(0, str::len);
    if scheme == 0 {
        return 0;
    }
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"-._~:/?#@!$&'()+,;=%".contains(b);
    let length = text.bytes().take_while(plain).count();
    let length = text[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']).len();
    // What follows at once would be read as a part of it.
    let ends = text[length..].chars().next().is_none_or(|c| c == ' ' || ".,;:!?)'".contains(c));
    if length > scheme && ends { length } else { 0 }
}

fn longest_run(text: &str, wanted: char) -> usize {
    if !text.contains(wanted) {
        return 0;
    }
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{code, comment, fence, label, prose, push_link, shorten};

    #[test]
    fn prose_shows_text_and_nothing_else() {
        let cases = [
            ("A person is waiting.", "A person is waiting."),
            ("snake_case and _x_ and x*y", "snake_case and \\_x\\_ and x\\*y"),
            ("a | b", "a \\| b"),
            ("`cron/<job>`", "`cron/<job>`"),
            ("one ` alone", "one \\` alone"),
            ("empty `` span", "empty \\`\\` span"),
            ("blank ` ` span", "blank \\` \\` span"),
            ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
            ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
            ("![x](y)", "!\\[x\\](y)"),
            ("# no heading", "\\# no heading"),
            ("- no list", "\\- no list"),
            ("1. no list", "1\\. no list"),
            ("12) no list", "12\\) no list"),
            ("> no quote", "\\> no quote"),
            ("a\n# b\r\n\tc", "a # b c"),
            ("a \u{202e}b\u{0}", "a \\[U+202E\\]b\\[U+0000\\]"),
            ("&lt; & &#60;", "&amp;lt; & &amp;#60;"),
            ("~~x~~ $y$", "\\~\\~x\\~\\~ \\$y\\$"),
            ("see https://a.example/b?c=d_e.", "see <https://a.example/b?c=d_e>."),
            ("(https://a.example)", "(<https://a.example>)"),
            ("https://a.example/<b>", "https\\://a.example/\\<b>"),
            ("ftp://x www.y a@b", "ftp\\://x www\\.y a\\@b"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(prose(text), expected, "{text}");
        }
    }

    #[test]
    fn comments_call_nobody() {
        let cases = [
            ("ask @octocat or @org/team", "ask @&#8203;octocat or @&#8203;org/team"),
            ("as `@octocat` said", "as `@octocat` said"),
            ("fixes #12 and GH-12, o/r#3", "fixes #&#8203;12 and GH&#8203;-12, o/r#&#8203;3"),
            ("https://github.com/o/r/issues/1", "https\\://github.com/o/r/issues/1"),
            ("`a\\|b`", "`a\\|b`"),
            ("# of 3", "\\# of 3"),
        ];
        for (text, expected) in cases {
            assert_eq!(comment(text), expected, "{text}");
        }
    }

    #[test]
    fn code_spans_hold_any_text() {
        let cases = [
            ("a", "`a`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("a``b", "`a``b`"),
            ("a``b`c", "```a``b`c```"),
            ("a|b", "`a|b`"),
            ("a\\|b", "a\\\\\\|b"),
            (" a  b\n", "`a b`"),
            ("", "(empty)"),
            ("x\u{2066}", "`x[U+2066]`"),
        ];
        for (text, expected) in cases {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn labels_links_and_fences() {
        assert_eq!(label("[a] `b` https://c.d"), "\\[a\\] \\`b\\` https\\://c.d");
        let mut out = String::new();
        push_link("a", "b c(d).md#é", &mut out);
        assert_eq!(out, "[a](b%20c%28d%29.md#%C3%A9)");
        assert_eq!(fence("text", "a\n```\nb\u{200b}"), "````text\na\n```\nb[U+200B]\n````");
        assert_eq!(shorten("abcdef", 3), "abc…");
        assert_eq!(shorten("abc", 3), "abc");
    }
}
