//! What a call is given, as something that two calls can have in common.

use std::rc::Rc;

use super::super::shared::is_bare;
use super::super::{Beyond, Closure, Kind, Machine, Object, Opaque, Origin, Slot, Value};
use crate::conform::program::{ModuleId, Site};

/// Parts of a value that are looked at; a call that is given more is run where it stands.
const MOST_PARTS: u32 = 160;

/// Most values inside one another in what a call gives.
const DEEPEST: usize = 64;

/// What a call is given: every object and every unknown value in it, in the order in which they are met.
#[derive(Clone, Default)]
pub(super) struct Given<'p> {
    objects: Vec<Rc<Object<'p>>>,
    opaques: Vec<Rc<Opaque<'p>>>,
    /// What was decided of the unknown ones.
    pub(super) truths: Vec<(u64, bool)>,
}

/// Writes what is given.
struct Writer<'m, 'p> {
    machine: &'m Machine<'p>,
    given: Given<'p>,
    bytes: Vec<u8>,
    left: u32,
}

impl<'p> Given<'p> {
    /// What a call is given, and bytes that are the same for calls that are given the same; `None` when
    /// something in it may do more than data.
    pub(super) fn of(machine: &Machine<'p>, this: &Value<'p>, arguments: &[Value<'p>]) -> Option<(Self, Vec<u8>)> {
        let mut writer = Writer { machine, given: Self::default(), bytes: Vec::with_capacity(64), left: MOST_PARTS };
        writer.value(this)?;
        for argument in arguments {
            writer.value(argument)?;
        }
        Some((writer.given, writer.bytes))
    }

    /// Whether nothing in it is unknown.
    pub(super) fn is_known(&self) -> bool {
        self.opaques.is_empty() && self.objects.iter().all(|object| !object.is_open())
    }
}

impl<'p> Writer<'_, 'p> {
    fn value(&mut self, value: &Value<'p>) -> Option<()> {
        self.left = self.left.checked_sub(1)?;
        match value {
            Value::Undefined => self.tag(b'u'),
            Value::Null => self.tag(b'n'),
            Value::Bool(value) => self.tag(if *value { b't' } else { b'f' }),
            Value::Number(value) => self.number(b'0', value.to_bits()),
            Value::Text(text) => self.text(b'"', text),
            Value::Object(object) => return self.object(object),
            Value::Opaque(opaque) => return self.opaque(opaque),
        }
        Some(())
    }

    fn tag(&mut self, tag: u8) {
        self.bytes.push(tag);
    }

    fn number(&mut self, tag: u8, number: u64) {
        self.tag(tag);
        self.bytes.extend(number.to_le_bytes());
    }

    fn size(&mut self, tag: u8, size: usize) {
        self.number(tag, size as u64);
    }

    fn text(&mut self, tag: u8, text: &str) {
        self.size(tag, text.len());
        self.bytes.extend(text.as_bytes());
    }

    fn place(&mut self, tag: u8, module: ModuleId, start: u32) {
        self.number(tag, u64::from(module) << 32 | u64::from(start));
    }

    fn object(&mut self, object: &Rc<Object<'p>>) -> Option<()> {
        if object.kept_for.get().is_some() {
            // What runs have in common is one and the same in all of them.
            self.number(b'K', object.born);
            return Some(());
        }
        if let Some(index) = self.given.objects.iter().position(|known| Rc::ptr_eq(known, object)) {
            self.size(b'#', index);
            return Some(());
        }
        self.given.objects.push(object.clone());
        match &object.kind {
            Kind::Plain => self.tag(b'P'),
            Kind::Env => self.tag(b'E'),
            Kind::Native(path) => self.text(b'N', path),
            Kind::Error(class) => self.text(b'X', class),
            Kind::Date(instant) => self.number(b'D', instant.get().to_bits()),
            Kind::List(items) => {
                self.size(b'L', items.borrow().len());
                items.borrow().iter().try_for_each(|item| self.value(item))?;
            }
            Kind::Set(items) => {
                self.size(b'S', items.borrow().len());
                items.borrow().iter().try_for_each(|item| self.value(item))?;
            }
            Kind::Map(entries) => {
                self.size(b'M', entries.borrow().len());
                for (key, value) in entries.borrow().iter() {
                    self.value(key)?;
                    self.value(value)?;
                }
            }
            Kind::Instance(class) => {
                let class = class.as_object().filter(|class| is_outermost_class(class))?;
                self.place(b'I', class.at.module, class.at.start);
            }
            Kind::Function(closure) if is_outermost(closure) && self.machine.app().is_domain(closure.module) => {
                self.place(b'F', closure.module, closure.function.range.start);
            }
            Kind::Class { .. } if is_outermost_class(object) => {
                self.place(b'C', object.at.module, object.at.start);
            }
            Kind::Namespace(module) if self.machine.app().is_domain(*module) => {
                self.number(b'A', u64::from(*module));
            }
            Kind::Promise(Ok(value)) => {
                self.tag(b'Y');
                self.value(value)?;
            }
            _ => return None,
        }
        self.tag(match object.beyond.get() {
            Beyond::Nothing => b'.',
            Beyond::Unknown => b'?',
            Beyond::Written => b'w',
            Beyond::Environment => b'!',
            Beyond::Variables => b'v',
            Beyond::OtherVariables => b'V',
        });
        let slots = object.properties.borrow();
        self.size(b'{', slots.len());
        for slot in slots.iter() {
            if slot.is_getter {
                return None;
            }
            self.text(b'=', &slot.name);
            self.value(&slot.value)?;
        }
        Some(())
    }

