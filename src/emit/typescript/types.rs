//! Payloads as TypeScript types. A type that would need brackets of its own where it stands — an
//! enum, an object, a list of lists — gets a name, so that every member is one simple line.

use std::collections::{HashMap, HashSet};

use super::{layout, literal};
use crate::contract::{Binding, Contract, Field, Offload, Payload, Type};
use crate::names;

/// The types of a contract's events.
#[derive(Debug, Default)]
pub(super) struct Declarations {
    /// As they are declared, in order.
    pub(super) text: Vec<String>,
    names: HashSet<String>,
    members: HashMap<(String, String), Member>,
}

/// A member of a type.
#[derive(Debug, Clone)]
struct Member {
    key: String,
    /// The text of its comment, and an example value.
    doc: (String, Option<String>),
    optional: bool,
    nullable: bool,
    /// It may be there and undefined, so that it can be copied as it is.
    undefined: bool,
    type_: Simple,
}

/// A type that can stand in a member.
#[derive(Debug, Clone)]
enum Simple {
    /// A built-in type.
    Word(&'static str),
    /// A declared one.
    Name(String),
    /// A list of words or names.
    List(Box<Simple>),
    /// A map to words or names.
    Map(Box<Simple>),
}

/// Where members stand: types of `events.ts` need its name in front elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In `events.ts`.
    Events,
    /// In another module.
    Elsewhere,
}

/// The name of the payload type of an event.
pub(super) fn data_type(offload: &Offload, payload: &Payload) -> String {
    if params_field(offload, payload).is_none() {
        return payload.name.clone();
    }
    let several = offload.events().any(|event| event.payload.value != payload.name);
    let payload = if several { payload.name.as_str() } else { "EventData" };
    format!("{}{payload}", names::pascal(&offload.job))
}

/// The name of the type of an offload's parameters.
pub(super) fn params_type(offload: &Offload) -> String {
    format!("{}Params", names::pascal(&offload.job))
}

/// The field that carries the parameters, where the offload has any.
pub(super) fn params_field<'p>(offload: &Offload, payload: &'p Payload) -> Option<&'p Field> {
    offload.params.as_ref()?;
    payload.fields.iter().find(|field| is_params(field))
}

/// Whether a field is there only for parameters.
pub(super) fn is_params(field: &Field) -> bool {
    field.from.as_ref().is_some_and(|from| from.value == Binding::Params)
}

impl Declarations {
    /// Every type that the events of a contract need.
    pub(super) fn of(contract: &Contract) -> Self {
        let mut all = Self::default();
        all.names.extend(contract.payloads.keys().cloned());
        for payload in contract.payloads.values() {
            all.payload(payload);
        }
        for offload in contract.offloads.values() {
            all.params(contract, offload);
        }
        all
    }

    /// Whether a route can give anything itself.
    pub(super) fn has_unbound(&self, contract: &Contract, offload: &Offload) -> bool {
        let mut payloads = offload.events().filter_map(|event| contract.payloads.get(&event.payload.value));
        payloads.any(|payload| payload.fields.iter().any(|field| field.from.is_none()))
    }

    /// The fields that a route may give itself: those that no dispatcher fills. A rule makes sure that
    /// each of them can be left out.
    pub(super) fn unbound(&self, contract: &Contract, offload: &Offload, indent: usize) -> String {
        let mut members: Vec<Member> = Vec::new();
        for event in offload.events() {
            let Some(payload) = contract.payloads.get(&event.payload.value) else { continue };
            for field in payload.fields.iter().filter(|field| field.from.is_none()) {
                let owner = field.inherited.clone().unwrap_or_else(|| payload.name.clone());
                let Some(member) = self.members.get(&(owner, field.name.clone())) else { continue };
                if !members.iter().any(|known| known.key == member.key) {
                    members.push(Member { optional: true, ..member.clone() });
                }
            }
        }
        print_members(&members, indent, Place::Elsewhere)
    }

    /// Payload fields under their names, as members of another type: what `from: params` fills is a
    /// map there. A field that some generated event lacks is optional.
    pub(super) fn picked(&self, contract: &Contract, fields: &[(String, bool)], undefined: bool) -> String {
        let events = || contract.generated().flat_map(|offload| offload.events().map(move |event| (offload, event)));
        let mut members: Vec<Member> = Vec::new();
        for (name, optional) in fields {
            let mut found: Option<Member> = None;
            let mut everywhere = true;
            for (offload, event) in events() {
                let payload = contract.payloads.get(&event.payload.value);
                let field = payload.and_then(|payload| payload.fields.iter().find(|field| field.name == *name));
                let field = field.filter(|field| !is_params(field) || offload.params.is_some());
                let (Some(payload), Some(field)) = (payload, field) else {
                    everywhere = false;
                    continue;
                };
                everywhere &= !field.optional;
                if found.is_none() {
                    let owner = field.inherited.clone().unwrap_or_else(|| payload.name.clone());
                    let map = || Member {
                        key: literal::key(&field.name),
                        doc: doc_of(field),
                        optional: true,
                        nullable: false,
                        undefined: false,
                        type_: Simple::Map(Box::new(Simple::Word("string"))),
                    };
                    found = self.members.get(&(owner, name.clone())).cloned().or_else(|| Some(map()));
                }
            }
            if let Some(member) = found {
                let optional = *optional || !everywhere;
                members.push(Member { optional, undefined: optional && undefined, ..member });
            }
        }
        print_members(&members, 2, Place::Elsewhere)
    }

