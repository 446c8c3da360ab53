//! One path through the code, as plain data.

use super::super::machine::{Abrupt, Effect, EffectKind, Kind, Opaque, Origin, Path, Taint, Value, to_text};
use super::super::program::{Site, Text};
use super::seen::{Broken, Entered, Outside, Place, StatusWrite, Thrown};

/// A value, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Text),
    /// A list.
    List(Vec<Data>),
    /// An object; whether it may have further fields.
    Record(Vec<Field>, bool),
    /// An instant in milliseconds; JSON prints it as a text.
    Instant(f64),
    /// A function.
    Function,
    /// Not known: what it is, for people, and what it may depend on.
    Unknown(String, Taint),
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Text,
    /// Its value.
    pub value: Data,
    /// Where it is written.
    pub at: Site,
}

impl Data {
    /// A field of a record.
    pub fn field(&self, name: &str) -> Option<&Field> {
        match self {
            Self::Record(fields, _) => fields.iter().find(|field| &*field.name == name),
            _ => None,
        }
    }

    /// The value of a field; `undefined` when the record surely has none.
    pub fn get(&self, name: &str) -> Data {
        match self {
            Self::Record(_, open) => match self.field(name) {
                Some(field) => field.value.clone(),
                None if *open => Self::Unknown("a field".into(), Taint::default()),
                None => Self::Undefined,
            },
            Self::Unknown(what, taint) => Self::Unknown(format!("{what}.{name}"), *taint),
            _ => Self::Undefined,
        }
    }

    /// The fields of a record that are there: those that are `undefined` are not in JSON.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        let fields: &[Field] = match self {
            Self::Record(fields, _) => fields,
            _ => &[],
        };
        fields.iter().filter(|field| field.value != Self::Undefined)
    }

    /// Whether it is a record all of whose fields are known.
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Record(_, false))
    }

    /// Its text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is not known.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(..))
    }

    /// As code that people would write.
    pub fn show(&self) -> String {
        match self {
            Self::Undefined => "nothing".into(),
            Self::Null => "null".into(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("`{text}`"),
            Self::Instant(_) => "a date".into(),
            Self::Function => "a function".into(),
            Self::Unknown(what, _) => what.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::show).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Record(fields, open) => {
                let mut parts: Vec<String> =
                    fields.iter().map(|field| format!("{}: {}", field.name, field.value.show())).collect();
                if *open {
                    parts.push("…".into());
                }
                format!("{{ {} }}", parts.join(", "))
            }
        }
    }

    /// A value of the machine.
    pub fn of(value: &Value<'_>) -> Self {
        Self::copy(value, 0)
    }

    fn copy(value: &Value<'_>, depth: u32) -> Self {
        if depth > 8 {
            return Self::Unknown("a deep value".into(), Taint::default());
        }
        match value {
            Value::Undefined => Self::Undefined,
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(*number),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Opaque(opaque) => Self::opaque(opaque),
            Value::Object(object) => match &object.kind {
                Kind::List(items) => {
                    Self::List(items.borrow().iter().map(|item| Self::copy(item, depth + 1)).collect())
                }
                Kind::Date(instant) => Self::Instant(instant.get()),
                Kind::Plain | Kind::Instance(_) | Kind::Error(_) => {
                    let slots = object.properties.borrow();
                    let fields = slots.iter().map(|slot| Field {
                        name: slot.name.clone(),
                        value: if slot.is_getter {
                            Self::Unknown("a getter".into(), Taint::default())
                        } else {
                            Self::copy(&slot.value, depth + 1)
                        },
                        at: slot.at,
                    });
                    Self::Record(fields.collect(), object.open.get())
                }
                Kind::Promise(Ok(value)) => Self::copy(value, depth + 1),
                Kind::EventType(name) => Self::copy(name, depth + 1),
                _ if value.is_callable() => Self::Function,
                _ => match to_text(value) {
                    Some(text) => Self::Text(text),
                    None => Self::Unknown("an object".into(), Taint::default()),
                },
            },
        }
    }

    fn opaque(opaque: &Opaque<'_>) -> Self {
        if let Origin::Template(parts) = &opaque.origin {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| match part {
                    Value::Text(text) => text.to_string(),
                    Value::Opaque(inner) => format!("${{{}}}", inner.describe()),
                    _ => "…".into(),
                })
                .collect();
            return Self::Unknown(format!("`{}`", parts.concat()), opaque.taint);
        }
        Self::Unknown(opaque.describe(), opaque.taint)
    }
}

/// An event that was sent.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Its name.
    pub name: Data,
    /// Its id.
    pub id: Data,
    /// Its data.
    pub data: Data,
    /// The call that sent it.
    pub at: Site,
    /// Where the event itself is written, when that is known.
    pub event_at: Site,
    /// Whether a step surrounds it.
    pub in_step: bool,
}

/// What a route answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A response: its status, its body, and where it is made.
    Response(Data, Data, Site),
    /// Something else.
    Value(Data),
    /// Something was thrown: the name of its class.
    Thrown(String),
    /// The run was cut.
    Cut,
}

