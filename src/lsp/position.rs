//! Places as clients count them: lines from 0, and columns in the units that were agreed on.

use serde::{Deserialize, Serialize};

use crate::source::{Source, Span};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16: what every client can.
    Utf16,
}

/// A place of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) character: usize,
}

/// A range of the protocol; its end is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Range {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Encoding {
    /// The best of what a client offers, which may be nothing.
    pub(super) fn agree(offered: &[String]) -> Self {
        if offered.iter().any(|name| name == "utf-8") { Self::Utf8 } else { Self::Utf16 }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
        }
    }

    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }

    /// The place of a byte.
    pub(super) fn position(self, source: &Source, offset: usize) -> Position {
        let line = source.line_column(offset).line;
        let start = source.line_range(line, line).start;
        let mut end = offset.min(source.text().len());
        while !source.text().is_char_boundary(end) {
            end -= 1;
        }
        let before = &source.text()[start..end];
        Position { line: line - 1, character: before.chars().map(|c| self.width(c)).sum() }
    }

    /// The byte at a place. One behind the end of a line, or inside of a character, is the last before it.
    pub(super) fn offset(self, source: &Source, at: Position) -> usize {
        let number = at.line.saturating_add(1);
        let line = source.line_range(number, number);
        let (mut offset, mut left) = (line.start, at.character);
        for c in source.slice(line).chars() {
            let width = self.width(c);
            if width > left {
                break;
            }
            (offset, left) = (offset + c.len_utf8(), left - width);
        }
        offset
    }

    pub(super) fn range(self, source: &Source, span: Span) -> Range {
        Range { start: self.position(source, span.start), end: self.position(source, span.end) }
    }

    pub(super) fn span(self, source: &Source, range: Range) -> Span {
        let (start, end) = (self.offset(source, range.start), self.offset(source, range.end));
        Span::new(start.min(end), start.max(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_was_agreed_on() {
        let source = Source::new("s", "a\r\nü😀x\r\n\n".to_owned());
        let x = source.text().find('x').expect("there");
        assert_eq!(Encoding::Utf16.position(&source, x), Position { line: 1, character: 3 });
        assert_eq!(Encoding::Utf8.position(&source, x), Position { line: 1, character: 6 });
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (offset, _) in source.text().char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                assert_eq!(encoding.offset(&source, encoding.position(&source, offset)), offset);
            }
            // Past the end of a line, of the text, and inside of a character.
            assert_eq!(encoding.offset(&source, Position { line: 0, character: 99 }), 1);
            for line in [99, usize::MAX] {
                assert_eq!(encoding.offset(&source, Position { line, character: usize::MAX }), source.text().len());
            }
        }
        assert_eq!(Encoding::Utf16.offset(&source, Position { line: 1, character: 2 }), 3 + 'ü'.len_utf8());
        assert_eq!(Encoding::agree(&["utf-32".into(), "utf-8".into()]), Encoding::Utf8);
        assert_eq!(Encoding::agree(&[]), Encoding::Utf16);
    }
}
