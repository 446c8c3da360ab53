//! Instants. The local time is UTC, as it is where routes run.

use std::cell::Cell;

use super::super::super::program::Site;
use super::super::{Machine, Outcome, Value};
use crate::derive::Instant;

const DAY: f64 = 86_400_000.0;

impl<'p> Machine<'p> {
    pub(in super::super) fn new_date(&mut self, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        match arguments {
            [] => {
                self.note_clock();
                self.instant(self.world.now, at)
            }
            [Value::Text(text)] => match parse(text) {
                Some(instant) => self.instant(instant, at),
                None => self.unknown("an instant", at),
            },
            [one] => match self.to_number(one) {
                Some(number) => self.instant(number, at),
                None => self.mixed("an instant", &[one], at),
            },
            many => match self.parts(many) {
                Some(instant) => self.instant(instant, at),
                None => self.mixed("an instant", &many.iter().collect::<Vec<_>>(), at),
            },
        }
    }

    fn parts(&mut self, values: &[Value<'p>]) -> Option<f64> {
        let numbers: Option<Vec<f64>> = values.iter().map(|value| self.to_number(value)).collect();
        let mut numbers: Vec<f64> = numbers?.into_iter().map(f64::trunc).collect();
        if numbers.iter().any(|number| !number.is_finite()) {
            return Some(f64::NAN);
        }
        // Two digits are a year of the last century.
        if let Some(year @ 0.0..=99.0) = numbers.first_mut() {
            *year += 1_900.0;
        }
        let part = |index: usize, default: f64| numbers.get(index).copied().unwrap_or(default);
        Some(
            day(part(0, f64::NAN), part(1, 0.0), part(2, 1.0)) * DAY
                + part(3, 0.0) * 3_600_000.0
                + part(4, 0.0) * 60_000.0
                + part(5, 0.0) * 1_000.0
                + part(6, 0.0),
        )
    }

    pub(super) fn date_function(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        match (name, arguments) {
            ("now", _) => {
                self.note_clock();
                Value::Number(self.world.now)
            }
            ("UTC", many) => match self.parts(many) {
                Some(instant) if instant.abs() <= 8.64e15 => Value::Number(instant),
                Some(_) => Value::Number(f64::NAN),
                None => self.computed(&many.iter().collect::<Vec<_>>(), at),
            },
            ("parse", [Value::Text(text)]) => match parse(text) {
                Some(instant) => Value::Number(instant),
                None => self.unknown("a number", at),
            },
            _ => self.unknown("a number", at),
        }
    }

    pub(super) fn date_method(
        &mut self,
        own: &Value<'p>,
        instant: &Cell<f64>,
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Outcome<'p> {
        let now = instant.get();
        if let Some(part) = name.strip_prefix("set") {
            let numbers: Option<Vec<f64>> = arguments.iter().map(|value| self.to_number(value)).collect();
            let Some(numbers) = numbers else {
                // What it is now, nobody knows; those who hold it see that.
                if let Value::Object(object) = own {
                    object.open();
                }
                return Ok(self.unknown("a number", at));
            };
            let numbers: Vec<f64> = numbers.into_iter().map(f64::trunc).collect();
            let new = changed(now, part.strip_prefix("UTC").unwrap_or(part), &numbers);
            instant.set(if new.abs() <= 8.64e15 { new } else { f64::NAN });
            return Ok(Value::Number(instant.get()));
        }
        if own.as_object().is_some_and(|own| own.is_open()) {
            return self.unmodelled("a value", &[own], arguments, at);
        }
        if !now.is_finite() && name.starts_with("get") {
            return Ok(Value::Number(f64::NAN));
        }
        let (date, time) = ((now / DAY).floor(), now.rem_euclid(DAY));
        let (year, month, day_of_month) = if now.is_finite() { civil(date as i64) } else { (0, 1, 1) };
        let number = match name.strip_prefix("getUTC").or_else(|| name.strip_prefix("get")) {
            Some("Time") => now,
            Some("FullYear") => year as f64,
            Some("Month") => f64::from(month) - 1.0,
            Some("Date") => f64::from(day_of_month),
            Some("Day") => (date + 4.0).rem_euclid(7.0),
            Some("Hours") => (time / 3_600_000.0).floor(),
            Some("Minutes") => (time / 60_000.0).floor() % 60.0,
            Some("Seconds") => (time / 1_000.0).floor() % 60.0,
            Some("Milliseconds") => time.floor() % 1_000.0,
            Some("TimezoneOffset") => 0.0,
            _ => match name {
                "valueOf" => now,
                "toJSON" if !now.is_finite() => return Ok(Value::Null),
                // It throws; what is asked with values that are none would be found to do nothing at all.
                "toISOString" if !now.is_finite() => return Ok(self.unknown_text(&[], at)),
                "toISOString" | "toJSON" => return Ok(Value::text(&iso(now))),
                "toString" => return Ok(Value::text(&long(now))),
                "toDateString" if now.is_finite() => return Ok(Value::text(&long(now)[..15])),
                "toUTCString" | "toGMTString" if now.is_finite() && (0..=9_999).contains(&year) => {
                    // `Sun Nov 29 2026 20:00:00 GMT` in another order.
                    let text = long(now);
                    let (weekday, month, day) = (&text[..3], &text[4..7], &text[8..10]);
                    return Ok(Value::text(&format!("{weekday}, {day} {month} {} GMT", &text[11..24])));
                }
                "toLocaleString" | "toLocaleDateString" | "toLocaleTimeString" => {
                    return Ok(self.local_text(now, name, arguments, at));
                }
                _ => return self.no_method(own, name, arguments, at),
            },
        };
        Ok(Value::Number(number))
    }
}

/// Days since the epoch of a date whose month and day may lie outside of their ranges.
fn day(year: f64, month: f64, day: f64) -> f64 {
    if !month.is_finite() || year.is_nan() || year.abs() > 300_000.0 || month.abs() > 3_600_000.0 {
        return f64::NAN;
    }
    let (year, month) = (year + (month / 12.0).floor(), month.rem_euclid(12.0));
    days_from_civil(year as i64, month as u32 + 1, 1) as f64 + day - 1.0
}

fn changed(now: f64, part: &str, numbers: &[f64]) -> f64 {
    let first = numbers.first().copied().unwrap_or(f64::NAN);
    if now.is_nan() && part != "Time" {
        return f64::NAN;
    }
    let (date, time) = ((now / DAY).floor(), now.rem_euclid(DAY));
    let (year, month, day_of_month) = civil(date as i64);
    let (hours, minutes) = ((time / 3_600_000.0).floor(), (time / 60_000.0).floor() % 60.0);
    let (seconds, millis) = ((time / 1_000.0).floor() % 60.0, time.floor() % 1_000.0);
    let clock = |h: f64, m: f64, s: f64, ms: f64| h * 3_600_000.0 + m * 60_000.0 + s * 1_000.0 + ms;
    let next = |index: usize, old: f64| numbers.get(index).copied().unwrap_or(old);
    let month = f64::from(month) - 1.0;
    match part {
        "Time" => first,
        "Milliseconds" => date * DAY + clock(hours, minutes, seconds, first),
        "Seconds" => date * DAY + clock(hours, minutes, first, next(1, millis)),
        "Minutes" => date * DAY + clock(hours, first, next(1, seconds), next(2, millis)),
        "Hours" => date * DAY + clock(first, next(1, minutes), next(2, seconds), next(3, millis)),
        "Date" => day(year as f64, month, first) * DAY + time,
        "Month" => day(year as f64, first, next(1, f64::from(day_of_month))) * DAY + time,
        "FullYear" => day(first, next(1, month), next(2, f64::from(day_of_month))) * DAY + time,
        _ => f64::NAN,
    }
}

/// `YYYY-MM-DDTHH:mm:ss.sssZ`.
pub(in super::super) fn iso(instant: f64) -> String {
    if !instant.is_finite() {
        return "Invalid Date".into();
    }
    if (0.0..2.5e14).contains(&instant)
        && let Some(known) = Instant::from_millis(instant.floor() as i64)
    {
        return known.iso();
    }
    let (year, month, day) = civil((instant / DAY).floor() as i64);
    let time = instant.rem_euclid(DAY) as i64;
    let (hours, minutes, seconds, millis) = (time / 3_600_000, time / 60_000 % 60, time / 1_000 % 60, time % 1_000);
    // Years of more than four digits, and those before the first one, have six and a sign.
    let year = match year {
        0..=9_999 => format!("{year:04}"),
        _ => format!("{}{:06}", if year < 0 { '-' } else { '+' }, year.abs()),
    };
    format!("{year}-{month:02}-{day:02}T{hours:02}:{minutes:02}:{seconds:02}.{millis:03}Z")
}

/// As `String(date)` prints it.
pub(in super::super) fn long(instant: f64) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    if !instant.is_finite() {
        return "Invalid Date".into();
    }
    let date = (instant / DAY).floor();
    let (year, month, day) = civil(date as i64);
    let time = instant.rem_euclid(DAY) as i64;
    let weekday = DAYS[(date + 4.0).rem_euclid(7.0) as usize];
    let name = MONTHS[month as usize - 1];
    let (hours, minutes, seconds) = (time / 3_600_000, time / 60_000 % 60, time / 1_000 % 60);
    format!(
        "{weekday} {name} {day:02} {year:04} {hours:02}:{minutes:02}:{seconds:02} GMT+0000 (Coordinated Universal Time)"
    )
}

