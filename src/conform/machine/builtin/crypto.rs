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
                self.walk.uuids += 1;
                self.note_uuid();
                Value::text(&format!("{UUID}{:012x}", self.walk.uuids))
            }
            // With a function that it is given it answers later.
            "randomBytes" if arguments.len() == 1 => match first {
                Value::Number(size) if (0.0..=1_024.0).contains(&size) => {
                    self.walk.uuids += 1;
                    self.note_uuid();
                    self.object(Kind::Bytes(random(size as usize, self.walk.uuids), Holder::Buffer), at)
                }
                _ => self.mixed("bytes", &[&first], at),
            },
            "hash" => {
                let print = arguments.get(2).map_or(Some("hex"), |print| print.as_text().map(|print| &**print));
                let made = first
                    .as_text()
                    .zip(Self::known_bytes(&second))
                    .and_then(|(algorithm, data)| digest(&algorithm.to_lowercase().replace('-', ""), &data));
                match (made, print) {
                    (Some(made), Some("buffer")) => self.object(Kind::Bytes(made, Holder::Buffer), at),
                    (Some(made), Some(print)) => match bytes::decoded(&made, print) {
                        Some(text) => Value::text(&text),
                        None => self.unknown_text(&[&second], at),
                    },
                    _ => self.mixed("a digest", &arguments.iter().collect::<Vec<_>>(), at),
                }
            }
            "hkdfSync" | "pbkdf2Sync" | "scryptSync" => match derived(name, arguments) {
                Some(key) => self.object(Kind::Bytes(key, Holder::Buffer), at),
                None => self.mixed("a key", &arguments.iter().collect::<Vec<_>>(), at),
            },
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

/// Bytes that nobody knows, others for each number: what is made of the same ones is the same.
fn random(size: usize, number: u32) -> Vec<u8> {
    let mut bytes = vec![RANDOM; size];
    for (byte, part) in bytes.iter_mut().rev().zip(number.to_le_bytes()) {
        *byte = byte.wrapping_add(part);
    }
    bytes
}

/// How the UUIDs begin that are made.
pub const UUID: &str = "00000000-0000-4000-8000-";

/// What random bytes are, but for the last of them.
const RANDOM: u8 = 0xa5;

/// Random bytes as they are printed, in hexadecimal digits and at the three places of base64.
const PRINTED: [&str; 4] = ["a5a5a5a5", "paWlpa", "WlpaWl", "lpaWlp"];

/// Whether a text holds a UUID or random bytes that were made.
pub fn holds_random(text: &str) -> bool {
    text.contains(UUID) || PRINTED.iter().any(|printed| text.contains(printed))
}

/// A key that is derived of a secret: the same of the same, another one of another. Its bytes are not those of the real
/// one, which nothing that is held against a contract is made of.
fn derived<'p>(name: &str, arguments: &[Value<'p>]) -> Option<Vec<u8>> {
    let place = match name {
        "scryptSync" => 2,
        "pbkdf2Sync" => 3,
        _ => 4,
    };
    let Some(Value::Number(size)) = arguments.get(place) else { return None };
    if !(0.0..=1_024.0).contains(size) {
        return None;
    }
    let mut of = name.as_bytes().to_vec();
    for argument in arguments {
        let bytes = match argument {
            Value::Number(number) => number.to_bits().to_le_bytes().to_vec(),
            other => Machine::known_bytes(other)?,
        };
        of.extend((bytes.len() as u64).to_le_bytes());
        of.extend(bytes);
    }
    let blocks =
        (0_u32..).flat_map(|block| Sha512::new().chain_update(&of).chain_update(block.to_le_bytes()).finalize());
    Some(blocks.take(*size as usize).collect())
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
