//! Digests and random ids.

use std::cell::RefCell;

use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::super::super::program::{Site, Text};
use super::super::object::GIVEN;
use super::super::{Holder, Kind, Machine, Outcome, Taint, Value};
use super::bytes;

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
            "createHmac" => match (first.as_text(), Self::known_bytes(&second)) {
                (Some(algorithm), Some(key))
                    if key.len() <= 64 && algorithm.to_lowercase().replace('-', "") == "sha256" =>
                {
                    // Before the data goes the key, and after it the key once more: RFC 2104.
                    let digest =
                        self.object(Kind::Digest(Text::from("hmac"), RefCell::new(Some(padded(&key, 0x36)))), at);
                    if let Value::Object(object) = &digest {
                        let key = self.object(Kind::Bytes(padded(&key, 0x5c), Holder::Raw), at);
                        object.mark(OUTER, key);
                    }
                    digest
                }
                _ => self.object(Kind::Digest(Text::from("hmac"), RefCell::new(None)), at),
            },
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
                let named = match &first {
                    Value::Object(_) => self.member(&first, "name", at)?,
                    name => name.clone(),
                };
                let algorithm = named.as_text().map(|name| name.to_lowercase().replace('-', ""));
                match (algorithm, Self::known_bytes(&second)) {
                    (Some(algorithm), Some(bytes)) => match digest(&algorithm, &bytes) {
                        Some(digest) => self.object(Kind::Bytes(digest, Holder::Raw), at),
                        None => self.unknown("a digest", at),
                    },
                    _ => self.mixed("a digest", &[&second], at),
                }
            }
            _ => return self.unmodelled("a value", &[], arguments, at),
        })
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
                // What is made of the secret by a key that is not known is still made of it.
                own.as_object().filter(|_| first.taint().has(Taint::GIVEN)).inspect(|own| own.mark(GIVEN, Value::Null));
                let more = Self::known_bytes(&first);
                let mut data = data.borrow_mut();
                *data = data.take().zip(more).map(|(mut data, more)| {
                    data.extend(more);
                    data
                });
                own.clone()
            }
            "digest" => {
                let Some(data) = data.borrow().clone() else { return self.mixed("a digest", &[own], at) };
                let outer = own.as_object().and_then(|own| own.own(OUTER)).map(|(outer, _)| outer);
                let made = match outer.and_then(|outer| Self::known_bytes(&outer)) {
                    Some(mut outer) => {
                        outer.extend(Sha256::digest(&data));
                        digest("sha256", &outer)
                    }
                    None => digest(algorithm, &data),
                };
                match (made, first.as_text().map(|text| &**text)) {
                    (Some(digest), Some(print)) => match bytes::decoded(&digest, print) {
                        Some(text) => Value::text(&text),
                        None => self.unknown_text(&[], at),
                    },
                    (Some(digest), None) => self.object(Kind::Bytes(digest, Holder::Buffer), at),
                    // Another algorithm: surely another text, digit by digit unknown. It stands for one that is unlike
                    // all others, by which `event-id-differs` tells an id that is made so.
                    (None, Some(print)) => Value::text(&format!("<{algorithm} {print} of {} bytes>", data.len())),
                    (None, None) => self.unknown("bytes", at),
                }
            }
            _ => self.unknown("a digest", at),
        }
    }
}

/// The hidden name of what goes before the digest of a digest with a key.
const OUTER: &str = "\0outer";

/// A key as long as a block, each byte changed by another one.
fn padded(key: &[u8], by: u8) -> Vec<u8> {
    let mut block: Vec<u8> = key.iter().map(|byte| byte ^ by).collect();
    block.resize(64, by);
    block
}

fn digest(algorithm: &str, data: &[u8]) -> Option<Vec<u8>> {
    Some(match algorithm {
        "sha256" => Sha256::digest(data).to_vec(),
        "sha384" => Sha384::digest(data).to_vec(),
        "sha512" => Sha512::digest(data).to_vec(),
        _ => return None,
    })
}
