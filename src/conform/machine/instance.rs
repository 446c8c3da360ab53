//! Of which class a value is.

use std::rc::Rc;

use super::super::program::{Key, Member, Site, Text};
use super::object::CLASS;
use super::{Holder, Kind, Machine, Object, Value};

impl<'p> Machine<'p> {
    /// `value instanceof class`.
    pub(super) fn instance_of(&mut self, left: &Value<'p>, right: &Value<'p>, at: Site) -> Value<'p> {
        let Value::Object(object) = left else {
            return match left {
                Value::Opaque(_) => self.compared("instanceof", left, right, at),
                _ => Value::Bool(false),
            };
        };
        let Some(class) = right.as_object() else { return self.compared("instanceof", left, right, at) };
        let made_by = class_of(object);
        match &class.kind {
            Kind::Native(path) => match is_native(object, path) {
                Some(known) => Value::Bool(known),
                None => self.compared("instanceof", left, right, at),
            },
            // A class that is made anew in another run is the same class.
            Kind::Class { .. } => {
                let mut of = made_by;
                while let Some(Value::Object(here)) = of {
                    if here.at == class.at {
                        return Value::Bool(true);
                    }
                    of = match &here.kind {
                        Kind::Class { parent, .. } => parent.clone(),
                        _ => None,
                    };
                }
                Value::Bool(false)
            }
            _ => self.compared("instanceof", left, right, at),
        }
    }
}

/// The name of an error as the language gives it: that of the class of the platform that it extends.
pub(super) fn error_class(object: &Object<'_>) -> Text {
    let Kind::Error(name) = &object.kind else { return Text::from("Error") };
    match root(object) {
        Some(Value::Object(root)) => match &root.kind {
            Kind::Native(path) => Text::from(path.rsplit('.').next().unwrap_or(path)),
            _ => name.clone(),
        },
        _ => name.clone(),
    }
}

/// The last of the classes that a class extends.
fn root<'p>(object: &Object<'p>) -> Option<Value<'p>> {
    let mut of = class_of(object)?;
    loop {
        let parent = match of.as_object().map(|here| &here.kind) {
            Some(Kind::Class { parent: Some(parent), .. }) => parent.clone(),
            _ => return Some(of),
        };
        of = parent;
    }
}

/// Whether the class of an object extends one of the platform.
pub(super) fn extends_native(object: &Object<'_>) -> bool {
    matches!(root(object), Some(Value::Object(root)) if matches!(root.kind, Kind::Native(_)))
}

/// Whether an object or its class has a property of its own of this name.
pub(super) fn says(object: &Object<'_>, name: &str) -> bool {
    let mut of = class_of(object);
    if object.has(name) {
        return true;
    }
    while let Some(Value::Object(here)) = of {
        let Kind::Class { class, parent, .. } = &here.kind else { return false };
        let is_it = |member: &Member| match &member.key {
            Key::Name(own) => &**own == name,
            // A computed name may be any; that of a text is asked for by few.
            Key::Computed(_) => name.starts_with('\0'),
        };
        if class.members.iter().any(|member| !member.is_static && is_it(member)) {
            return true;
        }
        of = parent.clone();
    }
    false
}

/// The class that made an object, when the application has it.
pub(super) fn class_of<'p>(object: &Object<'p>) -> Option<Value<'p>> {
    match &object.kind {
        Kind::Instance(class) => Some(class.clone()),
        Kind::Error(_) | Kind::Date(_) => object.own(CLASS).map(|(class, _)| class),
        _ => None,
    }
}

/// Whether an object is one of a class of the platform; `None` when that is not known.
fn is_native(object: &Rc<Object<'_>>, path: &str) -> Option<bool> {
    let name = path.rsplit('.').next().unwrap_or(path);
    if name == "Object" {
        return Some(!matches!(object.kind, Kind::Symbol(_)));
    }
    Some(match &object.kind {
        Kind::Error(_) => name == "Error" || *error_class(object) == *name,
        Kind::Date(_) => name == "Date",
        Kind::Map(_) => name == "Map",
        Kind::Set(_) => name == "Set",
        Kind::List(_) => name == "Array",
        Kind::Regex(..) => name == "RegExp",
        Kind::Url(..) => name == "URL",
        Kind::Query(..) => name == "URLSearchParams",
        Kind::Headers(..) => name == "Headers",
        Kind::Promise(_) | Kind::Pending(_) => name == "Promise",
        Kind::Response(..) => matches!(name, "Response" | "NextResponse"),
        Kind::Bytes(_, Holder::Buffer) => matches!(name, "Buffer" | "Uint8Array"),
        Kind::Bytes(_, Holder::Array) => name == "Uint8Array",
        Kind::Bytes(_, Holder::Raw) => name == "ArrayBuffer",
        Kind::Request => return (!matches!(name, "Request" | "NextRequest")).then_some(false),
        Kind::Function(_) | Kind::Bound(..) | Kind::Method(..) | Kind::Native(_) | Kind::Class { .. } => {
            name == "Function"
        }
        Kind::Plain => false,
        // Its class may extend one of the platform.
        _ => return None,
    })
}
