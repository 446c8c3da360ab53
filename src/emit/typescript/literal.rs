//! Text of the spec as TypeScript: string literals, property keys, template text, doc comments.
//!
//! Whatever a spec holds, none of it can end the literal or the comment that it stands in, act as a
//! directive, or hide from a reader. String literals come out as prettier would print them, and hold
//! only characters whose width is known, so that line breaks can be decided.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::contract::is_invisible;
use crate::names;

/// A string literal: double quotes, unless the text has more double than single ones.
pub(super) fn string(text: &str) -> String {
    let count = |quote| text.bytes().filter(|b| *b == quote).count();
    let quote = if count(b'"') > count(b'\'') { '\'' } else { '"' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    escape(text, quote, &mut out);
    out.push(quote);
    out
}

/// The key of a property: quoted only when it has to be.
pub(super) fn key(name: &str) -> String {
    let plain = names::is_variable(&name.replace('$', "_"));
    if plain { name.to_owned() } else { string(name) }
}

/// The text of a template literal, without its quotes.
pub(super) fn template(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, '`', &mut out);
    out.replace("${", "\\${")
}

fn escape(text: &str, quote: char, out: &mut String) {
    if text.bytes().all(|b| b.is_ascii_alphanumeric() || b" -_.:/*,{}[]()?&=+#@|".contains(&b)) {
        out.push_str(text);
        return;
    }
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // An end tag or a comment would count where a script is inside HTML.
            '<' if matches!(chars.peek(), Some('/' | '!')) => out.push_str("\\u003C"),
            // In a plain string it is legal, and still looks like a slip to linters.
            '$' if quote != '`' && chars.peek() == Some(&'{') => out.push_str("\\u0024"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if width_of(c).is_some() => out.push(c),
            c if u32::from(c) <= 0xffff => _ = write!(out, "\\u{:04X}", u32::from(c)),
            c => _ = write!(out, "\\u{{{:X}}}", u32::from(c)),
        }
    }
}

/// How many columns a character takes, for those that literals hold as they are.
fn width_of(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        // Letters of Latin, Greek and Cyrillic.
        'À'..='ɏ' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' => Some(1),
        // Kana, Han and Hangul.
        'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '가'..='힣' => Some(2),
        _ => None,
    }
}

/// How many columns a piece of code takes.
pub(super) fn width(code: &str) -> usize {
    if code.is_ascii() { code.len() } else { code.chars().map(|c| width_of(c).unwrap_or(1)).sum() }
}

/// A doc comment; nothing when there is no text. `indent` is the column that it starts in.
pub(super) fn doc(indent: usize, text: &str) -> String {
    print_comment(indent, &lines_of(text))
}

/// A doc comment with an example value.
pub(super) fn doc_with_example(indent: usize, text: &str, example: &str) -> String {
    let mut lines = lines_of(text);
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(format!("@example {}", comment_line(example)));
    print_comment(indent, &lines)
}

fn lines_of(text: &str) -> Vec<String> {
    let text = if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) };
    let text = text.trim();
    let terminator = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    if text.is_empty() { Vec::new() } else { text.split(terminator).map(|l| comment_line(l.trim_end())).collect() }
}

fn print_comment(indent: usize, lines: &[String]) -> String {
    let pad = " ".repeat(indent);
    match lines {
        [] => String::new(),
        [line] => format!("{pad}/** {line} */\n"),
        lines => {
            let mut out = format!("{pad}/**\n");
            for line in lines {
                let space = if line.is_empty() { "" } else { " " };
                _ = writeln!(out, "{pad} *{space}{line}");
            }
            _ = writeln!(out, "{pad} */");
            out
        }
    }
}

/// A line inside a doc comment.
fn comment_line(line: &str) -> String {
    const DIRECTIVES: [&str; 4] = ["biome-ignore", "eslint", "prettier-ignore", "# sourceMappingURL"];
    let start = line.trim_start_matches(|c: char| c.is_whitespace() || c == '*' || c == '/');
    let directive = start.starts_with('@') || DIRECTIVES.iter().any(|directive| start.starts_with(directive));
    if !directive && !line.starts_with('/') && line.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'*') {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let lead = line.len() - start.len();
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if at == lead && directive {
            out.push('\\');
        }
        match c {
            '*' if matches!(chars.peek(), Some((_, '/'))) => out.push_str("*\\"),
            '\t' => out.push(' '),
            c if c.is_control() || is_invisible(c) => _ = write!(out, "U+{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    // A line that begins with `/` would end the comment together with the ` *` before it.
    if out.starts_with('/') { format!("\\{out}") } else { out }
}

/// Text that names something, inside a comment: in backticks, without any of its own.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace(['\n', '\r'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings() {
        for (text, literal) in [
            ("plain", r#""plain""#),
            ("it's", r#""it's""#),
            (r#"say "hi""#, r#"'say "hi"'"#),
            (r#""it's""#, r#"'"it\'s"'"#),
            (r#"'"'"#, r#""'\"'""#),
            ("a\\b", r#""a\\b""#),
            ("a\nb\r\tc\u{0}1", r#""a\nb\r\tc\u00001""#),
            ("`${x}` $", r#""`\u0024{x}` $""#),
            ("</script><!--", r#""\u003C/script>\u003C!--""#),
            ("\u{2028}\u{202e}\u{feff}\u{ad}", r#""\u2028\u202E\uFEFF\u00AD""#),
            ("Größe 漢字 한 ", "\"Größe 漢字 한 \""),
            ("e\u{301} 😀 \u{10ffff}", r#""e\u0301 \u{1F600} \u{10FFFF}""#),
        ] {
            assert_eq!(string(text), literal);
        }
    }

    #[test]
    fn keys() {
        for (name, printed) in
            [("a", "a"), ("default", "default"), ("a-b", r#""a-b""#), ("1", r#""1""#), ("$x", "$x"), ("", r#""""#)]
        {
            assert_eq!(key(name), printed);
        }
    }

    #[test]
    fn templates() {
        assert_eq!(template("a`b${c}\\"), "a\\`b\\${c}\\\\");
        assert_eq!(template("$\u{7b}"), "\\${");
        assert_eq!(template("'\"\n"), "'\"\\n");
    }

    #[test]
    fn comments() {
        for (text, comment) in [
            ("", ""),
            ("  \n ", ""),
            ("One line.", "  /** One line. */\n"),
            ("Two\nlines.  ", "  /**\n   * Two\n   * lines.\n   */\n"),
            ("a\n\nb", "  /**\n   * a\n   *\n   * b\n   */\n"),
            ("x */ y **/", "  /** x *\\/ y **\\/ */\n"),
            ("a\n/ b", "  /**\n   * a\n   * \\/ b\n   */\n"),
            ("@ts-ignore", "  /** \\@ts-ignore */\n"),
            ("* @ts-nocheck", "  /** * \\@ts-nocheck */\n"),
            ("eslint-disable", "  /** \\eslint-disable */\n"),
            ("mail@example.com", "  /** mail@example.com */\n"),
            ("a\u{2028}b\u{202e}\u{0}", "  /**\n   * a\n   * bU+202EU+0000\n   */\n"),
        ] {
            assert_eq!(doc(2, text), comment, "{text:?}");
        }
    }

    #[test]
    fn widths() {
        assert_eq!(width("abc"), 3);
        assert_eq!(width("Größe"), 5);
        assert_eq!(width("漢字한"), 6);
    }
}