/// One path through the code.
#[derive(Debug, Clone)]
pub struct Run {
    /// Events that were sent, in order.
    pub sent: Vec<Sent>,
    /// How it ended.
    pub answer: Answer,
    /// Environment variables that were read.
    pub env: Vec<(Text, Site)>,
    /// Those among them that were read before anything outside was called.
    pub early_env: Vec<Text>,
    /// Query parameters that were read; `*` is all of them.
    pub query: Vec<(Text, Site)>,
    /// Functions that were entered.
    pub entered: Vec<Entered>,
    /// What was called outside.
    pub outside: Vec<Outside>,
    /// Status records.
    pub statuses: Vec<StatusWrite>,
    /// Ids of steps.
    pub steps: Vec<(Data, Site)>,
    /// Fields of the event's data that were read; `*` is all of them.
    pub fields: Vec<(Text, Site)>,
    /// Fields of the event's data that were taken for ones that may be absent.
    pub optional: Vec<(Text, Site)>,
    /// Fields of the event's data that were asked whether they count as true.
    pub tested: Vec<(Text, Site)>,
    /// What was thrown.
    pub thrown: Vec<Thrown>,
    /// What threw outside of the application.
    pub broken: Vec<Broken>,
    /// How many decisions were taken on the way: 0 when everything was known.
    pub decisions: usize,
}

impl Run {
    /// The run of a path.
    pub fn of(path: Path<'_>) -> Self {
        let answer = match &path.result {
            Ok(Value::Object(object)) => match &object.kind {
                Kind::Response(status, body) => Answer::Response(Data::of(&status.borrow()), Data::of(body), object.at),
                _ => Answer::Value(Data::of(&Value::Object(object.clone()))),
            },
            Ok(value) => Answer::Value(Data::of(value)),
            Err(Abrupt::Throw(error)) => Answer::Thrown(class_of(error)),
            Err(Abrupt::Halt) => Answer::Cut,
        };
        let mut run = Self {
            sent: Vec::new(),
            answer,
            env: Vec::new(),
            early_env: Vec::new(),
            query: Vec::new(),
            entered: Vec::new(),
            outside: Vec::new(),
            statuses: Vec::new(),
            steps: Vec::new(),
            fields: Vec::new(),
            optional: Vec::new(),
            tested: Vec::new(),
            thrown: Vec::new(),
            broken: Vec::new(),
            decisions: path.decisions,
        };
        let mut around: Vec<usize> = Vec::new();
        for (order, Effect { kind, at, in_step }) in path.effects.into_iter().enumerate() {
            let parent = around.last().copied();
            match kind {
                EffectKind::Env(name) => {
                    if run.outside.is_empty() {
                        run.early_env.push(name.clone());
                    }
                    run.env.push((name, at));
                }
                EffectKind::Query(name) => run.query.push((name, at)),
                EffectKind::Send(events) => run.send(&events, at, in_step),
                EffectKind::Enter(id, name, given) => {
                    run.entered.push(Entered { id, name, at, parent, given, threw: false, in_step, order });
                    around.push(run.entered.len() - 1);
                }
                EffectKind::Leave(threw) => {
                    if let Some(left) = around.pop() {
                        run.entered[left].threw = threw;
                    }
                }
                EffectKind::Outside(name, given) => {
                    run.outside.push(Outside::of(name, &given, Place { at, parent, in_step, order }));
                }
                EffectKind::Status(record) => {
                    run.statuses.push(StatusWrite { record: Data::of(&record), at, parent, in_step });
                }
                EffectKind::Step(id) => run.steps.push((Data::of(&id), at)),
                EffectKind::Field(name) => run.fields.push((name, at)),
                EffectKind::Optional(name) => run.optional.push((name, at)),
                EffectKind::Tested(name) => run.tested.push((name, at)),
                EffectKind::Serve(_) => {}
                EffectKind::Throw(error, taint) => {
                    run.thrown.push(Thrown { class: class_of(&error), at, parent, in_step, taint, order });
                }
                EffectKind::Break => run.broken.push(Broken { at, parent, order }),
            }
        }
        run
    }

    fn send(&mut self, events: &Value<'_>, at: Site, in_step: bool) {
        let events: Vec<Value<'_>> = match events.as_object().map(|object| &object.kind) {
            Some(Kind::List(items)) => items.borrow().clone(),
            _ => vec![events.clone()],
        };
        for event in events {
            let event_at = event.as_object().map_or(at, |object| object.at);
            let event = Data::of(&event);
            self.sent.push(Sent {
                name: event.get("name"),
                id: event.get("id"),
                data: event.get("data"),
                at,
                event_at,
                in_step,
            });
        }
    }

    /// Whether the run was cut before its end.
    pub fn is_cut(&self) -> bool {
        matches!(self.answer, Answer::Cut)
    }

    /// The value of the field `mode` of the answer.
    pub fn mode(&self) -> Option<&str> {
        match &self.answer {
            Answer::Response(_, body, _) => body.field("mode").and_then(|field| field.value.as_text()),
            _ => None,
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> Option<u16> {
        match &self.answer {
            Answer::Response(Data::Number(status), ..) => Some(*status as u16),
            _ => None,
        }
    }
}

fn class_of(error: &Value<'_>) -> String {
    match error {
        Value::Object(object) => match &object.kind {
            Kind::Error(name) => name.to_string(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}
