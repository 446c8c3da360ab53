//! Text of the spec into Markdown: every function takes text as a person wrote it and returns
//! Markdown that shows this text and nothing else. Nothing here knows what the text means.
//!
//! What GitHub would read as markup is escaped; what a reader cannot see (controls, bidirectional
//! marks, zero-width characters) is written out as `[U+202E]`. Line breaks become spaces: everything
//! these functions return stands on one line.

use std::borrow::Cow;
use std::fmt::Write;

use crate::contract::is_invisible;

/// Text for a paragraph, a list item or a table cell. A part in backticks becomes a code span, a
/// plain `https://` address a link.
pub(super) fn prose(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.as_ref();
    while let Some(open) = rest.find('`') {
        let Some(length) = rest[open + 1..].find('`').filter(|length| *length > 0) else { break };
        let span = &rest[open + 1..open + 1 + length];
        escape(&rest[..open], out.is_empty(), true, &mut out);
        out.push_str(&code(span));
        rest = &rest[open + length + 2..];
    }
    escape(rest, out.is_empty(), true, &mut out);
    out
}

/// Text inside a link or a heading: no code, no links.
pub(super) fn label(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(&one_line(text), true, false, &mut out);
    out
}

/// A code span. It is safe in a table cell as well.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    if text.contains("\\|") {
        // A table would end at this `|`, whatever stands before it.
        return label(&text);
    }
    if !text.contains(['`', '|']) {
        return ["`", text.as_ref(), "`"].concat();
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

/// Code spans with commas between them.
pub(super) fn codes<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    texts.into_iter().map(|text| code(text.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A link. `text` is Markdown already; `target` is a path or an anchor made by the compiler.
pub(super) fn link(text: &str, target: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'/' | b'#');
    let mut out = String::with_capacity(text.len() + target.len() + 4);
    out.push('[');
    out.push_str(text);
    out.push_str("](");
    if target.bytes().all(safe) {
        out.push_str(target);
    } else {
        for byte in target.bytes() {
            if safe(byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out.push(')');
    out
}

/// A fenced block of some language. Line breaks stay, what cannot be seen is written out.
pub(super) fn fence(language: &str, body: &str) -> String {
    let mut text = Cow::Borrowed(body);
    if !body.bytes().all(|b| b == b'\n' || is_plain(b)) {
        let text = text.to_mut();
        text.clear();
        for c in body.chars() {
            if c == '\n' || !hidden(c) { text.push(c) } else { spell(c, text) }
        }
    }
    let fence = "`".repeat(longest_run(&text, '`').max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// All white space as single spaces, what cannot be seen written out.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if is_tidy(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if hidden(c) {
            spell(c, &mut out);
        } else {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    Cow::Owned(out)
}

/// Text that `one_line` leaves as it is: nearly all of a contract.
fn is_tidy(text: &str) -> bool {
    let mut before = b' ';
    let tidy = text.bytes().all(|b| {
        let fits = is_plain(b) && (b != b' ' || before != b' ');
        before = b;
        fits
    });
    tidy && before != b' '
}

fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// At most `most` characters of a text, with a sign that there are more.
pub(super) fn shorten(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

fn hidden(c: char) -> bool {
    c.is_control()
        || is_invisible(c)
        || matches!(c, '\u{e0000}'..='\u{e0fff}' | '\u{180e}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

fn spell(c: char, out: &mut String) {
    let _ = write!(out, "[U+{:04X}]", u32::from(c));
}

fn escape(text: &str, at_start: bool, links: bool, out: &mut String) {
    let mut rest = text;
    let mut before: Option<char> = None;
    if at_start {
        rest = escape_start(rest, out);
    }
    while let Some(c) = rest.chars().next() {
        let after = rest[c.len_utf8()..].chars().next();
        if links && before.is_none_or(|b| b == ' ' || b == '(') {
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
            '_' if word(before) && word(after) => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '$' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '&' if after.is_some_and(|c| c == '#' || c.is_ascii_alphabetic()) => out.push_str("&amp;"),
            ':' if rest.starts_with("://") => out.push_str("\\:"),
            '.' if ends_with_www(out) => out.push_str("\\."),
            c => out.push(c),
        }
        before = Some(c);
        rest = &rest[c.len_utf8()..];
    }
}

fn ends_with_www(text: &str) -> bool {
    text.len().checked_sub(3).is_some_and(|start| text.as_bytes()[start..].eq_ignore_ascii_case(b"www"))
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
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{code, fence, label, link, prose, shorten};

    #[test]
    fn prose_shows_text_and_nothing_else() {
        let cases = [
            ("A person is waiting.", "A person is waiting."),
            ("snake_case and _x_ and x*y", "snake_case and \\_x\\_ and x\\*y"),
            ("a | b", "a \\| b"),
            ("`cron/<job>`", "`cron/<job>`"),
            ("one ` alone", "one \\` alone"),
            ("empty `` span", "empty \\`\\` span"),
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
    fn code_spans_hold_any_text() {
        let cases = [
            ("a", "`a`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("a``b", "```a``b```"),
            ("a|b", "`a\\|b`"),
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
        assert_eq!(link("a", "b c(d).md#é"), "[a](b%20c%28d%29.md#%C3%A9)");
        assert_eq!(fence("text", "a\n```\nb\u{200b}"), "````text\na\n```\nb[U+200B]\n````");
        assert_eq!(shorten("abcdef", 3), "abc…");
        assert_eq!(shorten("abc", 3), "abc");
    }
}
