//! Numbers as texts, texts as numbers, and what numbers that are not known are made of.

use super::{Origin, Value};
use crate::derive::trim;

/// Of how many values a number is kept that is made of some.
const MOST_PARTS: usize = 4;

/// What a number is made of that is made of these, those of numbers among them taken apart; `None` where these are too
/// many, or objects.
pub(super) fn parts<'p>(of: &[&Value<'p>]) -> Option<Vec<Value<'p>>> {
    let mut parts = Vec::new();
    for value in of {
        match value {
            Value::Object(_) => return None,
            Value::Opaque(opaque) => match &opaque.origin {
                Origin::Number(inner) => parts.extend(inner.iter().cloned()),
                _ => parts.push((*value).clone()),
            },
            _ => parts.push((*value).clone()),
        }
    }
    (parts.len() <= MOST_PARTS).then_some(parts)
}

/// A number as the language prints it.
pub(in super::super) fn number_text(number: f64) -> String {
    if number.is_nan() {
        "NaN".into()
    } else if number.is_infinite() {
        if number > 0.0 { "Infinity".into() } else { "-Infinity".into() }
    } else if number == 0.0 {
        "0".into()
    } else {
        let magnitude = number.abs();
        if (1e-6..1e21).contains(&magnitude) { format!("{number}") } else { exponent(number) }
    }
}

fn exponent(number: f64) -> String {
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((digits, power)) if !power.starts_with('-') => format!("{digits}e+{power}"),
        _ => text,
    }
}

/// The number that a text is; NaN when it is none.
pub(super) fn text_number(text: &str) -> f64 {
    let text = trim(text);
    if text.is_empty() {
        return 0.0;
    }
    let radix = |digits: &str, radix: u32| {
        if digits.starts_with('+') {
            return f64::NAN;
        }
        u128::from_str_radix(digits, radix).map_or(f64::NAN, |n| n as f64)
    };
    match text.get(..2) {
        Some("0x" | "0X") => return radix(&text[2..], 16),
        Some("0b" | "0B") => return radix(&text[2..], 2),
        Some("0o" | "0O") => return radix(&text[2..], 8),
        _ => {}
    }
    let plain = text.strip_prefix(['+', '-']).unwrap_or(text);
    if plain == "Infinity" {
        return if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    // Rust reads words such as `inf` and `nan`; the language does not.
    if plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-')) {
        text.parse().unwrap_or(f64::NAN)
    } else {
        f64::NAN
    }
}

/// A number with so many digits behind the point; halves go away from zero, as in the language.
pub(super) fn fixed(number: f64, digits: usize) -> String {
    // All digits that a number of this kind can have: nothing was rounded before.
    let exact = format!("{:.1100}", number.abs());
    let point = exact.find('.').unwrap_or(exact.len());
    let rounded = rounded(&exact[..point], &exact[point + 1..], digits);
    let is_negative = number < 0.0;
    if is_negative { format!("-{rounded}") } else { rounded }
}

fn rounded(whole: &str, fraction: &str, digits: usize) -> String {
    let mut all: Vec<u8> = whole.bytes().chain(fraction.bytes().take(digits)).collect();
    if fraction.as_bytes().get(digits).is_some_and(|next| *next >= b'5') {
        let mut place = all.len();
        loop {
            if place == 0 {
                all.insert(0, b'1');
                break;
            }
            place -= 1;
            if all[place] == b'9' {
                all[place] = b'0';
            } else {
                all[place] += 1;
                break;
            }
        }
    }
    let mut text = String::from_utf8(all).unwrap_or_default();
    if digits > 0 {
        text.insert(text.len() - digits, '.');
    }
    text
}

/// A number with so many digits in all.
pub(super) fn precise(number: f64, digits: usize) -> String {
    if number == 0.0 {
        return fixed(0.0, digits - 1);
    }
    // A number that rounds up may get one place more.
    let place = |number: f64| number.abs().log10().floor() as i32;
    let mut power = place(number);
    let exact = format!("{:e}", number.abs());
    if let Some(found) = exact.split_once('e').and_then(|(_, power)| power.parse().ok()) {
        power = found;
    }
    let behind = |power: i32| usize::try_from(digits as i32 - 1 - power).ok();
    if power < -6 || power >= digits as i32 {
        return scientific(number, digits - 1);
    }
    let text = fixed(number, behind(power).unwrap_or(0));
    let count = text.bytes().filter(u8::is_ascii_digit).count();
    let leading = text.bytes().filter(|b| b.is_ascii_digit()).take_while(|b| *b == b'0').count();
    if count - leading > digits {
        if power + 1 >= digits as i32 {
            return scientific(number, digits - 1);
        }
        return fixed(number, behind(power + 1).unwrap_or(0));
    }
    text
}

/// A number with an exponent, and so many digits behind the point.
pub(super) fn scientific(number: f64, digits: usize) -> String {
    let exact = format!("{:.1100e}", number.abs());
    let (mantissa, power) = exact.split_once('e').unwrap_or((&exact, "0"));
    let mut power: i32 = power.parse().unwrap_or(0);
    let mut text = rounded(&mantissa[..1], &mantissa[2..], digits);
    if text.starts_with("10") {
        power += 1;
        text = if digits > 0 { format!("1.{}", "0".repeat(digits)) } else { "1".into() };
    }
    let sign = if number < 0.0 { "-" } else { "" };
    format!("{sign}{text}e{}{}", if power < 0 { '-' } else { '+' }, power.abs())
}
