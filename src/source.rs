//! Text with a name, and places in it.
//!
//! A [`Source`] is what a person wrote: the spec, or later a file of the application. A [`Span`]
//! is a byte range of it. Nothing here reads a file: bytes come in, from `workspace` or a test.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// Largest spec that is read, in bytes. A contract of 100,000 offloads stays well below it.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// A half-open range of bytes in a [`Source`]; both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// A place for people: both numbers count from one, columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// A named text.
#[derive(Debug)]
pub struct Source {
    path: String,
    text: String,
    /// Where lines begin, once a place is asked for: of most files none is.
    lines: OnceLock<Vec<usize>>,
}

/// Why bytes are no text that can be compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotText {
    /// Larger than [`MAX_BYTES`]; holds the size in bytes.
    TooLarge(usize),
    /// Not UTF-8; holds the offset of the first bad byte, and whether it looks like UTF-16.
    NotUtf8 {
        /// Offset of the first byte that is not UTF-8.
        at: usize,
        /// A UTF-16 byte order mark stands at the beginning.
        utf16: bool,
    },
}

impl Source {
    /// A source from bytes. A UTF-8 byte order mark is dropped; line endings are kept.
    ///
    /// `path` is how people know the file: relative to the root, with `/`.
    ///
    /// # Errors
    /// The bytes are too many or not UTF-8.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Result<Self, (Self, NotText)> {
        let path = path.into();
        if bytes.len() > MAX_BYTES {
            let size = bytes.len();
            return Err((Self::new(path, String::new()), NotText::TooLarge(size)));
        }
        match String::from_utf8(bytes) {
            Ok(mut text) => {
                if text.starts_with('\u{feff}') {
                    text.drain(..'\u{feff}'.len_utf8());
                }
                Ok(Self::new(path, text))
            }
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let bytes = error.into_bytes();
                let utf16 = matches!(bytes.get(..2), Some([0xff, 0xfe] | [0xfe, 0xff]));
                let readable = String::from_utf8_lossy(&bytes[..at]).into_owned();
                Err((Self::new(path, readable), NotText::NotUtf8 { at, utf16 }))
            }
        }
    }

    /// A source from text that is already known to be UTF-8.
    pub fn new(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text, lines: OnceLock::new() }
    }

    fn lines(&self) -> &[usize] {
        self.lines.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|end| end + 1)).collect()
        })
    }

    /// The name people know it by.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty if the span lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// Line and column of a byte offset.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.lines().partition_point(|start| *start <= offset);
        let start = self.lines()[line - 1];
        LineColumn { line, column: self.text[start..offset].chars().count() + 1 }
    }

    /// Byte range of the lines `first..=last` (from 1), without the final line break.
    pub fn line_range(&self, first: usize, last: usize) -> Span {
        let start = self.lines().get(first - 1).copied().unwrap_or(self.text.len());
        let end = self.lines().get(last).map_or(self.text.len(), |next| next - 1).max(start);
        let text = &self.text[start..end];
        Span::new(start, start + text.strip_suffix('\r').unwrap_or(text).len())
    }
}

/// A span of one source: what a diagnostic points at.
#[derive(Debug, Clone)]
pub struct Location {
    /// The text.
    pub source: Arc<Source>,
    /// The part of it.
    pub span: Span,
}

impl Location {
    /// Where the span starts.
    pub fn start(&self) -> LineColumn {
        self.source.line_column(self.span.start)
    }

    /// Where the span ends.
    pub fn end(&self) -> LineColumn {
        self.source.line_column(self.span.end)
    }

    /// First and last place of what there is to see: less the line breaks that the span ends with, and
    /// on the last line that exists when it points at the very end of the text.
    pub fn visible(&self) -> (LineColumn, LineColumn) {
        let text = self.source.text();
        let start = if self.span.start >= text.len() {
            let line = text.strip_suffix('\n').unwrap_or(text);
            line.strip_suffix('\r').unwrap_or(line).len()
        } else {
            self.span.start
        };
        let length = self.source.slice(self.span).trim_end_matches(['\r', '\n']).len();
        (self.source.line_column(start), self.source.line_column(start + length))
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LineColumn { line, column } = self.start();
        write!(f, "{}:{line}:{column}", self.source.path())
    }
}
