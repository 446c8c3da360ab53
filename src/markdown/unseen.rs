//! What a reader cannot see, written out; white space as a reader sees it.

use std::borrow::Cow;
use std::fmt::Write;

use crate::ascii;
use crate::contract::is_invisible;

/// Lines with what cannot be seen written out.
pub(crate) fn visible(body: &str) -> Cow<'_, str> {
    if ascii::all(body, |b| ascii::seen(b) | (b == b'\n')) {
        return Cow::Borrowed(body);
    }
    let mut visible = String::with_capacity(body.len());
    body.chars().for_each(|c| if c == '\n' || !hidden(c) { visible.push(c) } else { spell(c, &mut visible) });
    Cow::Owned(visible)
}

/// All white space as single spaces, what cannot be seen written out.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
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

/// Whether a text is seen to be as [`one_line`] makes it; ASCII alone is looked at.
fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let two_spaces = || bytes.iter().zip(next).fold(false, |any, (a, b)| any | ((*a == b' ') & (*b == b' ')));
    ascii::all(text, ascii::seen) && bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ') && !two_spaces()
}

/// Whether a reader cannot see the character, or sees others moved by it.
pub(crate) fn hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || is_invisible(c)
        || matches!(c, '\u{e0000}'..='\u{e0fff}' | '\u{180e}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}')
}

fn spell(c: char, out: &mut String) {
    let _ = write!(out, "[U+{:04X}]", u32::from(c));
}
