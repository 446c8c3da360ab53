//! Numbers.

use super::super::super::program::Site;
use super::super::number::{number_text, text_number};
use super::super::{Machine, Value};

impl<'p> Machine<'p> {
    fn numbers(&mut self, values: &[Value<'p>]) -> Option<Vec<f64>> {
        values.iter().map(|value| self.to_number(value)).collect()
    }

    pub(super) fn math(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let Some(numbers) = self.numbers(arguments) else {
            return self.mixed("a number", &arguments.iter().collect::<Vec<_>>(), at);
        };
        let first = numbers.first().copied().unwrap_or(f64::NAN);
        let nan = numbers.iter().any(|number| number.is_nan());
        Value::Number(match name {
            "floor" => first.floor(),
            "ceil" => first.ceil(),
            "trunc" => first.trunc(),
            "round" => (first + 0.5).floor(),
            "abs" => first.abs(),
            "sqrt" => first.sqrt(),
            "log" => first.ln(),
            "log2" => first.log2(),
            "log10" => first.log10(),
            "sign" if first == 0.0 || first.is_nan() => first,
            "sign" => first.signum(),
            "pow" => first.powf(numbers.get(1).copied().unwrap_or(f64::NAN)),
            "min" | "max" if nan => f64::NAN,
            "min" => numbers.iter().copied().fold(f64::INFINITY, f64::min),
            "max" => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            _ => return self.unknown("a number", at),
        })
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
            let radix = arguments.get(1).and_then(|radix| self.to_number(radix)).unwrap_or(10.0);
            return Value::Number(if name == "parseInt" { parse_integer(&text, radix) } else { parse_float(&text) });
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
            _ => self.mixed("a number", &[value], at),
        }
    }

    pub(super) fn number_method(&mut self, number: f64, name: &str, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let argument = arguments.first().and_then(|argument| self.to_number(argument));
        match name {
            "toString" => match argument {
                Some(radix) if radix != 10.0 => Value::text(&in_radix(number, radix as u32)),
                _ => Value::text(&number_text(number)),
            },
            "toFixed" => Value::text(&format!("{number:.*}", argument.unwrap_or(0.0).clamp(0.0, 100.0) as usize)),
            "valueOf" => Value::Number(number),
            _ => self.unknown_text(&[], at),
        }
    }
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
    let text = text.trim_start();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let radix = if radix == 0.0 || radix.is_nan() { 10 } else { radix as u32 };
    let (radix, text) = match text.get(..2) {
        Some("0x" | "0X") if radix == 10 || radix == 16 => (16, &text[2..]),
        _ => (radix, text),
    };
    let digits: Vec<u32> = text.chars().map_while(|c| c.to_digit(radix.clamp(2, 36))).collect();
    if digits.is_empty() {
        return f64::NAN;
    }
    sign * digits.into_iter().fold(0.0, |number, digit| number * f64::from(radix) + f64::from(digit))
}

fn parse_float(text: &str) -> f64 {
    let text = text.trim_start();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let until = at + c.len_utf8();
        if c.is_ascii_digit() || matches!(c, '.' | '+' | '-' | 'e' | 'E') {
            if text_number(&text[..until]).is_finite() {
                end = until;
            }
        } else {
            break;
        }
    }
    if end == 0 { f64::NAN } else { text_number(&text[..end]) }
}
