//! Instants as `Intl` prints them, in the few forms that every platform prints alike: Swedish and British English, in UTC,
//! with all parts in full. Of any other form only the platform knows what comes out. Besides, what compares texts.

use super::super::super::program::Site;
use super::super::{Kind, Machine, Outcome, Value};
use super::date::iso;
use super::text::collate::Collation;

/// What is printed: the language, whether a date, and whether a time, with its seconds.
struct Form {
    locale: &'static str,
    has_date: bool,
    has_time: bool,
    has_seconds: bool,
}

impl Form {
    /// How a form is named, so that what prints in it is one value of the platform.
    fn path(&self) -> String {
        let Self { locale, has_date, has_time, has_seconds } = self;
        let mark = |is: &bool, mark: &'static str| if *is { mark } else { "" };
        format!("Intl.={locale}={}{}{}", mark(has_date, "d"), mark(has_time, "t"), mark(has_seconds, "s"))
    }

    fn of_path(name: &str) -> Option<Self> {
        let (locale, parts) = name.strip_prefix('=')?.split_once('=')?;
        let has = |mark| parts.contains(mark);
        Some(Self { locale: locale_of(locale)?, has_date: has('d'), has_time: has('t'), has_seconds: has('s') })
    }

    /// The parts of an instant, each with its type; `None` for one whose year has not four digits.
    fn parts(&self, instant: f64) -> Option<Vec<(&'static str, String)>> {
        // From the year 1000 to the year 9999.
        if !(-30_610_224_000_000.0..253_402_300_800_000.0).contains(&instant) {
            return None;
        }
        let text = iso(instant);
        let part = |kind, from: usize, to: usize| (kind, text[from..to].to_owned());
        let literal = |text: &str| ("literal", text.to_owned());
        let (year, month, day) = (part("year", 0, 4), part("month", 5, 7), part("day", 8, 10));
        let is_swedish = self.locale == "sv-SE";
        let mut parts = Vec::new();
        if self.has_date {
            parts.extend(match is_swedish {
                true => [year, literal("-"), month, literal("-"), day],
                false => [day, literal("/"), month, literal("/"), year],
            });
        }
        if self.has_time {
            if self.has_date {
                parts.push(literal(if is_swedish { " " } else { ", " }));
            }
            parts.extend([part("hour", 11, 13), literal(":"), part("minute", 14, 16)]);
            if self.has_seconds {
                parts.extend([literal(":"), part("second", 17, 19)]);
            }
        }
        Some(parts)
    }

    fn text(&self, instant: f64) -> Option<String> {
        Some(self.parts(instant)?.into_iter().map(|(_, text)| text).collect())
    }
}

fn locale_of(name: &str) -> Option<&'static str> {
    ["sv-SE", "en-GB"].into_iter().find(|known| *known == name)
}

/// The form that a language and options ask for; what is printed without being asked for depends on who prints.
fn form(arguments: &[Value<'_>], date_alone: bool, time_alone: bool) -> Option<Form> {
    let locale = locale_of(arguments.first()?.as_text()?)?;
    let mut asked: Vec<String> = Vec::new();
    match arguments.get(1) {
        None | Some(Value::Undefined) => {}
        Some(Value::Object(options)) if matches!(options.kind, Kind::Plain) && !options.is_open() => {
            for slot in options.listed() {
                let is_usual = match (&*slot.name, &slot.value) {
                    ("timeZone", Value::Text(zone)) => &**zone == "UTC",
                    ("hour12", Value::Bool(is)) => !is,
                    ("hourCycle", Value::Text(cycle)) => &**cycle == "h23",
                    ("year", Value::Text(form)) => &**form == "numeric",
                    ("month" | "day" | "hour" | "minute" | "second", Value::Text(form)) => &**form == "2-digit",
                    _ => false,
                };
                if slot.is_getter || !is_usual {
                    return None;
                }
                if !matches!(&*slot.name, "timeZone" | "hour12" | "hourCycle") {
                    asked.push(slot.name.to_string());
                }
            }
        }
        Some(_) => return None,
    }
    if asked.is_empty() {
        return Some(Form { locale, has_date: !time_alone, has_time: !date_alone, has_seconds: !date_alone });
    }
    let count = |names: &[&str]| names.iter().filter(|name| asked.iter().any(|asked| asked == *name)).count();
    let (date, time, seconds) = (count(&["year", "month", "day"]), count(&["hour", "minute"]), count(&["second"]));
    let is_whole = matches!(date, 0 | 3) && matches!(time, 0 | 2) && seconds <= time;
    let is_fit = !(date_alone && date == 0 || time_alone && time == 0);
    let form = Form { locale, has_date: date > 0, has_time: time > 0, has_seconds: seconds > 0 };
    (is_whole && is_fit).then_some(form)
}

impl<'p> Machine<'p> {
    /// `new Intl.name(...)`, and functions of `Intl`.
    pub(super) fn intl(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let all: Vec<&Value<'p>> = arguments.iter().collect();
        if name == "DateTimeFormat" {
            return Ok(match form(arguments, true, false) {
                Some(form) => self.native(&form.path()),
                None => self.unread(super::INTL, &all, at),
            });
        }
        if name == "Collator" {
            return Ok(match Collation::of(arguments.first(), arguments.get(1)) {
                Some(collation) => self.native(&format!("Intl.{}", collation.name())),
                None => self.unread(super::INTL, &all, at),
            });
        }
        let Some((made, method)) = name.rsplit_once('.') else { return Ok(self.unread(super::INTL, &all, at)) };
        if let (Some(collation), "compare", [one, other, ..]) = (Collation::of_name(made), method, arguments) {
            let texts = self.to_text(one).zip(self.to_text(other));
            return Ok(match texts.and_then(|(one, other)| collation.order(&one, &other)) {
                Some(order) => Value::Number(f64::from(order as i8)),
                None => self.unread("a number", &all, at),
            });
        }
        let instant = match arguments.first() {
            None | Some(Value::Undefined) => {
                self.note_clock();
                Some(self.world.now)
            }
            Some(given) => self.to_number(given),
        };
        let known = Form::of_path(made).zip(instant);
        match (method, known) {
            ("format", Some((form, instant))) => {
                Ok(form.text(instant).map_or_else(|| self.unread("a text", &all, at), |text| Value::text(&text)))
            }
            ("formatToParts", Some((form, instant))) if let Some(parts) = form.parts(instant) => {
                let parts = parts.into_iter().map(|(kind, text)| {
                    self.record(vec![("type", Value::text(kind)), ("value", Value::text(&text))], at)
                });
                let parts = parts.collect();
                Ok(self.list(parts, at))
            }
            _ => self.unmodelled("a text", &[], arguments, at),
        }
    }

    /// `date.toLocaleString(...)` and its like.
    pub(super) fn local_text(&mut self, instant: f64, name: &str, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let form = form(arguments, name == "toLocaleDateString", name == "toLocaleTimeString");
        let text = form.and_then(|form| {
            // What is asked for beside a date or a time alone is added to it.
            let is_alone =
                name == "toLocaleString" || if name == "toLocaleDateString" { !form.has_time } else { !form.has_date };
            is_alone.then(|| form.text(instant))?
        });
        match text {
            Some(text) => Value::text(&text),
            None => self.unread("a text", &arguments.iter().collect::<Vec<_>>(), at),
        }
    }
}
