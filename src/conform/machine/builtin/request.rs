//! Requests that code makes: of an address, or of another request.

use super::super::super::program::Site;
use super::super::{Kind, Machine, Outcome, Value};

impl<'p> Machine<'p> {
    /// `new Request(of, options)`. Of what it has beside its address, headers and method nothing is known.
    pub(super) fn new_request(&mut self, of: &Value<'p>, options: Option<&Value<'p>>, at: Site) -> Outcome<'p> {
        let is_address = match of {
            Value::Text(_) => true,
            Value::Object(object) => matches!(object.kind, Kind::Url(..)),
            _ => false,
        };
        let options = options.cloned().unwrap_or(Value::Undefined);
        if !is_address && options.is_nullish() {
            return Ok(of.clone());
        }
        let own = |machine: &mut Self, name: &str| -> Outcome<'p> {
            match if options.is_nullish() { Value::Undefined } else { machine.member(&options, name, at)? } {
                Value::Undefined if is_address => Ok(Value::Undefined),
                Value::Undefined => machine.member(of, name, at),
                given => Ok(given),
            }
        };
        let headers = match own(self, "headers")? {
            Value::Object(object) if matches!(object.kind, Kind::Headers(..)) => Value::Object(object),
            other => self.new_headers(&other, at)?,
        };
        let method = match own(self, "method")? {
            Value::Undefined => Value::text("GET"),
            method => method,
        };
        let url = if is_address { of.clone() } else { self.member(of, "url", at)? };
        let address = self.new_url(std::slice::from_ref(&url), at)?;
        let made = self.record(vec![("url", url), ("nextUrl", address), ("headers", headers), ("method", method)], at);
        made.as_object().inspect(|made| made.open());
        Ok(made)
    }
}
