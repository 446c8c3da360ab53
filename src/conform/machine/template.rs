//! Templates, and texts that are made of parts.

use std::rc::Rc;

use super::super::program::{Expr, ExprKind, Tagged, Text};
use super::{Frame, Machine, Origin, Outcome, Slot, Value};

impl<'p> Machine<'p> {
    pub(super) fn template(
        &mut self,
        texts: &'p [Text],
        values: &'p [Expr],
        frame: &Frame<'p>,
        expr: &'p Expr,
    ) -> Outcome<'p> {
        let mut parts = Vec::with_capacity(values.len());
        for value in values {
            let value = self.eval(value, frame)?;
            parts.push(match &value {
                Value::Object(_) => self.text_of_value(&value, frame.site(expr.range))?,
                _ => value,
            });
        }
        let mut pieces: Vec<Value<'p>> = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            if !text.is_empty() {
                pieces.push(Value::Text(text.clone()));
            }
            pieces.extend(parts.get(index).cloned());
        }
        Ok(self.joined(pieces, frame.site(expr.range)))
    }

    pub(super) fn tagged(&mut self, tagged: &'p Tagged, frame: &Frame<'p>, at: super::Site) -> Outcome<'p> {
        let (tag, this) = match &tagged.tag.kind {
            ExprKind::Member(object, name, _) => {
                let this = self.eval(object, frame)?;
                (self.member(&this, name, at)?, this)
            }
            _ => (self.eval(&tagged.tag, frame)?, Value::Undefined),
        };
        let texts = self.list(tagged.texts.iter().cloned().map(Value::Text).collect(), at);
        let raw = self.list(tagged.raw.iter().cloned().map(Value::Text).collect(), at);
        if let Value::Object(object) = &texts {
            object.set(Slot { name: Text::from("raw"), value: raw, is_getter: false, at });
        }
        let mut arguments = vec![texts];
        for value in &tagged.values {
            arguments.push(self.eval(value, frame)?);
        }
        self.call(&tag, this, arguments, at)
    }

    /// A text made of parts.
    pub(super) fn joined(&mut self, parts: Vec<Value<'p>>, at: super::Site) -> Value<'p> {
        let mut flat = Vec::new();
        for part in parts {
            match &part {
                Value::Opaque(opaque) => match &opaque.origin {
                    Origin::Template(inner) => flat.extend(inner.iter().cloned()),
                    _ => flat.push(part),
                },
                known => match self.to_text(known) {
                    Some(text) => flat.push(Value::Text(text)),
                    None => flat.push(self.unknown("a text", at)),
                },
            }
        }
        let length: usize = flat.iter().filter_map(|part| part.as_text()).map(|text| text.len()).sum();
        if length > super::LONGEST || flat.len() > super::LONGEST_LIST {
            return self.unknown("a text", at);
        }
        if flat.iter().all(|part| matches!(part, Value::Text(_))) {
            let text: String = flat.iter().filter_map(|part| part.as_text()).map(|text| &**text).collect();
            return Value::text(&text);
        }
        let taint = super::Taint::of(flat.iter());
        self.opaque(Origin::Template(Rc::new(flat)), taint, at)
    }
}