    fn opaque(&mut self, opaque: &Rc<Opaque<'p>>) -> Option<()> {
        if let Some(index) = self.given.opaques.iter().position(|known| Rc::ptr_eq(known, opaque)) {
            self.size(b'o', index);
            return Some(());
        }
        self.given.opaques.push(opaque.clone());
        match &opaque.origin {
            // What is read of an event is told where it is read.
            Origin::Event | Origin::EventData | Origin::Wrapped(..) => return None,
            Origin::EventField(name) => self.text(b'd', name),
            Origin::Template(parts) => {
                self.size(b'T', parts.len());
                parts.iter().try_for_each(|part| self.value(part))?;
            }
            Origin::OneOf(values) => {
                self.size(b'O', values.len());
                values.iter().try_for_each(|value| self.value(value))?;
            }
            Origin::Number(parts) => {
                self.size(b'0', parts.len());
                parts.iter().try_for_each(|part| self.value(part))?;
            }
            Origin::Json(value) => {
                self.tag(b'J');
                self.value(value)?;
            }
            Origin::Not(of) => {
                self.tag(b'!');
                self.opaque(of)?;
            }
            Origin::TypeOf(of) => {
                self.tag(b'y');
                self.opaque(of)?;
            }
            Origin::Package(package, name) => {
                self.text(b'p', package);
                self.text(b'/', name);
            }
            Origin::Env(name) => self.text(b'e', name),
            Origin::StepResult => self.tag(b's'),
            Origin::Property(..) | Origin::Call(_) | Origin::Argument(_) => self.text(b'v', &opaque.describe()),
            Origin::Made(_) => self.text(b'm', &opaque.describe()),
            Origin::Other(what) => self.text(b'w', what),
        }
        if let Some(name) = opaque.named() {
            self.text(b'n', &name);
        }
        self.tag(opaque.taint.bits());
        if let Some(truth) = self.machine.walk.truths.get(&opaque.id).copied() {
            self.tag(if truth { b'+' } else { b'-' });
            self.given.truths.push((opaque.id, truth));
        }
        // The text of a variable is filled where the variable is set.
        if self.machine.is_filled(opaque) {
            self.tag(b'^');
        }
        // What was decided of what is read of it was decided of it.
        for (name, value) in opaque.known.borrow().iter() {
            if let Value::Opaque(inner) = value
                && self.machine.walk.truths.contains_key(&inner.id)
            {
                self.text(b',', name);
                self.left = self.left.checked_sub(1)?;
                self.opaque(inner)?;
            }
        }
        Some(())
    }
}

/// Whether a function has no names around it but those of its module.
fn is_outermost(closure: &Closure<'_>) -> bool {
    is_bare(&closure.scope) && matches!(closure.this, Value::Undefined)
}

fn is_outermost_class(class: &Object<'_>) -> bool {
    match &class.kind {
        Kind::Class { scope, parent, .. } => {
            is_bare(scope)
                && match parent.as_ref().map(|parent| parent.as_object()) {
                    None => true,
                    Some(Some(parent)) => matches!(parent.kind, Kind::Native(_)) || is_outermost_class(parent),
                    Some(None) => false,
                }
        }
        _ => false,
    }
}

