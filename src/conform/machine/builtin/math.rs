//! Numbers.

use super::super::super::program::Site;
use super::super::number::{fixed, number_text, precise, scientific, text_number};
use super::super::operator::int32;
use super::super::{Machine, Origin, Outcome, Taint, Value};
use crate::derive::trim;

impl<'p> Machine<'p> {
    fn numbers(&mut self, values: &[Value<'p>]) -> Option<Vec<f64>> {
        values.iter().map(|value| self.to_number(value)).collect()
    }

    pub(super) fn math(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let Some(numbers) = self.numbers(arguments) else {
            return self.computed(&arguments.iter().collect::<Vec<_>>(), at);
        };
        match function(name, &numbers) {
            Some(number) => Value::Number(number),
            None if name == "random" => self.opaque(Origin::Other("a number"), Taint::CHANCE, at),
            None => self.unknown("a number", at),
        }
    }

    /// `Number(x)`, `parseInt(x)`, `isNaN(x)`; `strict` for the methods of `Number`, which convert nothing.
    pub(super) fn number(&mut self, name: &str, strict: bool, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if name == "Number" && arguments.is_empty() {
            return Value::Number(0.0);
        }
        if strict && name.starts_with("is") && !matches!(first, Value::Number(_) | Value::Opaque(_)) {
            return Value::Bool(false);
        }
        let text = match (name, &first) {
            ("parseInt" | "parseFloat", value) => self.to_text(value),
            _ => None,
        };
        if let Some(text) = text {
            if name == "parseFloat" {
                return Value::Number(parse_float(&text));
            }
            return match self.numbers(arguments.get(1..2).unwrap_or_default()) {
                Some(radix) => Value::Number(parse_integer(&text, radix.first().copied().unwrap_or(0.0))),
                None => self.computed(&arguments.iter().collect::<Vec<_>>(), at),
            };
        }
        let Some(number) = self.to_number(&first) else { return self.compared_number(name, &first, at) };
        match name {
            "Number" => Value::Number(number),
            "isFinite" => Value::Bool(number.is_finite()),
            "isNaN" => Value::Bool(number.is_nan()),
            "isInteger" => Value::Bool(number.is_finite() && number.fract() == 0.0),
            "isSafeInteger" => {
                Value::Bool(number.is_finite() && number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_991.0)
            }
            _ => self.unknown("a number", at),
        }
    }

    fn compared_number(&mut self, name: &str, value: &Value<'p>, at: Site) -> Value<'p> {
        match name {
            "isFinite" => self.compared("isFinite", value, &Value::Undefined, at),
            "isNaN" => self.compared("isNaN", value, &Value::Undefined, at),
            "isInteger" | "isSafeInteger" => self.compared("isInteger", value, &Value::Undefined, at),
            _ => self.computed(&[value], at),
        }
    }

    pub(super) fn number_method(&mut self, number: f64, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let argument = match arguments.first() {
            None | Some(Value::Undefined) => None,
            Some(argument) => match self.to_number(argument) {
                Some(argument) => Some(if argument.is_nan() { 0.0 } else { argument.trunc() }),
                None => return Ok(self.unknown_text(&[argument], at)),
            },
        };
        let most = if name == "toString" { 2.0..=36.0 } else { f64::from(u8::from(name == "toPrecision"))..=100.0 };
        if argument.is_some_and(|argument| !most.contains(&argument)) && name != "toLocaleString" {
            return self.throw("RangeError", "so many digits are not possible", at);
        }
        Ok(match (name, argument) {
            ("valueOf", _) => Value::Number(number),
            ("toString", None | Some(10.0)) | ("toPrecision", None) => Value::text(&number_text(number)),
            ("toString" | "toFixed" | "toPrecision" | "toExponential", _) if !number.is_finite() => {
                Value::text(&number_text(number))
            }
            ("toString", Some(radix)) if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_991.0 => {
                Value::text(&in_radix(number, radix as u32))
            }
            ("toFixed", _) if number.abs() >= 1e21 => Value::text(&number_text(number)),
            ("toFixed", digits) => Value::text(&fixed(number, digits.unwrap_or(0.0) as usize)),
            ("toPrecision", Some(digits)) => Value::text(&precise(number, digits as usize)),
            ("toExponential", Some(digits)) => Value::text(&scientific(number, digits as usize)),
            ("toExponential", None) => {
                let digits = format!("{number:e}").find('e').unwrap_or(1) - usize::from(number < 0.0);
                Value::text(&scientific(number, digits.saturating_sub(2)))
            }
            // As the place where it runs prints numbers.
            ("toLocaleString" | "toString", _) => self.unread("a text", &[], at),
            _ => return self.no_method(&Value::Number(number), name, arguments, at),
        })
    }
}

/// A function of `Math`; `None` when ours may differ in a last digit.
fn function(name: &str, numbers: &[f64]) -> Option<f64> {
    let first = numbers.first().copied().unwrap_or(f64::NAN);
    let nan = numbers.iter().any(|number| number.is_nan());
    let plain = |number: f64| (!number.is_finite() || number.fract() == 0.0).then_some(number);
    Some(match name {
        "floor" => first.floor(),
        "ceil" => first.ceil(),
        "trunc" => first.trunc(),
        "round" if first.is_finite() && first.fract() != 0.0 => {
            let down = first.floor();
            (if first - down >= 0.5 { down + 1.0 } else { down }).copysign(first)
        }
        "round" => first,
        "abs" => first.abs(),
        "sqrt" => first.sqrt(),
        "fround" => f64::from(first as f32),
        "clz32" => f64::from((int32(first) as u32).leading_zeros()),
        "imul" => f64::from(int32(first).wrapping_mul(int32(numbers.get(1).copied().unwrap_or(f64::NAN)))),
        "sign" if first == 0.0 || first.is_nan() => first,
        "sign" => first.signum(),
        "pow" => return power(first, numbers.get(1).copied().unwrap_or(f64::NAN)),
        // Whole results are exact in any implementation; others differ in the last digit.
        "log2" => plain(first.log2()).filter(|log| log.exp2() == first || !log.is_finite())?,
        "log10" => plain(first.log10()).filter(|log| !log.is_finite() || 10f64.powi(*log as i32) == first)?,
        "cbrt" => plain(first.cbrt()).filter(|root| !root.is_finite() || root * root * root == first)?,
        "log" | "exp" | "sin" | "cos" | "tan" if first.is_nan() => f64::NAN,
        "log" if first == 1.0 => 0.0,
        "log" if first <= 0.0 => first.ln(),
        "exp" | "cos" if first == 0.0 => 1.0,
        "sin" | "tan" if first == 0.0 => first,
        "hypot" => {
            let sum: f64 = numbers.iter().map(|number| number * number).sum();
            plain(sum.sqrt())
                .filter(|root| root * root == sum && sum < 9e15 && numbers.iter().all(|n| n.fract() == 0.0))?
        }
        "min" | "max" if nan => f64::NAN,
        "min" => numbers
            .iter()
            .copied()
            .fold(f64::INFINITY, |a, b| if b < a || (b == a && b.is_sign_negative()) { b } else { a }),
        "max" => numbers
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, |a, b| if b > a || (b == a && b.is_sign_positive()) { b } else { a }),
        _ => return None,
    })
}

/// A power; `None` where the last digit depends on who computes it.
pub(in super::super) fn power(base: f64, exponent: f64) -> Option<f64> {
    if exponent.is_nan() || (base.abs() == 1.0 && exponent.is_infinite()) {
        return Some(f64::NAN);
    }
    if exponent == 0.0 || !base.is_finite() || !exponent.is_finite() || base == 0.0 {
        return Some(base.powf(exponent));
    }
    if exponent.fract() != 0.0 || exponent.abs() > 1_100.0 {
        return if base < 0.0 && exponent.fract() != 0.0 { Some(f64::NAN) } else { None };
    }
    // Exact as long as no product is rounded.
    let mut product = 1.0_f64;
    for _ in 0..exponent.abs() as u32 {
        let next = product * base;
        if !next.is_finite() || product.mul_add(base, -next) != 0.0 {
            return None;
        }
        product = next;
    }
    if exponent > 0.0 {
        return Some(product);
    }
    // The reciprocal of a power of two is exact; that of another one is not.
    let is_exact = product.abs().log2().fract() == 0.0 && (1.0 / product) * product == 1.0;
    is_exact.then_some(1.0 / product)
}

fn in_radix(number: f64, radix: u32) -> String {
    if !number.is_finite() || !(2..=36).contains(&radix) {
        return number_text(number);
    }
    let mut rest = number.abs().trunc() as u64;
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((rest % u64::from(radix)) as u32, radix).unwrap_or('0'));
        rest /= u64::from(radix);
        if rest == 0 {
            break;
        }
    }
    if number < 0.0 {
        digits.push('-');
    }
    digits.iter().rev().collect()
}

fn parse_integer(text: &str, radix: f64) -> f64 {
    let text = trim(text);
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let radix = int32(radix);
    if radix != 0 && !(2..=36).contains(&radix) {
        return f64::NAN;
    }
    let (radix, said) = if radix == 0 { (10, false) } else { (radix as u32, true) };
    let (radix, text) = match text.get(..2) {
        Some("0x" | "0X") if !said || radix == 16 => (16, &text[2..]),
        _ => (radix, text),
    };
    let digits: Vec<u32> = text.chars().map_while(|c| c.to_digit(radix.clamp(2, 36))).collect();
    if digits.is_empty() {
        return f64::NAN;
    }
    sign * digits.into_iter().fold(0.0, |number, digit| number * f64::from(radix) + f64::from(digit))
}

fn parse_float(text: &str) -> f64 {
    let text = trim(text);
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.starts_with("Infinity") {
        return if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let until = at + c.len_utf8();
        if c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | 'e' | 'E') {
            if !text_number(&text[..until]).is_nan() {
                end = until;
            }
        } else {
            break;
        }
    }
    if end == 0 { f64::NAN } else { text_number(&text[..end]) }
}
