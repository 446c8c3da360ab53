//! What is wrong with an expression where it stands.
//!
//! One judgement serves all rules over expressions, so that one fault is one finding: what is
//! misspelt is not held against its type as well.

use std::collections::HashSet;
use std::ops::Range;

use super::path::{Found, Nowhere, Scope, Value};
use super::site::Site;
use super::{Expression, Outcome, Path, Role};
use crate::contract::{Binding, Field, Origin, Type};
use crate::pointer::Pointer;

/// What is wrong, as the rules tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint) enum Kind {
    /// It is no CEL.
    Syntax,
    /// A path leads nowhere.
    UnknownPath,
    /// `cancelOn.if` holds more than logic, comparison and index.
    CancelConditionRefused,
    /// `idempotency` is true or false.
    IdempotencyBoolean,
    /// `idempotency` is the same for every event.
    IdempotencyConstant,
    /// A path of `idempotency` is not a required text.
    IdempotencyPath,
    /// A key is the same for every event.
    KeyConstant,
    /// A key reads what may be absent or null.
    KeyPathOptional,
    /// An expression is different for every event.
    NeverRepeats,
    /// A priority is no number, or out of range.
    Priority,
}

/// A fault of an expression.
#[derive(Debug)]
pub(super) struct Fault {
    /// Which rule it belongs to.
    pub(super) kind: Kind,
    /// Its place in the expression.
    pub(super) span: Range<usize>,
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
    /// A second place.
    pub(super) also: Option<(Pointer, &'static str)>,
}

/// All faults of an expression; of several that follow from one, the first.
pub(super) fn judge(text: &str, site: Site, scope: &Scope<'_>, fixed_window: bool) -> Vec<Fault> {
    let name = site.text();
    let prefix = if site == Site::CancelMatch { "event." } else { "" };
    if let Some(fault) = hyphen(text, scope, &name).or_else(|| rooted(text, site)) {
        return vec![fault];
    }
    let expression = match Expression::parse(&format!("{prefix}{text}")) {
        Ok(expression) => expression,
        Err(syntax) => {
            let message = format!("{name} is not valid CEL: {}", syntax.what);
            let span = shift(syntax.span, prefix.len());
            return vec![Fault { kind: Kind::Syntax, span, message, help: syntax.help, also: None }];
        }
    };
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for path in &expression.paths {
        let follow = match (site, scope.cancels) {
            // Both events must have what is compared.
            (Site::CancelMatch, Some((_, Some(payload)))) => {
                let other = Scope { payload, cancels: None, ..*scope };
                scope.follow(path).and_then(|found| other.follow(path).map(|_| found))
            }
            _ => scope.follow(path),
        };
        match follow {
            Ok(value) => found.push((path, value)),
            Err(nowhere) => faults.push(unknown(&name, nowhere, prefix.len())),
        }
    }
    if !faults.is_empty() {
        return each_once(faults);
    }
    let judgement = Judgement { text, name, expression: &expression, found: &found, fixed_window };
    match site {
        Site::Idempotency => judgement.idempotency(),
        Site::Key { shared, .. } => judgement.key(shared),
        Site::Priority => judgement.priority().into_iter().collect(),
        Site::CancelIf => judgement.cancel_condition().into_iter().collect(),
        Site::CancelMatch => Vec::new(),
    }
}

/// A value that is read twice is at fault once.
fn each_once(mut faults: Vec<Fault>) -> Vec<Fault> {
    let mut known = HashSet::new();
    faults.retain(|fault| known.insert(fault.message.clone()));
    faults
}

fn unknown(name: &str, nowhere: Nowhere, prefix: usize) -> Fault {
    let Nowhere { span, why, mut help } = nowhere;
    if prefix > 0 {
        help = help.replace("`event.", "`");
    }
    let message = format!("{name} reads a value that does not exist: {why}");
    Fault { kind: Kind::UnknownPath, span: shift(span, prefix), message, help, also: None }
}

/// `event.data.user-id` is read as a subtraction.
fn hyphen(text: &str, scope: &Scope<'_>, name: &str) -> Option<Fault> {
    let fields = scope.payload.fields.iter().map(|field| field.name.as_str());
    let field = fields.filter(|field| field.contains('-')).find(|field| text.contains(&format!(".{field}")))?;
    let start = text.find(field)?;
    Some(Fault {
        kind: Kind::UnknownPath,
        span: start..start + field.len(),
        message: format!("{name} reads `{field}` as a subtraction"),
        help: format!("write a name with a hyphen as an index: `event.data['{field}']`"),
        also: None,
    })
}

/// `match` begins behind the event.
fn rooted(text: &str, site: Site) -> Option<Fault> {
    let rest = text.strip_prefix("event.").or(text.strip_prefix("async."))?;
    (site == Site::CancelMatch).then(|| Fault {
        kind: Kind::UnknownPath,
        span: 0..text.len() - rest.len(),
        message: format!("{} is a path inside the event and must not begin with the event: `{text}`", site.text()),
        help: format!("write `{rest}`"),
        also: None,
    })
}

fn shift(span: Range<usize>, by: usize) -> Range<usize> {
    span.start.saturating_sub(by)..span.end.saturating_sub(by)
}

struct Judgement<'j, 'c> {
    text: &'j str,
    name: String,
    expression: &'j Expression,
    found: &'j [(&'j Path, Found<'c>)],
    fixed_window: bool,
}

impl Judgement<'_, '_> {
    fn idempotency(&self) -> Vec<Fault> {
        if self.expression.outcome == Outcome::Boolean {
            let message = format!("{} is true or false: `{}`", self.name, self.text);
            let help = "name a value that differs between runs, such as `event.data.dispatchKey`";
            return vec![self.fault(Kind::IdempotencyBoolean, self.all(), message, help)];
        }
        if self.is_constant() {
            let message = format!("{} is the same for every event: `{}`", self.name, self.text);
            let help = match ["{{", "${"].iter().any(|template| self.text.contains(template)) {
                true => "CEL has no templates: write only the path, `event.data.dispatchKey`",
                false => "name a field that differs from window to window, such as `event.data.dispatchKey`",
            };
            return vec![self.fault(Kind::IdempotencyConstant, self.all(), message, help)];
        }
        if let Some(fault) = self.never_repeats() {
            return vec![fault];
        }
        let mut faults: Vec<Fault> = Vec::new();
        for (path, found) in self.found {
            let shown = path.text();
            if let Some(fault) = self.absent_or_null(path, found, Kind::IdempotencyPath) {
                faults.push(fault);
                continue;
            }
            let type_ = match found.value {
                Value::Object => Some(("an object".to_owned(), None)),
                Value::Field(field, type_) if !is_text(type_, path.role) => {
                    Some((format!("of type `{}`", type_.text()), Some(field)))
                }
                _ => None,
            };
            if let (Some((type_, field)), Role::Result | Role::Text) = (type_, path.role) {
                let message = format!("{} contains `{shown}`, which is {type_}, not a text", self.name);
                let mut fault = self.fault(Kind::IdempotencyPath, path.span(), message, "name a field that is a text");
                fault.also = field.and_then(|field| place(field, "declared here"));
                faults.push(fault);
            }
        }
        each_once(faults)
    }