impl<'p> Machine<'p> {
    /// A value that a call gave, for another call of the same: what was given is what is given now, and the
    /// rest is new.
    pub(super) fn renewed(&mut self, value: &Value<'p>, old: &Given<'p>, new: &Given<'p>, at: Site) -> Value<'p> {
        let mut renewal = Renewal { old, new, made: Given::default(), from: Given::default(), making: Vec::new() };
        renewal.value(self, value, at).unwrap_or_else(|| self.unknown("a value", at))
    }

    /// Whether a value is data, so that it can be given anew.
    pub(super) fn is_data(&mut self, value: &Value<'p>, given: &Given<'p>) -> bool {
        let mut renewal =
            Renewal { old: given, new: given, made: Given::default(), from: Given::default(), making: Vec::new() };
        renewal.value(self, value, Site::default()).is_some()
    }
}

/// Makes a value anew; one thing in it becomes one thing.
struct Renewal<'g, 'p> {
    old: &'g Given<'p>,
    new: &'g Given<'p>,
    from: Given<'p>,
    made: Given<'p>,
    /// Objects whose parts are being made, by when they were made.
    making: Vec<u64>,
}

impl<'p> Renewal<'_, 'p> {
    fn value(&mut self, machine: &mut Machine<'p>, value: &Value<'p>, at: Site) -> Option<Value<'p>> {
        match value {
            Value::Object(object) => self.object(machine, object, at).map(Value::Object),
            Value::Opaque(opaque) => self.opaque(machine, opaque, at),
            known => Some(known.clone()),
        }
    }

    fn values(&mut self, machine: &mut Machine<'p>, values: &[Value<'p>], at: Site) -> Option<Vec<Value<'p>>> {
        values.iter().map(|value| self.value(machine, value, at)).collect()
    }

    fn object(&mut self, machine: &mut Machine<'p>, object: &Rc<Object<'p>>, at: Site) -> Option<Rc<Object<'p>>> {
        if object.kept_for.get().is_some() {
            return Some(object.clone());
        }
        let place = |given: &Given<'p>| given.objects.iter().position(|known| Rc::ptr_eq(known, object));
        if let Some(index) = place(self.old) {
            return self.new.objects.get(index).cloned();
        }
        if let Some(index) = place(&self.from) {
            return self.made.objects.get(index).cloned();
        }
        match &object.kind {
            Kind::Function(closure) if is_outermost(closure) => return Some(object.clone()),
            Kind::Class { .. } if is_outermost_class(object) => return Some(object.clone()),
            _ => {}
        }
        // A list that holds itself has no end; nor would anybody look into what is as deep as that.
        if self.making.len() > DEEPEST || self.making.contains(&object.born) {
            return None;
        }
        self.making.push(object.born);
        let kind = match &object.kind {
            Kind::Plain => Kind::Plain,
            Kind::Env => Kind::Env,
            Kind::Native(path) => Kind::Native(path.clone()),
            Kind::Error(class) => Kind::Error(class.clone()),
            Kind::Date(instant) => Kind::Date(instant.clone()),
            Kind::Bytes(bytes, holder) => Kind::Bytes(bytes.clone(), *holder),
            Kind::Url(text, false) => Kind::Url(text.clone(), false),
            Kind::Regex(regex, text) => Kind::Regex(regex.clone(), text.clone()),
            Kind::Namespace(module) => Kind::Namespace(*module),
            Kind::List(items) => {
                let items = items.borrow().clone();
                Kind::List(self.values(machine, &items, at)?.into())
            }
            Kind::Set(items) => {
                let items = items.borrow().clone();
                Kind::Set(self.values(machine, &items, at)?.into())
            }
            Kind::Map(entries) => {
                let (keys, values): (Vec<_>, Vec<_>) = entries.borrow().iter().cloned().unzip();
                let (keys, values) = (self.values(machine, &keys, at)?, self.values(machine, &values, at)?);
                Kind::Map(keys.into_iter().zip(values).collect::<Vec<_>>().into())
            }
            Kind::Instance(class) if class.as_object().is_some_and(|class| is_outermost_class(class)) => {
                Kind::Instance(class.clone())
            }
            Kind::Promise(Ok(value)) => Kind::Promise(Ok(self.value(machine, value, at)?)),
            Kind::Promise(Err(value)) => Kind::Promise(Err(self.value(machine, value, at)?)),
            _ => return None,
        };
        let new = Object::new(kind, object.at);
        new.beyond.set(object.beyond.get());
        self.from.objects.push(object.clone());
        self.made.objects.push(new.clone());
        let slots = object.properties.borrow().clone();
        for slot in slots {
            if slot.is_getter {
                return None;
            }
            let value = self.value(machine, &slot.value, at)?;
            new.set(Slot { value, ..slot });
        }
        self.making.pop();
        Some(new)
    }

    fn opaque(&mut self, machine: &mut Machine<'p>, opaque: &Rc<Opaque<'p>>, at: Site) -> Option<Value<'p>> {
        let place = |given: &Given<'p>| given.opaques.iter().position(|known| Rc::ptr_eq(known, opaque));
        if let Some(index) = place(self.old) {
            return self.new.opaques.get(index).cloned().map(Value::Opaque);
        }
        if let Some(index) = place(&self.from) {
            return self.made.opaques.get(index).cloned().map(Value::Opaque);
        }
        let origin = match &opaque.origin {
            Origin::Wrapped(..) => return None,
            Origin::Template(parts) => Origin::Template(Rc::new(self.values(machine, parts, at)?)),
            Origin::OneOf(values) => Origin::OneOf(Rc::new(self.values(machine, values, at)?)),
            Origin::Number(parts) => Origin::Number(Rc::new(self.values(machine, parts, at)?)),
            Origin::Json(value) => Origin::Json(Rc::new(self.value(machine, value, at)?)),
            Origin::Not(of) => match self.opaque(machine, of, at)? {
                Value::Opaque(of) => Origin::Not(of),
                _ => return None,
            },
            Origin::TypeOf(of) => match self.opaque(machine, of, at)? {
                Value::Opaque(of) => Origin::TypeOf(of),
                _ => return None,
            },
            other => other.clone(),
        };
        let new = machine.opaque(origin, opaque.taint, opaque.at);
        if let Value::Opaque(new) = &new {
            self.from.opaques.push(opaque.clone());
            self.made.opaques.push(new.clone());
        }
        Some(new)
    }
}
