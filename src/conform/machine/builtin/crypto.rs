//! Digests, random ids, bytes.

use std::cell::RefCell;

use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Outcome, Value};
use crate::derive::hex;

impl<'p> Machine<'p> {
    pub(super) fn crypto_function(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let second = arguments.get(1).cloned().unwrap_or(Value::Undefined);
        Ok(match name {
            "randomUUID" => {
                self.uuids += 1;
                self.note_uuid();
                Value::text(&format!("00000000-0000-4000-8000-{:012x}", self.uuids))
            }
            "createHash" => match first.as_text() {
                Some(algorithm) => {
                    let algorithm = Text::from(algorithm.to_lowercase().replace('-', ""));
                    self.object(Kind::Digest(algorithm, RefCell::new(Some(Vec::new()))), at)
                }
                None => self.mixed("a digest", &[&first], at),
            },
            "createHmac" => self.unknown("a digest", at),
            "timingSafeEqual" => match (Self::known_bytes(&first), Self::known_bytes(&second)) {
                (Some(a), Some(b)) if a.len() != b.len() => {
                    return self.throw("RangeError", "the buffers have not the same length", at);
                }
                (Some(a), Some(b)) => Value::Bool(a == b),
                _ if self.is_unguessable(&first) || self.is_unguessable(&second) => Value::Bool(false),
                _ => self.compared("===", &first, &second, at),
            },
            "subtle" | "getRandomValues" => self.unknown("bytes", at),
            "subtle.digest" => {
                let algorithm = first.as_text().map(|name| name.to_lowercase().replace('-', ""));
                match (algorithm, Self::known_bytes(&second)) {
                    (Some(algorithm), Some(bytes)) => match digest(&algorithm, &bytes) {
                        Some(digest) => self.object(Kind::Bytes(digest), at),
                        None => self.unknown("a digest", at),
                    },
                    _ => self.mixed("a digest", &[&second], at),
                }
            }
            _ => self.mixed("a value", &[&first], at),
        })
    }

    pub(super) fn bytes(&mut self, of: &Value<'p>, at: Site) -> Value<'p> {
        match of {
            Value::Text(text) => self.object(Kind::Bytes(text.as_bytes().to_vec()), at),
            Value::Object(object) if matches!(object.kind, Kind::Bytes(_)) => of.clone(),
            other => self.mixed("bytes", &[other], at),
        }
    }

    fn known_bytes(value: &Value<'p>) -> Option<Vec<u8>> {
        match value {
            Value::Text(text) => Some(text.as_bytes().to_vec()),
            Value::Object(object) => match &object.kind {
                Kind::Bytes(bytes) => Some(bytes.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn bytes_method(&mut self, bytes: &[u8], name: &str, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "toString" => match first.as_text().map(|text| &**text) {
                Some("hex") => Value::text(&hex(bytes)),
                None | Some("utf8" | "utf-8") => Value::text(&String::from_utf8_lossy(bytes)),
                _ => self.unknown_text(&[], at),
            },
            "equals" => match Self::known_bytes(&first) {
                Some(other) => Value::Bool(other == bytes),
                None => self.mixed("a comparison", &[&first], at),
            },
            "slice" | "subarray" => {
                let from = self.to_number(&first).unwrap_or(0.0).clamp(0.0, bytes.len() as f64) as usize;
                let to = arguments.get(1).and_then(|to| self.to_number(to)).unwrap_or(bytes.len() as f64);
                let to = to.clamp(from as f64, bytes.len() as f64) as usize;
                self.object(Kind::Bytes(bytes[from..to].to_vec()), at)
            }
            _ => self.unknown("bytes", at),
        }
    }

    pub(super) fn digest_method(
        &mut self,
        own: &Value<'p>,
        algorithm: &str,
        data: &RefCell<Option<Vec<u8>>>,
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Value<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match name {
            "update" => {
                let more = Self::known_bytes(&first);
                let mut data = data.borrow_mut();
                *data = data.take().zip(more).map(|(mut data, more)| {
                    data.extend(more);
                    data
                });
                own.clone()
            }
            "digest" => {
                let Some(data) = data.borrow().clone() else { return self.unknown_text(&[], at) };
                match (digest(algorithm, &data), first.as_text().map(|text| &**text)) {
                    (Some(digest), Some("hex")) => Value::text(&hex(&digest)),
                    (Some(digest), None) => self.object(Kind::Bytes(digest), at),
                    // Another algorithm or another print: surely another text, digit by digit unknown.
                    (_, Some(print)) => Value::text(&format!("<{algorithm} {print} of {} bytes>", data.len())),
                    (None, None) => self.unknown("bytes", at),
                }
            }
            _ => self.unknown("a digest", at),
        }
    }
}

fn digest(algorithm: &str, data: &[u8]) -> Option<Vec<u8>> {
    Some(match algorithm {
        "sha256" => Sha256::digest(data).to_vec(),
        "sha384" => Sha384::digest(data).to_vec(),
        "sha512" => Sha512::digest(data).to_vec(),
        _ => return None,
    })
}