    fn key(&self, shared: bool) -> Vec<Fault> {
        if self.is_constant() {
            if shared {
                return Vec::new();
            }
            let message = format!("{} is the same for every event: `{}`", self.name, self.text);
            let help = "name a field that differs between events, or remove the key";
            return vec![self.fault(Kind::KeyConstant, self.all(), message, help)];
        }
        if let Some(fault) = self.never_repeats() {
            return vec![fault];
        }
        let mut faults: Vec<Fault> = Vec::new();
        for (path, found) in self.found {
            faults.extend(self.absent_or_null(path, found, Kind::KeyPathOptional));
        }
        each_once(faults)
    }

    fn priority(&self) -> Option<Fault> {
        let (what, help) = match self.expression.outcome {
            Outcome::Number(number) if !(-600.0..=600.0).contains(&number) => (
                format!("is {number}, which is clamped to the range -600 to 600"),
                "write a number of seconds in this range",
            ),
            Outcome::Boolean => ("is true or false, not a number".to_owned(), "write `… ? 120 : 0`"),
            Outcome::Text => ("is a text, not a number".to_owned(), "write a number of seconds from -600 to 600"),
            Outcome::Number(_) => return None,
            Outcome::Unknown => {
                let [(path, found)] = self.found else { return None };
                let Value::Field(_, type_) = found.value else { return None };
                let number = matches!(type_, Type::Integer | Type::Number | Type::Json);
                if number || path.role != Role::Result || self.text.trim().len() != path.span().len() {
                    return None;
                }
                (format!("is of type `{}`, not a number", type_.text()), "name a field that is a number of seconds")
            }
        };
        Some(self.fault(Kind::Priority, self.all(), format!("{} {what}", self.name), help))
    }