/// The instant of a text of ISO 8601, NaN for what is surely none, and `None` for a text of another kind, which
/// depends on who reads it.
pub(in super::super) fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Some(f64::NAN);
    }
    let (date, time) = match text.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let number = |text: &str, digits: usize| -> Option<f64> {
        (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1.0), |month| number(month, 2))?;
    let day = parts.next().map_or(Some(1.0), |day| number(day, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let Some(time) = time else {
        let is_valid = (1.0..=12.0).contains(&month) && (1.0..=31.0).contains(&day);
        return Some(if is_valid { instant(year, month, day) } else { f64::NAN });
    };
    let (time, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => (&time[..at], &time[at..]),
        // Local time, which is that of the first meridian.
        None => (time, "Z"),
    };
    let mut clock = time.split(':');
    let hours = number(clock.next()?, 2)?;
    let minutes = number(clock.next()?, 2)?;
    let (seconds, millis) = match clock.next() {
        None => (0.0, 0.0),
        Some(text) => {
            let (seconds, fraction) = text.split_once('.').unwrap_or((text, "0"));
            if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            let digits: String = fraction.chars().chain("00".chars()).take(3).collect();
            (number(seconds, 2)?, digits.parse().ok()?)
        }
    };
    if clock.next().is_some() {
        return None;
    }
    let offset = match offset {
        "Z" => 0.0,
        other => {
            let (h, m) = other.get(1..)?.split_once(':')?;
            let (h, m) = (number(h, 2)?, number(m, 2)?);
            if h > 23.0 || m > 59.0 {
                return None;
            }
            (if other.starts_with('-') { -1.0 } else { 1.0 }) * (h * 60.0 + m) * 60_000.0
        }
    };
    let is_midnight = hours == 24.0 && minutes == 0.0 && seconds == 0.0 && millis == 0.0;
    let is_valid = (1.0..=12.0).contains(&month)
        && (1.0..=31.0).contains(&day)
        && (hours < 24.0 || is_midnight)
        && minutes < 60.0
        && seconds < 60.0;
    if !is_valid {
        return Some(f64::NAN);
    }
    let clock = hours * 3_600_000.0 + minutes * 60_000.0 + seconds * 1_000.0 + millis;
    Some(instant(year, month, day) + clock - offset)
}

fn instant(year: f64, month: f64, day: f64) -> f64 {
    days_from_civil(year as i64, month as u32, day as u32) as f64 * DAY
}

/// Days since the epoch of a date of the proleptic Gregorian calendar.
fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a number of days since the epoch.
fn civil(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 } as u32;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
