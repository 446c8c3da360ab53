//! What a run did, one thing each.

use super::super::machine::{Begun, FunctionId, Kind, Opaque, Taint, Value};
use super::super::program::{Site, Text};
use super::data::Data;

/// A query parameter that was read.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its name; `*` is all of them, `?` all of them as one text.
    pub name: Text,
    /// Where.
    pub at: Site,
    /// Its place among all that the run did.
    pub order: usize,
}

/// A function of the application that was entered.
#[derive(Debug, Clone)]
pub struct Entered {
    /// The function.
    pub id: FunctionId,
    /// Its name; empty for one without.
    pub name: Text,
    /// Where it is called.
    pub at: Site,
    /// The call around it: an index into the calls of the run.
    pub parent: Option<usize>,
    /// Functions of the application among its arguments.
    pub given: Vec<FunctionId>,
    /// Whether a query parameter is among what it was given.
    pub of_query: bool,
    /// Whether it ended by throwing.
    pub threw: bool,
    /// Whether a step surrounds it.
    pub in_step: bool,
    /// Its place among all that the run did.
    pub order: usize,
}

/// A call of something outside of the application.
#[derive(Debug, Clone)]
pub struct Outside {
    /// What is called, for people: `prisma.lead.update`.
    pub name: Text,
    /// The package that it comes from in the end.
    pub package: Option<Text>,
    /// Texts among its arguments; of a template, the texts between the values.
    pub said: Vec<Text>,
    /// The name that what it is a method of was given when it was made.
    pub owner: Option<Text>,
    /// `method` of its second argument, as `fetch` takes it.
    pub method: Data,
    /// Whether a query parameter is among its arguments.
    pub of_query: bool,
    /// Where.
    pub at: Site,
    /// The call around it.
    pub parent: Option<usize>,
    /// Whether a step surrounds it.
    pub in_step: bool,
    /// Whether it is called when a module is loaded, for no request.
    pub loading: bool,
    /// Its place among all that the run did.
    pub order: usize,
}

/// Where something was done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) at: Site,
    pub(super) parent: Option<usize>,
    pub(super) in_step: bool,
    pub(super) order: usize,
}

impl Outside {
    pub(super) fn of(name: Text, callee: Option<&Opaque<'_>>, given: &[Value<'_>], place: Place) -> Self {
        let package = callee.and_then(|callee| callee.package().cloned());
        let owner = callee.and_then(Opaque::owner_named);
        let said = said(given);
        let method = match given.get(1) {
            Some(Value::Object(object)) => match object.own("method") {
                Some((value, _)) => Data::of(&value),
                None if object.is_open() => Data::Unknown("a method".into(), Taint::default()),
                None => Data::Undefined,
            },
            Some(Value::Opaque(_)) => Data::Unknown("a method".into(), Taint::default()),
            _ => Data::Undefined,
        };
        let Place { at, parent, in_step, order } = place;
        let of_query = given.iter().any(Value::is_of_query);
        Self { name, package, said, owner, method, of_query, at, parent, in_step, loading: false, order }
    }
}

/// The texts among what a call is given, and the names of tables; of a template, the texts between the values.
pub(super) fn said(given: &[Value<'_>]) -> Vec<Text> {
    let mut said = Vec::new();
    for value in given {
        match value {
            Value::Text(text) => said.push(text.clone()),
            Value::Opaque(opaque) => said.extend(opaque.named()),
            Value::Object(object) => {
                if let Kind::List(items) = &object.kind {
                    said.extend(items.borrow().iter().filter_map(|item| item.as_text().cloned()));
                }
            }
            _ => {}
        }
    }
    said
}

/// A status record that was written.
#[derive(Debug, Clone)]
pub struct StatusWrite {
    /// The record.
    pub record: Data,
    /// Where the writer is called.
    pub at: Site,
    /// The call around it.
    pub parent: Option<usize>,
    /// Whether a step surrounds it.
    pub in_step: bool,
    /// Its place among all that the run did.
    pub order: usize,
}

/// Something that was thrown by a statement.
#[derive(Debug, Clone)]
pub struct Thrown {
    /// The name of the error's class; empty when it is not known.
    pub class: String,
    /// Where.
    pub at: Site,
    /// The call around it.
    pub parent: Option<usize>,
    /// Whether a step surrounds it.
    pub in_step: bool,
    /// What the way there depended on.
    pub taint: Taint,
    /// Its place among all that the run did.
    pub order: usize,
}

/// Something that was begun and nobody waits for.
#[derive(Debug, Clone)]
pub struct Dropped {
    /// The weightiest of it.
    pub begun: Begun,
    /// Where something outside is called in it, when that is all.
    pub calls: Vec<Site>,
    /// Where.
    pub at: Site,
}

/// Something outside of the application that threw.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Where.
    pub at: Site,
    /// The call around it.
    pub parent: Option<usize>,
    /// Its place among all that the run did.
    pub order: usize,
}