    fn cancel_condition(&self) -> Option<Fault> {
        let beyond = self.expression.beyond_matching.as_ref()?;
        let message = format!(
            "{} contains {}; the platform accepts only logical operators, comparisons and indexing there",
            self.name, beyond.name
        );
        let help = "compare fields: `event.data.clientId == async.data.clientId`";
        Some(self.fault(Kind::CancelConditionRefused, beyond.span.clone(), message, help))
    }

    /// Nothing in it changes from event to event of one function.
    fn is_constant(&self) -> bool {
        self.expression.clock.is_none()
            && self.found.iter().all(|(_, found)| match found.value {
                Value::Name => true,
                Value::Field(field, _) => match field.from.as_ref().map(|from| from.value) {
                    Some(Binding::Source) => true,
                    Some(Binding::WindowSeconds) => self.fixed_window,
                    _ => false,
                },
                _ => false,
            })
    }

    /// A part of it is new with each event.
    fn never_repeats(&self) -> Option<Fault> {
        let help = "name a value that two calls for the same work share, such as `event.data.dispatchKey`";
        if let Some(clock) = &self.expression.clock {
            let message = format!("{} calls `{}`: it is different for every event", self.name, clock.name);
            return Some(self.fault(Kind::NeverRepeats, clock.span.clone(), message, help));
        }
        self.found.iter().filter(|(path, _)| matches!(path.role, Role::Result | Role::Text)).find_map(
            |(path, found)| {
                let (why, at) = match found.value {
                    Value::Instant => ("the time of sending", None),
                    Value::Field(field, _) => match field.from.as_ref()?.value {
                        Binding::Now => ("the time of the call", place(field, "filled here")),
                        Binding::Uuid => ("a random value", place(field, "filled here")),
                        _ => return None,
                    },
                    _ => return None,
                };
                let message =
                    format!("{} contains `{}`, {why}: it is different for every event", self.name, path.text());
                let mut fault = self.fault(Kind::NeverRepeats, path.span(), message, help);
                fault.also = at;
                Some(fault)
            },
        )
    }

    /// A path that need not be there, unless `has()` asks first.
    fn absent_or_null(&self, path: &Path, found: &Found<'_>, kind: Kind) -> Option<Fault> {
        let shown = path.text();
        let asked = |other: &Path| other.role == Role::Tested && other.text() == shown;
        if path.role == Role::Tested {
            return None;
        }
        let guarded = self.found.iter().any(|(other, _)| asked(other));
        let (why, field) = match (&found.absent, found.null) {
            (Some((why, field)), _) if !guarded => (format!("which can be absent: {why}"), *field),
            (_, Some(field)) => ("which can be null".to_owned(), Some(field)),
            _ => return None,
        };
        let message = format!("{} reads `{shown}`, {why}", self.name);
        let mut fault =
            self.fault(kind, path.span(), message, "name a field that every event has, or make it required");
        fault.also = field.and_then(|field| place(field, "declared here"));
        Some(fault)
    }

    fn all(&self) -> Range<usize> {
        0..self.text.len()
    }

    fn fault(&self, kind: Kind, span: Range<usize>, message: String, help: &str) -> Fault {
        Fault { kind, span, message, help: help.to_owned(), also: None }
    }
}

/// Where a field is written, if it is.
fn place(field: &Field, label: &'static str) -> Option<(Pointer, &'static str)> {
    (field.type_.origin != Origin::BuiltIn).then(|| (field.at.clone(), label))
}

/// Whether equal values, and only they, have equal texts.
fn is_text(type_: &Type, role: Role) -> bool {
    type_.is_text() || (role == Role::Text && matches!(type_, Type::Integer))
}
