//! Bytes, what texts are made of them, and the other way.
//!
//! Who writes into bytes makes them unknown: others may look at the same ones.

use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::object::GIVEN;
use super::super::{Holder, Kind, Machine, Object, Outcome, Taint, Value};
use super::written::NOW;
use crate::derive::hex;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl<'p> Machine<'p> {
    fn buffer(&mut self, bytes: Vec<u8>, at: Site) -> Value<'p> {
        self.object(Kind::Bytes(bytes, Holder::Buffer), at)
    }

    pub(super) fn known_bytes(value: &Value<'p>) -> Option<Vec<u8>> {
        match value {
            Value::Text(text) => Some(text.as_bytes().to_vec()),
            Value::Object(object) if !object.is_open() => match &object.kind {
                Kind::Bytes(bytes, _) => Some(bytes.clone()),
                _ => None,
            },
            Value::Object(object) => object.own(NOW).and_then(|(now, _)| Self::known_bytes(&now)),
            _ => None,
        }
    }

    /// The numbers of a sequence as bytes.
    fn bytes_of_numbers(&mut self, value: &Value<'p>, at: Site) -> Option<Vec<u8>> {
        let items = self.sequence(value, at)?;
        items.iter().map(|item| self.to_number(item).map(|n| super::super::operator::int32(n) as u8)).collect()
    }

    pub(super) fn buffer_function(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let second = arguments.get(1).cloned().unwrap_or(Value::Undefined);
        let bytes = match (name, &first, &second) {
            ("from" | "Buffer", Value::Text(text), Value::Undefined) => Some(text.as_bytes().to_vec()),
            ("from" | "Buffer", Value::Text(text), Value::Text(coding)) => encoded(text, coding),
            ("from" | "Buffer", Value::Object(object), _) if arguments.len() == 1 => match &object.kind {
                Kind::Bytes(..) => Self::known_bytes(&first),
                _ => self.bytes_of_numbers(&first, at),
            },
            ("alloc", Value::Number(size), Value::Undefined) if (0.0..65_536.0).contains(size) => {
                Some(vec![0; *size as usize])
            }
            ("alloc", Value::Number(size), fill) if (0.0..65_536.0).contains(size) && arguments.len() == 2 => {
                let fill = match fill {
                    Value::Number(byte) => Some(vec![super::super::operator::int32(*byte) as u8]),
                    fill => Self::known_bytes(fill),
                };
                let all = |fill: Vec<u8>| fill.into_iter().cycle().chain(std::iter::repeat(0)).take(*size as usize);
                fill.filter(|fill| *size == 0.0 || !fill.is_empty()).map(|fill| all(fill).collect())
            }
            ("concat", _, Value::Undefined) => match self.sequence(&first, at) {
                Some(parts) => {
                    let parts: Option<Vec<Vec<u8>>> = parts
                        .iter()
                        .map(|part| if part.as_text().is_some() { None } else { Self::known_bytes(part) })
                        .collect();
                    parts.map(|parts| parts.concat())
                }
                None => None,
            },
            ("isBuffer", ..) => {
                return Ok(match &first {
                    Value::Opaque(_) => self.compared("isBuffer", &first, &Value::Undefined, at),
                    Value::Object(object) => Value::Bool(matches!(object.kind, Kind::Bytes(_, Holder::Buffer))),
                    _ => Value::Bool(false),
                });
            }
            ("byteLength", Value::Text(text), Value::Text(coding)) => {
                return Ok(match encoded(text, coding) {
                    Some(bytes) => Value::Number(bytes.len() as f64),
                    None => self.unknown("a number", at),
                });
            }
            ("byteLength", ..) => {
                return Ok(match Self::known_bytes(&first) {
                    Some(bytes) => Value::Number(bytes.len() as f64),
                    None => self.computed(&[&first], at),
                });
            }
            ("compare", ..) => {
                return Ok(match (Self::known_bytes(&first), Self::known_bytes(&second)) {
                    (Some(a), Some(b)) => Value::Number(f64::from(a.cmp(&b) as i8)),
                    _ => self.computed(&[&first, &second], at),
                });
            }
            _ => None,
        };
        match bytes {
            Some(bytes) => Ok(self.buffer(bytes, at)),
            None => self.unmodelled("bytes", &[], arguments, at),
        }
    }

    pub(super) fn array_of_bytes(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let list = match name {
            "of" => self.list(arguments.to_vec(), at),
            "from" => self.array_function("from", arguments.to_vec(), at)?,
            _ => return self.unmodelled("bytes", &[], arguments, at),
        };
        self.new_array_of_bytes(&list, std::slice::from_ref(&list), at)
    }

    pub(super) fn new_array_of_bytes(&mut self, first: &Value<'p>, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let bytes = match first {
            Value::Undefined => Some(Vec::new()),
            Value::Number(size) if (0.0..65_536.0).contains(size) => Some(vec![0; *size as usize]),
            Value::Object(object) if arguments.len() == 1 => match &object.kind {
                Kind::Bytes(..) => Self::known_bytes(first),
                _ => self.bytes_of_numbers(first, at),
            },
            _ => None,
        };
        Ok(match bytes {
            Some(bytes) => self.object(Kind::Bytes(bytes, Holder::Array), at),
            None => self.mixed("bytes", &[first], at),
        })
    }

    /// `TextEncoder` and `TextDecoder`.
    pub(super) fn coded(&mut self, made: &str, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        Ok(match (made, name, &first) {
            ("encoder", "encode", Value::Undefined) => self.object(Kind::Bytes(Vec::new(), Holder::Array), at),
            ("encoder", "encode", first) => match self.to_text(first) {
                Some(text) => self.object(Kind::Bytes(text.as_bytes().to_vec(), Holder::Array), at),
                None => self.mixed("bytes", &[first], at),
            },
            ("decoder", "decode", Value::Undefined) => Value::text(""),
            ("decoder", "decode", Value::Object(_)) => match Self::known_bytes(&first) {
                Some(bytes) => {
                    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
                    Value::text(&String::from_utf8_lossy(bytes))
                }
                None => self.unknown_text(&[&first], at),
            },
            _ => return self.unmodelled("a text", &[], arguments, at),
        })
    }

    /// `atob`, `btoa`.
    pub(super) fn base64_function(&mut self, name: &str, value: &Value<'p>, at: Site) -> Outcome<'p> {
        let Some(text) = self.to_text(value) else { return Ok(self.unknown_text(&[value], at)) };
        if name == "btoa" {
            let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
            return match bytes {
                Some(bytes) => Ok(Value::text(&base64(&bytes, false))),
                None => self.throw("InvalidCharacterError", "the text has characters beyond U+00FF", at),
            };
        }
        let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
        let digits = text.trim_end_matches('=');
        let is_valid = digits.bytes().all(|byte| BASE64.contains(&byte))
            && digits.len() % 4 != 1
            && (text.len() == digits.len() || (text.len().is_multiple_of(4) && text.len() - digits.len() <= 2));
        if !is_valid {
            return self.throw("InvalidCharacterError", "it is no base64", at);
        }
        Ok(Value::text(&from_base64(digits).iter().map(|byte| char::from(*byte)).collect::<String>()))
    }

    pub(super) fn bytes_method(
        &mut self,
        object: &Rc<Object<'p>>,
        bytes: &[u8],
        holder: Holder,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let own = Value::Object(object.clone());
        if holder == Holder::Buffer
            && let Some(known) = self.written(object, bytes, name, &arguments, at)?
        {
            return Ok(known);
        }
        if object.is_open() {
            return self.unmodelled("bytes", &[&own], &arguments, at);
        }
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let length = bytes.len() as f64;
        let place = |machine: &Self, index: usize, default: f64| -> Option<usize> {
            let position = match arguments.get(index) {
                None | Some(Value::Undefined) => default,
                Some(value) => machine.to_number(value).map(|n| if n.is_nan() { 0.0 } else { n.trunc() })?,
            };
            Some(if position < 0.0 { (length + position).max(0.0) } else { position.min(length) } as usize)
        };
        Ok(match name {
            "toString" if holder == Holder::Buffer && arguments.len() < 2 => {
                let coding = match &first {
                    Value::Undefined => Some(Text::from("utf8")),
                    other => other.as_text().cloned(),
                };
                match coding.and_then(|coding| decoded(bytes, &coding)) {
                    Some(text) => Value::text(&text),
                    None => self.unknown_text(&[], at),
                }
            }
            "toString" if holder == Holder::Array => {
                self.to_text(&own).map_or_else(|| self.unknown_text(&[], at), Value::Text)
            }
            "equals" if holder == Holder::Buffer => match Self::known_bytes(&first) {
                Some(other) => Value::Bool(other == bytes),
                None => self.mixed("a comparison", &[&first], at),
            },
            "compare" if holder == Holder::Buffer && arguments.len() == 1 => match Self::known_bytes(&first) {
                Some(other) => Value::Number(f64::from(bytes.cmp(&other) as i8)),
                None => self.computed(&[&first], at),
            },
            "slice" | "subarray" => match (place(self, 0, 0.0), place(self, 1, length)) {
                (Some(from), Some(to)) => {
                    let part = if from < to { bytes[from..to].to_vec() } else { Vec::new() };
                    self.object(Kind::Bytes(part, holder), at)
                }
                _ => self.mixed("bytes", &[&own], at),
            },
            "readUInt8" | "readUint8" if holder == Holder::Buffer => match place(self, 0, 0.0) {
                Some(at_byte) if at_byte < bytes.len() => Value::Number(f64::from(bytes[at_byte])),
                _ => self.unknown("a number", at),
            },
            "readUInt16BE" | "readUint16BE" | "readUInt32BE" | "readUint32BE" if holder == Holder::Buffer => {
                let count = if name.contains("16") { 2 } else { 4 };
                match place(self, 0, 0.0).and_then(|from| bytes.get(from..from + count)) {
                    Some(part) => {
                        Value::Number(part.iter().fold(0.0, |number, byte| number * 256.0 + f64::from(*byte)))
                    }
                    None => self.unknown("a number", at),
                }
            }
            "set" | "copyWithin" | "fill" | "reverse" | "sort" | "write" | "copy" | "swap16" | "swap32" => {
                self.touch(object);
                object.open();
                if arguments.iter().any(|argument| argument.taint().has(Taint::GIVEN)) {
                    object.mark(GIVEN, Value::Null);
                }
                if let Value::Object(target) = &first
                    && name == "copy"
                {
                    self.touch(target);
                    target.open();
                }
                return self.unmodelled("bytes", &[&own], &arguments, at);
            }
            "map" | "filter" | "toReversed" | "toSorted" | "with" if holder != Holder::Raw => {
                let list = self.list_of(bytes, at);
                let made = if name == "toSorted" && arguments.is_empty() {
                    let mut sorted = bytes.to_vec();
                    sorted.sort_unstable();
                    self.list_of(&sorted, at)
                } else {
                    self.call_member(&list, name, arguments, at)?
                };
                match self.bytes_of_numbers(&made, at) {
                    Some(bytes) => self.object(Kind::Bytes(bytes, holder), at),
                    None => self.mixed("bytes", &[&made], at),
                }
            }
            // What is given a function or a place does as the method of a list does.
            "at" | "entries" | "every" | "find" | "findIndex" | "findLast" | "findLastIndex" | "forEach" | "join"
            | "keys" | "lastIndexOf" | "reduce" | "reduceRight" | "some" | "values" | "\0@iterator"
                if holder != Holder::Raw =>
            {
                let list = self.list_of(bytes, at);
                return self.call_member(&list, name, arguments, at);
            }
            "includes" | "indexOf" if holder != Holder::Raw && matches!(first, Value::Number(_)) => {
                let list = self.list_of(bytes, at);
                return self.call_member(&list, name, arguments, at);
            }
            _ => return self.no_method(&own, name, &arguments, at),
        })
    }

    fn list_of(&mut self, bytes: &[u8], at: Site) -> Value<'p> {
        self.list(bytes.iter().map(|byte| Value::Number(f64::from(*byte))).collect(), at)
    }
}