    fn payload(&mut self, payload: &Payload) {
        let parent = payload.extends.as_ref().map(|parent| parent.value.as_str());
        let fields = payload.fields.iter().filter(|field| field.inherited.is_none() && !is_params(field));
        let fields: Vec<&Field> = fields.collect();
        let members = self.members(&payload.name, fields.iter().copied());
        for (field, member) in fields.iter().zip(&members) {
            self.members.insert((payload.name.clone(), field.name.clone()), member.clone());
        }
        let doc = match &payload.description {
            Some(text) => literal::doc(0, &text.value),
            None => literal::doc(0, &format!("The data of an event: {}.", literal::code(&payload.name))),
        };
        let head = format!("export type {} =", payload.name);
        self.text.push(match (parent, members.is_empty()) {
            (Some(parent), true) => format!("{doc}{}", layout::assign(0, &head, parent, ";")),
            (Some(parent), false) => {
                let body = |indent| print_members(&members, indent, Place::Events);
                format!("{doc}{}", layout::opened(&head, &format!("{parent} & {{"), "};", body))
            }
            (None, true) => format!("{doc}{head} Readonly<Record<string, never>>;"),
            (None, false) => {
                let body = |indent| print_members(&members, indent, Place::Events);
                format!("{doc}{}", layout::opened(&head, "{", "};", body))
            }
        });
    }

    fn params(&mut self, contract: &Contract, offload: &Offload) {
        let Some(params) = &offload.params else { return };
        let name = params_type(offload);
        let names: Vec<String> = params.allow.iter().map(|name| literal::string(&name.value)).collect();
        let route = literal::code(&offload.route.value);
        self.text.push(format!(
            "{}{}",
            literal::doc(0, &format!("The name of a query parameter that {route} passes on.")),
            layout::union(0, &format!("export type {name}Name ="), &names)
        ));
        let members = |indent: usize| -> String {
            let member = |name: &str| format!("{}readonly {}?: string;\n", " ".repeat(indent), literal::key(name));
            params.allow.iter().map(|name| member(&name.value)).collect()
        };
        self.text.push(format!(
            "{}{}",
            literal::doc(0, &format!("The query parameters that {route} passes on.")),
            layout::opened(&format!("export type {name} ="), "{", "};", members)
        ));
        let mut seen: Vec<&str> = Vec::new();
        for event in offload.events() {
            let payload = event.payload.value.as_str();
            let Some(payload) = contract.payloads.get(payload).filter(|p| !seen.contains(&p.name.as_str())) else {
                continue;
            };
            seen.push(&payload.name);
            let Some(field) = params_field(offload, payload) else { continue };
            let doc = field.description.as_ref().map(|text| text.value.as_str()).unwrap_or_default();
            let member = |indent: usize| {
                let head = format!("readonly {}?:", literal::key(&field.name));
                format!("{}{}{head} {name};\n", literal::doc(indent, doc), " ".repeat(indent))
            };
            let what =
                format!("{} with the parameters of {}.", literal::code(&payload.name), literal::code(&offload.job));
            let head = format!("export type {} =", data_type(offload, payload));
            self.text.push(format!(
                "{}{}",
                literal::doc(0, &what),
                layout::opened(&head, &format!("{} & {{", payload.name), "};", member)
            ));
        }
    }

