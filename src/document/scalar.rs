//! What an unquoted YAML scalar means: the core schema of YAML 1.2, less what readers disagree on.

use std::borrow::Cow;

use granit_parser::ScalarStyle;

use super::Value;

/// The largest whole number that every reader of JSON and YAML holds without loss.
pub(crate) const MAX_WHOLE: u64 = 9_007_199_254_740_991;

/// A scalar that two readers of YAML would read in two ways.
pub(super) struct Ambiguous {
    pub(super) message: String,
    pub(super) help: String,
}

/// The value of a scalar. Quoted and block scalars are text.
pub(super) fn resolve(text: Cow<'_, str>, style: ScalarStyle) -> Result<Value, Ambiguous> {
    if style != ScalarStyle::Plain {
        return Ok(Value::String(text.into_owned()));
    }
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return Ok(Value::String(text.into_owned()));
    }
    let unsigned = text.trim_start_matches(['-', '+']);
    let ambiguous = |why: &str| {
        Err(Ambiguous {
            message: format!("`{text}` is read {why}"),
            help: format!("write \"{text}\" in quotes for text, or the number without its prefix"),
        })
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if unsigned.len() > 1 && unsigned.starts_with('0') && digits(unsigned) {
        return ambiguous("as octal by some tools and as decimal by others");
    }
    if unsigned.starts_with("0x") || unsigned.starts_with("0o") || unsigned.starts_with("0b") {
        return ambiguous("as a number by some tools and as text by others");
    }
    if unsigned.contains('_') && digits(&unsigned.replace('_', "")) {
        return ambiguous("as a number by some tools and as text by others");
    }
    if unsigned.split(':').count() > 1 && unsigned.split(':').all(digits) {
        return ambiguous("as a base-60 number by some tools and as text by others");
    }
    if digits(unsigned) && text.len() - unsigned.len() <= 1 {
        return match text.trim_start_matches('+').parse::<i64>() {
            Ok(value) if value.unsigned_abs() <= MAX_WHOLE => Ok(Value::Integer(value)),
            _ => Err(Ambiguous {
                message: format!("`{text}` is larger than any integer that JavaScript represents exactly"),
                help: format!("write at most {MAX_WHOLE}, or \"{text}\" in quotes for text"),
            }),
        };
    }
    let lower = unsigned.to_ascii_lowercase();
    if matches!(lower.as_str(), ".inf" | ".nan") {
        return ambiguous("as a number that JSON cannot represent");
    }
    if looks_like_float(unsigned) {
        if let Some(value) = text.parse::<f64>().ok().filter(|value| value.is_finite()) {
            return Ok(whole(value).map_or(Value::Float(value), Value::Integer));
        }
        return ambiguous("with a loss of precision: it does not fit a double");
    }
    Ok(Value::String(text.into_owned()))
}

/// The whole number that a float is: to JSON Schema `3.0` and `3` are the same number.
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() <= MAX_WHOLE as f64).then_some(value as i64)
}

/// `[0-9]* . [0-9]* ( e [+-] [0-9]+ )?` with a digit before the exponent.
fn looks_like_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let mantissa_ok = match mantissa.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()),
        None => !mantissa.is_empty() && digits(mantissa) && exponent.is_some(),
    };
    let exponent_ok = exponent.is_none_or(|e| {
        let e = e.strip_prefix(['-', '+']).unwrap_or(e);
        !e.is_empty() && digits(e)
    });
    mantissa_ok && exponent_ok
}
