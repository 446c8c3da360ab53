//! Texts that are written into bytes. What bytes are then is kept beside them; whoever asks in a way that is not modelled
//! finds them changed, and not known.

use std::rc::Rc;

use super::super::super::program::Site;
use super::super::object::GIVEN;
use super::super::{Holder, Kind, Machine, Object, Outcome, Taint, Value};

/// The hidden name of what bytes are since a text was written into them.
pub(in super::super) const NOW: &str = "\0now";

impl<'p> Machine<'p> {
    /// `buffer.write(text, offset)`, and what is asked of such a buffer; `None` where that is not modelled.
    pub(super) fn written(
        &mut self,
        object: &Rc<Object<'p>>,
        bytes: &[u8],
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Outcome<'p, Option<Value<'p>>> {
        let now = object.own(NOW).map(|(now, _)| now);
        if name == "write" && (now.is_some() || !object.is_open()) {
            let bytes = now.as_ref().and_then(Self::known_bytes).unwrap_or_else(|| bytes.to_vec());
            self.touch(object);
            object.remove(NOW);
            let Some((bytes, count)) = with_text(bytes, arguments) else { return Ok(None) };
            object.open();
            if arguments.iter().any(|argument| argument.taint().has(Taint::GIVEN)) {
                object.mark(GIVEN, Value::Null);
            }
            let made = self.object(Kind::Bytes(bytes, Holder::Buffer), at);
            object.mark(NOW, made);
            return Ok(Some(Value::Number(count as f64)));
        }
        let asks = matches!(name, "toString" | "equals" | "compare" | "slice" | "subarray");
        match now {
            Some(now) if asks => self.call_member(&now, name, arguments.to_vec(), at).map(Some),
            Some(_) => {
                object.remove(NOW);
                Ok(None)
            }
            None => Ok(None),
        }
    }
}

/// Bytes with a text at a place, and how many of them it takes: of a character that does not fit nothing is written.
fn with_text(mut bytes: Vec<u8>, arguments: &[Value<'_>]) -> Option<(Vec<u8>, usize)> {
    let (text, from) = match arguments {
        [Value::Text(text)] => (text, 0),
        [Value::Text(text), Value::Number(from)] if *from >= 0.0 && *from <= bytes.len() as f64 => {
            (text, *from as usize)
        }
        _ => return None,
    };
    let room = bytes.len() - from;
    let ends = text.char_indices().map(|(start, c)| start + c.len_utf8());
    let count = ends.take_while(|end| *end <= room).last().unwrap_or(0);
    bytes[from..from + count].copy_from_slice(&text.as_bytes()[..count]);
    Some((bytes, count))
}
