//! How many columns a text takes, counted as prettier counts: what it aligns, we align alike.

use unicode_width::UnicodeWidthChar;

use crate::ascii;

/// The columns of a text on one line.
pub(super) fn width(text: &str) -> usize {
    if ascii::all(text, ascii::seen) {
        return text.len();
    }
    let mut columns = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if is_regional(c) && chars.peek().copied().is_some_and(is_regional) {
            chars.next();
            columns += 2;
            continue;
        }
        let emoji = columns_of_emoji(c, chars.peek().copied());
        if emoji {
            // A whole emoji sequence is one picture: modifiers, and what is joined to it.
            columns += 2;
            while let Some(&next) = chars.peek() {
                if next == JOINER {
                    chars.next();
                    chars.next();
                } else if next == PICTURE || is_skin_tone(next) || next == KEYCAP {
                    chars.next();
                } else {
                    break;
                }
            }
            continue;
        }
        columns += columns_of(c);
    }
    columns
}

const JOINER: char = '\u{200d}';
const PICTURE: char = '\u{fe0f}';
const KEYCAP: char = '\u{20e3}';

fn columns_of(c: char) -> usize {
    match c {
        c if c.is_control() => 0,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{20d0}'..='\u{20ff}' => 0,
        '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' => 0,
        c => UnicodeWidthChar::width(c).map_or(1, |columns| columns.max(1)),
    }
}

fn columns_of_emoji(c: char, next: Option<char>) -> bool {
    let wide = u32::from(c) >= 0x1f000 && UnicodeWidthChar::width(c) == Some(2);
    wide || next == Some(PICTURE)
}

fn is_regional(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}')
}

#[cfg(test)]
mod tests {
    use super::width;

    /// Each count was read off a table that prettier 3 aligned.
    #[test]
    fn counts_as_prettier_counts() {
        let cases = [
            ("", 0),
            ("abc", 3),
            ("é", 1),
            ("e\u{301}", 1),
            ("日本語", 6),
            ("ﾊﾝ", 2),
            ("→", 1),
            ("…", 1),
            ("\u{1f600}", 2),
            ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}", 2),
            ("\u{1f44d}\u{1f3fd}", 2),
            ("\u{1f1e9}\u{1f1ea}", 2),
            ("❤\u{fe0f}", 2),
        ];
        for (text, expected) in cases {
            assert_eq!(width(text), expected, "{text}");
        }
    }
}