/// The bytes that a text stands for; `None` when it is not clear how it is read.
fn encoded(text: &str, coding: &str) -> Option<Vec<u8>> {
    match &*coding.to_lowercase() {
        "utf8" | "utf-8" => Some(text.as_bytes().to_vec()),
        "ascii" | "latin1" | "binary" => Some(text.encode_utf16().map(|unit| unit as u8).collect()),
        "base64" | "base64url" => {
            let digits = text.trim_end_matches('=');
            let known = digits.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte));
            known.then(|| from_base64(digits))
        }
        "hex" => {
            let digits: Vec<u8> = text.chars().map_while(|c| c.to_digit(16)).map(|digit| digit as u8).collect();
            Some(digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect())
        }
        _ => None,
    }
}

/// The text that bytes are printed as.
pub(super) fn decoded(bytes: &[u8], coding: &str) -> Option<String> {
    Some(match &*coding.to_lowercase() {
        "utf8" | "utf-8" => String::from_utf8_lossy(bytes).into_owned(),
        "hex" => hex(bytes),
        "base64" => base64(bytes, false),
        "base64url" => base64(bytes, true),
        "latin1" | "binary" => bytes.iter().map(|byte| char::from(*byte)).collect(),
        "ascii" => bytes.iter().map(|byte| char::from(*byte & 0x7f)).collect(),
        _ => return None,
    })
}

fn base64(bytes: &[u8], for_urls: bool) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let bits = part.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - part.len()));
        for place in 0..=part.len() {
            let digit = BASE64[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(match (digit, for_urls) {
                (b'+', true) => '-',
                (b'/', true) => '_',
                _ => char::from(digit),
            });
        }
        if !for_urls {
            out.push_str(&"="[..].repeat(3 - part.len()));
        }
    }
    out
}

/// Digits of base64, of both kinds; others are passed over.
fn from_base64(digits: &str) -> Vec<u8> {
    let (mut bits, mut count) = (0_u32, 0);
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    for byte in digits.bytes() {
        let byte = match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let Some(digit) = BASE64.iter().position(|known| *known == byte) else { continue };
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}
