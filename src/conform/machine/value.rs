//! Values: known ones as the language has them, and opaque ones that remember where they came from.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::super::program::{Class, Function, ModuleId, Site, Text};
use super::object::Object;
use super::scope::Scope;

/// A value.
#[derive(Clone)]
pub enum Value<'p> {
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
    /// An object of any kind.
    Object(Rc<Object<'p>>),
    /// Something that is not known.
    Opaque(Rc<Opaque<'p>>),
}

thread_local! {
    static BIRTHS: Cell<u64> = const { Cell::new(0) };
}

/// A number that no other object, unknown value or call of this thread has; later ones have higher ones.
pub(super) fn birth() -> u64 {
    BIRTHS.with(|births| {
        births.set(births.get() + 1);
        births.get()
    })
}

/// A function with what it was made in.
#[derive(Clone)]
pub struct Closure<'p> {
    /// The function.
    pub function: &'p Function,
    /// Its module.
    pub module: ModuleId,
    /// The names around it.
    pub scope: Rc<Scope<'p>>,
    /// `this` of an arrow.
    pub this: Value<'p>,
    /// The class that it is a member of.
    pub home: Option<Value<'p>>,
}

/// What an object is.
pub enum Kind<'p> {
    /// Only its properties.
    Plain,
    /// A list.
    List(RefCell<Vec<Value<'p>>>),
    /// A function.
    Function(Closure<'p>),
    /// A function of the platform or of a package that is modelled, by its path.
    Native(Text),
    /// A method of a value that is modelled.
    Method(Value<'p>, Text),
    /// A function with its first arguments and `this`.
    Bound(Value<'p>, Value<'p>, Vec<Value<'p>>),
    /// An object whose properties a function gives: what is behind it, and the function.
    Proxy(Value<'p>, Value<'p>),
    /// A class.
    Class {
        /// The class.
        class: &'p Class,
        /// Its module.
        module: ModuleId,
        /// The names around it.
        scope: Rc<Scope<'p>>,
        /// What it extends.
        parent: Option<Value<'p>>,
    },
    /// An instance of a class.
    Instance(Value<'p>),
    /// An instant, in milliseconds since the epoch.
    Date(Cell<f64>),
    /// An error, by the name of its class.
    Error(Text),
    /// A map.
    Map(RefCell<Vec<(Value<'p>, Value<'p>)>>),
    /// A set.
    Set(RefCell<Vec<Value<'p>>>),
    /// A regular expression; none when ours cannot express it.
    Regex(Option<fancy_regex::Regex>, Text),
    /// Query parameters; whether they are those of the request.
    Query(RefCell<Vec<(Text, Value<'p>)>>, bool),
    /// An address; whether it is that of the request.
    Url(Text, bool),
    /// Headers; whether they are those of the request.
    Headers(RefCell<Vec<(Text, Value<'p>)>>, bool),
    /// The request.
    Request,
    /// An answer: its status and its body.
    Response(RefCell<Value<'p>>, Value<'p>),
    /// A promise that is kept, or broken.
    Promise(Result<Value<'p>, Value<'p>>),
    /// A promise that is still open, and what it will be.
    Pending(RefCell<Option<Result<Value<'p>, Value<'p>>>>),
    /// Bytes, and what holds them. Who changes them makes an open object of them.
    Bytes(Vec<u8>, Holder),
    /// A symbol, by the name of the properties that it names.
    Symbol(Text),
    /// A digest on its way: the algorithm, and what went in; none when that is not known.
    Digest(Text, RefCell<Option<Vec<u8>>>),
    /// `process.env`
    Env,
    /// All exports of a module.
    Namespace(ModuleId),
    /// A client of Inngest.
    Client,
    /// A function of Inngest: its index among the definitions.
    Definition(usize),
    /// The tools of steps.
    Step,
    /// An event type of SDK 4: the name.
    EventType(Value<'p>),
}

/// What holds bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A `Buffer`.
    Buffer,
    /// A `Uint8Array`.
    Array,
    /// An `ArrayBuffer`.
    Raw,
}

/// Something that is not known.
pub struct Opaque<'p> {
    /// Unlike any other's of the thread.
    pub id: u64,
    /// Where it comes from.
    pub origin: Origin<'p>,
    /// What it may depend on.
    pub taint: Taint,
    /// Where it came up.
    pub at: Site,
    /// It came up when a module was loaded: nothing of a request is in it.
    pub loading: bool,
    /// Properties that were read: the same one is the same value.
    pub known: RefCell<Vec<(Text, Value<'p>)>>,
}

/// Where an opaque value comes from.
#[derive(Clone)]
pub enum Origin<'p> {
    /// An export of a package.
    Package(Text, Text),
    /// A property of another one.
    Property(Rc<Opaque<'p>>, Text),
    /// What a call of another one gave.
    Call(Rc<Opaque<'p>>),
    /// What another one makes, by `new` or as a client: there is such a thing, whatever it is.
    Made(Rc<Opaque<'p>>),
    /// What another one gives to a function that it is given.
    Argument(Rc<Opaque<'p>>),
    /// What a call gave that was given one function: called, it may call that.
    Wrapped(Rc<Opaque<'p>>, Rc<Value<'p>>),
    /// A text made of known and unknown parts.
    Template(Rc<Vec<Value<'p>>>),
    /// A number made of these, as by `Math.max(0, value)`.
    Number(Rc<Vec<Value<'p>>>),
    /// One of several values: which one was decided in a call that is told.
    OneOf(Rc<Vec<Value<'p>>>),
    /// JSON of a value.
    Json(Rc<Value<'p>>),
    /// The opposite of another one.
    Not(Rc<Opaque<'p>>),
    /// An environment variable.
    Env(Text),
    /// The event that a function was called with.
    Event,
    /// Its data.
    EventData,
    /// A field of its data.
    EventField(Text),
    /// The `typeof` of another one.
    TypeOf(Rc<Opaque<'p>>),
    /// What a step gave.
    StepResult,
    /// Anything else: what it is, for people.
    Other(&'static str),
}

/// What a value may depend on.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Taint(u8);

impl Taint {
    /// The result of a step.
    pub const STEP: Self = Self(1);
    /// The number of the attempt.
    pub const ATTEMPT: Self = Self(2);
    /// The environment.
    pub const ENV: Self = Self(4);
    /// A query parameter.
    pub const QUERY: Self = Self(8);
    /// What the world says, the secret or the whole environment, handed to something that is not modelled.
    pub const GIVEN: Self = Self(16);
    /// Something that is known, handed to something of the language that is not modelled: this machine alone does
    /// not know what comes out.
    pub const UNREAD: Self = Self(32);
    /// Chance: another one in every run.
    pub const CHANCE: Self = Self(64);
    /// What a run failed with, as `onFailure` is told it.
    pub const FAILURE: Self = Self(128);

    /// What something may depend on that is made of several values. What is made of something that nobody knows is
    /// not known to anybody, whatever else goes into it.
    pub(super) fn of<'v, 'p: 'v>(values: impl Iterator<Item = &'v Value<'p>>) -> Self {
        let (mut all, mut is_open) = (Self::default(), false);
        for value in values {
            let taint = value.taint();
            is_open |= matches!(value, Value::Opaque(_)) && !taint.has(Self::UNREAD);
            all = all.with(taint);
        }
        if is_open { all.without(Self::UNREAD) } else { all }
    }

    /// It, but for another one.
    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What both have.
    pub(super) fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether what is decided by it is not sure: the world knows how it falls, and the machine does not.
    pub(super) fn is_doubtful(self) -> bool {
        self.has(Self::GIVEN) || self.has(Self::UNREAD)
    }

    /// One bit for each that it has.
    pub(super) fn bits(self) -> u8 {
        self.0
    }

    /// Both.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has all of another one.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

fn holds_secret(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, super::SECRET.as_bytes()).is_some()
}

/// How deep is looked for something unknown within a value.
const DEEPEST: u32 = 4;

impl<'p> Value<'p> {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Text(Text::from(text))
    }

    /// What it may depend on.
    pub fn taint(&self) -> Taint {
        match self {
            Self::Opaque(opaque) => opaque.taint,
            Self::Text(text) if holds_secret(text.as_bytes()) => Taint::GIVEN,
            Self::Object(object) => match &object.kind {
                Kind::Env => Taint::GIVEN,
                _ if object.has_variables() => Taint::GIVEN,
                Kind::Bytes(bytes, _) if holds_secret(bytes) => Taint::GIVEN,
                Kind::Bytes(..) | Kind::Digest(..) if object.has(super::object::GIVEN) => Taint::GIVEN,
                _ => Taint::default(),
            },
            _ => Taint::default(),
        }
    }

    /// Whether nothing of it is unknown, and nothing of it is the request's, the process's or a platform's to say.
    pub(super) fn is_known(&self, depth: u32) -> bool {
        let Self::Object(object) = self else { return !matches!(self, Self::Opaque(_)) };
        let is_deep = depth >= DEEPEST;
        let has_known_fields = |object: &Object<'p>| {
            object.properties.borrow().iter().all(|slot| slot.is_getter || slot.value.is_known(depth + 1))
        };
        !is_deep
            && !object.is_open()
            && match &object.kind {
                Kind::List(items) | Kind::Set(items) => items.borrow().iter().all(|item| item.is_known(depth + 1)),
                Kind::Map(entries) => {
                    entries.borrow().iter().all(|(key, value)| key.is_known(depth + 1) && value.is_known(depth + 1))
                }
                Kind::Plain | Kind::Instance(_) | Kind::Error(_) => has_known_fields(object),
                Kind::Promise(Ok(value) | Err(value)) => value.is_known(depth + 1),
                Kind::Digest(_, data) => data.borrow().is_some(),
                Kind::Date(_) | Kind::Regex(..) | Kind::Bytes(..) | Kind::Symbol(_) => true,
                Kind::Native(_) | Kind::Function(_) | Kind::Method(..) | Kind::Bound(..) | Kind::Class { .. } => true,
                _ => false,
            }
    }

    /// Its text, when it is one.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Its object, when it is one.
    pub fn as_object(&self) -> Option<&Rc<Object<'p>>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Whether it is `undefined` or `null`.
    pub fn is_nullish(&self) -> bool {
        matches!(self, Self::Undefined | Self::Null)
    }

    /// Whether it can be called.
    pub fn is_callable(&self) -> bool {
        self.as_object().is_some_and(|object| {
            matches!(
                object.kind,
                Kind::Function(_) | Kind::Native(_) | Kind::Method(..) | Kind::Bound(..) | Kind::Class { .. }
            )
        })
    }
}

impl Opaque<'_> {
    /// Whether it is what a package gave, whatever it was given.
    pub(super) fn is_client(&self) -> bool {
        match &self.origin {
            Origin::Package(..) => true,
            Origin::Property(of, _) | Origin::Call(of) | Origin::Made(of) => of.is_client(),
            _ => false,
        }
    }

    /// The package that it comes from in the end.
    pub fn package(&self) -> Option<&Text> {
        match &self.origin {
            Origin::Package(package, _) => Some(package),
            Origin::Property(of, _)
            | Origin::Call(of)
            | Origin::Made(of)
            | Origin::Argument(of)
            | Origin::Wrapped(of, _) => of.package(),
            _ => None,
        }
    }
}

impl fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undefined => f.write_str("undefined"),
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Text(value) => write!(f, "{value:?}"),
            Self::Opaque(opaque) => opaque.fmt(f),
            Self::Object(object) => match &object.kind {
                Kind::List(items) => f.debug_list().entries(items.borrow().iter()).finish(),
                Kind::Plain | Kind::Instance(_) => {
                    let properties = object.properties.borrow();
                    f.debug_map().entries(properties.iter().map(|slot| (&slot.name, &slot.value))).finish()
                }
                Kind::Response(status, body) => write!(f, "Response({:?}, {body:?})", status.borrow()),
                Kind::Promise(result) => write!(f, "Promise({result:?})"),
                Kind::Date(instant) => write!(f, "Date({})", instant.get()),
                Kind::Error(name) => write!(f, "{name}"),
                Kind::Function(closure) => write!(f, "function {:?}", closure.function.name),
                Kind::Native(path) => write!(f, "native {path}"),
                _ => f.write_str("[object]"),
            },
        }
    }
}
