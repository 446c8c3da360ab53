//! Texts as the language counts them: in units of UTF-16.
//!
//! A part of a text that ends inside of a character is no text of ours: it is not known.

use std::cell::LazyCell;
use std::cmp::Ordering;

/// A text by its units. Those of ASCII are its bytes.
pub(super) struct Units<'t> {
    text: &'t str,
    is_ascii: bool,
    units: LazyCell<Vec<u16>, Box<dyn FnOnce() -> Vec<u16> + 't>>,
}

impl<'t> Units<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self { text, is_ascii: text.is_ascii(), units: LazyCell::new(Box::new(|| text.encode_utf16().collect())) }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        if self.is_ascii { self.text.len() } else { self.units.len() }
    }

    /// One of them.
    pub(super) fn get(&self, index: usize) -> Option<u16> {
        if self.is_ascii {
            self.text.as_bytes().get(index).map(|byte| u16::from(*byte))
        } else {
            self.units.get(index).copied()
        }
    }

    /// A part; `None` when it cuts a character.
    pub(super) fn cut(&self, from: usize, to: usize) -> Option<String> {
        let to = to.min(self.count());
        if from >= to {
            return Some(String::new());
        }
        if self.is_ascii {
            return Some(self.text[from..to].to_string());
        }
        String::from_utf16(&self.units[from..to]).ok()
    }

    /// The byte at which a unit begins; `None` inside of a character.
    pub(super) fn byte_of(&self, index: usize) -> Option<usize> {
        if self.is_ascii {
            return Some(index.min(self.text.len()));
        }
        let mut count = 0;
        for (byte, c) in self.text.char_indices() {
            if count >= index {
                return (count == index).then_some(byte);
            }
            count += c.len_utf16();
        }
        (count <= index).then_some(self.text.len())
    }

    /// The unit that begins at a byte.
    pub(super) fn index_of(&self, byte: usize) -> usize {
        if self.is_ascii { byte } else { self.text[..byte].encode_utf16().count() }
    }
}

/// The order of texts by their units, which is not that of their bytes beyond U+FFFF.
pub(in super::super::super) fn order(a: &str, b: &str) -> Ordering {
    match a.chars().zip(b.chars()).find(|(a, b)| a != b) {
        Some((a, b)) => {
            let unit = |c: char| c.encode_utf16(&mut [0; 2])[0];
            (unit(a), a).cmp(&(unit(b), b))
        }
        None => a.len().cmp(&b.len()),
    }
}