    fn members<'f>(&mut self, owner: &str, fields: impl Iterator<Item = &'f Field>) -> Vec<Member> {
        fields.map(|field| self.member(owner, field)).collect()
    }

    fn member(&mut self, owner: &str, field: &Field) -> Member {
        let name = format!("{owner}{}", names::pascal(&field.name));
        let type_ = self.simple(&name, &field.type_.value);
        let type_ = match (field.nullable, type_) {
            (true, simple @ (Simple::List(_) | Simple::Map(_))) => {
                Simple::Name(self.declare(&name, &simple, &format!("The type of {}.", literal::code(&field.name))))
            }
            (_, type_) => type_,
        };
        Member {
            key: literal::key(&field.name),
            doc: doc_of(field),
            optional: field.optional,
            nullable: field.nullable,
            undefined: false,
            type_,
        }
    }

    /// The type as it can stand in a member.
    fn simple(&mut self, name: &str, type_: &Type) -> Simple {
        match type_ {
            Type::Integer | Type::Number => Simple::Word("number"),
            Type::Boolean => Simple::Word("boolean"),
            Type::Json => Simple::Word("unknown"),
            Type::String | Type::Timestamp | Type::Date | Type::Uuid | Type::Url => Simple::Word("string"),
            Type::Payload(payload) => Simple::Name(payload.clone()),
            Type::Enum(values) => {
                let values: Vec<String> = values.iter().map(|value| literal::string(value)).collect();
                let name = self.unused(name);
                self.text.push(format!(
                    "{}{}",
                    literal::doc(0, "One of some texts."),
                    layout::union(0, &format!("export type {name} ="), &values)
                ));
                Simple::Name(name)
            }
            Type::Object(fields) => {
                let name = self.unused(name);
                let members = self.members(&name, fields.iter());
                let doc = literal::doc(0, "An object inside a payload.");
                self.text.push(if members.is_empty() {
                    format!("{doc}export type {name} = Readonly<Record<string, never>>;")
                } else {
                    let body = |indent| print_members(&members, indent, Place::Events);
                    format!("{doc}{}", layout::opened(&format!("export type {name} ="), "{", "};", body))
                });
                Simple::Name(name)
            }
            Type::Array(item) => Simple::List(Box::new(self.inner(name, "Item", item))),
            Type::Map(value) => Simple::Map(Box::new(self.inner(name, "Value", value))),
        }
    }

    /// A type inside a list or a map: a word or a name.
    fn inner(&mut self, name: &str, suffix: &str, type_: &Type) -> Simple {
        let name = format!("{name}{suffix}");
        match self.simple(&name, type_) {
            simple @ (Simple::List(_) | Simple::Map(_)) => {
                Simple::Name(self.declare(&name, &simple, "The elements of a list or a map."))
            }
            simple => simple,
        }
    }

    fn declare(&mut self, name: &str, type_: &Simple, doc: &str) -> String {
        let name = self.unused(name);
        let head = format!("export type {name} =");
        let printed = match type_ {
            Simple::Map(value) => {
                let value = value.print(Place::Events, 0);
                let body = |indent: usize| format!("{}readonly [name: string]: {value};\n", " ".repeat(indent));
                layout::opened(&head, "{", "};", body)
            }
            _ => layout::assign(0, &head, &type_.print(Place::Events, 0), ";"),
        };
        self.text.push(format!("{}{printed}", literal::doc(0, doc)));
        name
    }

    fn unused(&mut self, name: &str) -> String {
        let mut name = name.to_owned();
        while !self.names.insert(name.clone()) {
            name.push('_');
        }
        name
    }
}

fn doc_of(field: &Field) -> (String, Option<String>) {
    let text = field.description.as_ref().map(|text| text.value.clone()).unwrap_or_default();
    (text, field.example.as_ref().map(|example| example.value.to_string()))
}

fn print_members(members: &[Member], indent: usize, place: Place) -> String {
    let documented = members.iter().any(|member| !member.doc.0.is_empty() || member.doc.1.is_some());
    let printed: Vec<String> = members.iter().map(|member| member.print(indent, place) + "\n").collect();
    printed.join(if documented { "\n" } else { "" })
}

impl Member {
    fn print(&self, indent: usize, place: Place) -> String {
        let doc = match &self.doc {
            (text, Some(example)) => literal::doc_with_example(indent, text, example),
            (text, None) => literal::doc(indent, text),
        };
        let head = format!("readonly {}{}:", self.key, if self.optional { "?" } else { "" });
        let mut members = vec![self.type_.print(place, indent)];
        if self.nullable && members[0] != "unknown" {
            members.push("null".to_owned());
        }
        let hugs = members.len() == 1 || matches!(self.type_, Simple::Name(_));
        if self.undefined {
            members.push("undefined".to_owned());
        }
        let line = if hugs && !self.undefined {
            format!("{}{head} {};", " ".repeat(indent), members.join(" | "))
        } else {
            layout::union(indent, &head, &members)
        };
        format!("{doc}{line}")
    }
}

impl Simple {
    fn print(&self, place: Place, indent: usize) -> String {
        match self {
            Self::Word(word) => (*word).to_owned(),
            Self::Name(name) => match place {
                Place::Events => name.clone(),
                Place::Elsewhere => format!("events.{name}"),
            },
            Self::List(item) => format!("readonly {}[]", item.print(place, indent)),
            Self::Map(value) => {
                let (pad, value) = (" ".repeat(indent), value.print(place, indent));
                format!("{{\n{pad}  readonly [name: string]: {value};\n{pad}}}")
            }
        }
    }
}
