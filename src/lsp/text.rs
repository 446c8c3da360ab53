//! The texts that a client has open.

use super::position::{Encoding, Range};
use crate::source::Source;

/// A text with one of its parts replaced; without a range, all of it.
pub(super) fn changed(text: String, range: Option<Range>, new: &str, encoding: Encoding) -> String {
    let Some(range) = range else { return new.to_owned() };
    let source = Source::new("", text);
    let span = encoding.span(&source, range);
    let text = source.text();
    [&text[..span.start], new, &text[span.end..]].concat()
}

#[cfg(test)]
mod tests {
    use super::super::position::Position;
    use super::*;

    #[test]
    fn parts_are_replaced_where_the_client_counts_them() {
        let range = |from: (usize, usize), to: (usize, usize)| {
            let at = |(line, character)| Position { line, character };
            Some(Range { start: at(from), end: at(to) })
        };
        let text = "a: 😀b\r\nc: d\r\n".to_owned();
        assert_eq!(changed(text.clone(), range((0, 5), (0, 6)), "x", Encoding::Utf16), "a: 😀x\r\nc: d\r\n");
        assert_eq!(changed(text.clone(), range((0, 7), (0, 8)), "x", Encoding::Utf8), "a: 😀x\r\nc: d\r\n");
        assert_eq!(changed(text.clone(), range((1, 0), (2, 0)), "", Encoding::Utf16), "a: 😀b\r\n");
        assert_eq!(changed(text.clone(), range((2, 0), (2, 0)), "e: f", Encoding::Utf16), format!("{text}e: f"));
        assert_eq!(changed(text, None, "new", Encoding::Utf16), "new");
    }
}
