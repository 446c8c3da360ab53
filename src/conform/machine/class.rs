//! Classes and their instances.

use std::cell::Cell;
use std::rc::Rc;

use super::super::program::{Class, Key, Member, MemberKind, Pattern, Site, Text};
use super::object::{CLASS, GUARDED, setter};
use super::{Closure, Frame, Kind, Machine, Object, Outcome, Scope, Slot, Value};

/// Whether a member is one of a class that extends another one.
pub(super) fn extends(member: &Closure<'_>) -> bool {
    let home = member.home.as_ref().and_then(Value::as_object);
    matches!(home.map(|home| &home.kind), Some(Kind::Class { parent: Some(_), .. }))
}

/// Whether a class extends, in the end, one that is not of the application.
fn extends_other(class: &Object<'_>) -> bool {
    match &class.kind {
        Kind::Class { parent: Some(Value::Object(parent)), .. } => extends_other(parent),
        Kind::Class { parent: Some(_), .. } => true,
        Kind::Class { parent: None, .. } => false,
        _ => true,
    }
}

/// Whether a class extends `Date` and says nowhere otherwise what its instances are as texts or numbers.
fn is_of_dates(class: &Object<'_>) -> bool {
    match &class.kind {
        Kind::Class { class: program, parent: Some(Value::Object(parent)), .. } => {
            let is_plain = |member: &Member| match &member.key {
                Key::Name(name) => !(name.starts_with("to") || &**name == "valueOf"),
                Key::Computed(_) => false,
            };
            program.members.iter().all(is_plain) && is_of_dates(parent)
        }
        Kind::Native(path) => &**path == "Date",
        _ => false,
    }
}

impl<'p> Machine<'p> {
    pub(super) fn class(&mut self, class: &'p Class, frame: &Frame<'p>) -> Outcome<'p> {
        let parent = match &class.parent {
            Some(parent) => Some(self.eval(parent, frame)?),
            None => None,
        };
        let inner = frame.inner();
        self.litter.captured(&inner.scope);
        let kind = Kind::Class { class, module: frame.module, scope: inner.scope.clone(), parent };
        let object = Object::new(kind, frame.site(class.range));
        self.may_hold_itself(&object);
        let value = Value::Object(object.clone());
        if let Some(symbol) = class.own {
            inner.declare(symbol, value.clone());
            self.is_being_made(frame.module, symbol, &value);
        }
        let is_value = |member: &&Member| matches!(member.kind, MemberKind::Field(_) | MemberKind::Block(..));
        let statics = || class.members.iter().filter(|member| member.is_static);
        // Methods are there before the first field is made.
        for member in statics().filter(|member| !is_value(member)).chain(statics().filter(is_value)) {
            let this = Frame { this: value.clone(), home: Some(value.clone()), ..inner.clone() };
            let Some(name) = self.key(&member.key, &inner)? else { continue };
            let (made, is_getter) = match &member.kind {
                MemberKind::Field(Some(init)) => (self.eval(init, &this)?, false),
                MemberKind::Field(None) => (Value::Undefined, false),
                MemberKind::Method(function)
                | MemberKind::Getter(function)
                | MemberKind::Setter(function)
                | MemberKind::Block(function) => {
                    let closure = Closure {
                        function,
                        module: frame.module,
                        scope: inner.scope.clone(),
                        this: Value::Undefined,
                        home: Some(value.clone()),
                    };
                    let is_getter = matches!(member.kind, MemberKind::Getter(_));
                    (self.object(Kind::Function(closure), frame.site(function.range)), is_getter)
                }
            };
            match &member.kind {
                MemberKind::Block(function) => {
                    let closure = Closure {
                        function,
                        module: frame.module,
                        scope: inner.scope.clone(),
                        this: value.clone(),
                        home: Some(value.clone()),
                    };
                    self.body(&closure, &Frame { scope: Scope::of_call(&closure), ..this }, &mut Vec::new())?;
                }
                MemberKind::Setter(_) => {
                    object.mark(GUARDED, Value::Undefined);
                    object.mark(&setter(&name), made);
                }
                _ => object.set(Slot { name, value: made, is_getter, at: object.at }),
            }
        }
        Ok(value)
    }

    /// `new class(...)`.
    pub(super) fn instantiate(&mut self, class: &Rc<Object<'p>>, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let kind = match self.error_name(class) {
            Some(name) => Kind::Error(name),
            None if is_of_dates(class) => Kind::Date(Cell::new(f64::NAN)),
            None => Kind::Instance(Value::Object(class.clone())),
        };
        let object = Object::new(kind, at);
        if matches!(object.kind, Kind::Error(_) | Kind::Date(_)) {
            object.mark(CLASS, Value::Object(class.clone()));
        } else if extends_other(class) {
            // What it inherits from a class that is not of the application is not known.
            object.open();
        }
        // A field may be a function that knows its instance.
        self.may_hold_itself(&object);
        let this = Value::Object(object);
        self.initialise(class, &this, arguments, at)?;
        Ok(this)
    }

    /// The name of a class that extends `Error`.
    fn error_name(&self, class: &Rc<Object<'p>>) -> Option<Text> {
        let Kind::Class { class: program, parent, .. } = &class.kind else { return None };
        let parent = parent.as_ref()?.as_object()?;
        let is_error = match &parent.kind {
            Kind::Native(path) => path.ends_with("Error"),
            Kind::Class { .. } => self.error_name(parent).is_some(),
            _ => false,
        };
        let parent_name = match &parent.kind {
            Kind::Native(path) if &**path == "inngest.NonRetriableError" => Some(Text::from("NonRetriableError")),
            _ => None,
        };
        is_error.then(|| parent_name.or_else(|| program.name.clone()).unwrap_or_else(|| Text::from("Error")))
    }

    fn initialise(
        &mut self,
        class: &Rc<Object<'p>>,
        this: &Value<'p>,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p, ()> {
        let Kind::Class { class: program, module, scope, parent } = &class.kind else {
            // A class of a package: its message is the first argument, as that of an error.
            if let (Some(object), Some(first)) = (this.as_object(), arguments.first().cloned())
                && matches!(object.kind, Kind::Error(_))
                && !matches!(first, Value::Undefined)
            {
                let first = self.to_text(&first).map_or(first, Value::Text);
                object.set(Slot { name: Text::from("message"), value: first, is_getter: false, at });
                self.take_cause(object, arguments.get(1), at)?;
            }
            if let Some(object) = this.as_object()
                && let Kind::Date(instant) = &object.kind
            {
                let made = self.new_date(&arguments, at);
                match made.as_object().map(|made| &made.kind) {
                    Some(Kind::Date(made)) => instant.set(made.get()),
                    _ => object.open(),
                }
            }
            return Ok(());
        };
        let home = Value::Object(class.clone());
        let frame = Frame { module: *module, scope: scope.clone(), this: this.clone(), home: Some(home.clone()) };
        if program.constructor.is_none()
            && let Some(parent) = parent.as_ref().and_then(Value::as_object)
        {
            self.initialise(&parent.clone(), this, arguments.clone(), at)?;
        }
        if let Some(constructor) = &program.constructor {
            // Those of a class that extends another one come after `super()`.
            if parent.is_none() {
                // Parameters that are fields come first.
                for (name, symbol) in &constructor.fields {
                    let place =
                        constructor.parameters.iter().position(|at| matches!(at, Pattern::Local(of) if of == symbol));
                    let value = place.and_then(|place| arguments.get(place).cloned()).unwrap_or(Value::Undefined);
                    if let Some(object) = this.as_object() {
                        object.set(Slot { name: name.clone(), value, is_getter: false, at });
                    }
                }
                self.fields(program, &frame, at)?;
            }
        } else {
            self.fields(program, &frame, at)?;
        }
        if let Some(constructor) = &program.constructor {
            let closure = Closure {
                function: constructor,
                module: *module,
                scope: scope.clone(),
                this: this.clone(),
                home: Some(home),
            };
            self.enter(&closure, this.clone(), arguments, at)?;
        }
        Ok(())
    }

    /// The fields of a class, given to its instance.
    fn fields(&mut self, class: &'p Class, frame: &Frame<'p>, at: Site) -> Outcome<'p, ()> {
        for member in class.members.iter().filter(|member| !member.is_static) {
            if let MemberKind::Field(init) = &member.kind
                && let Some(name) = self.key(&member.key, frame)?
                && let Some(object) = frame.this.as_object()
            {
                let value = match init {
                    Some(init) => self.eval(init, frame)?,
                    None => Value::Undefined,
                };
                object.set(Slot { name, value, is_getter: false, at });
            }
        }
        Ok(())
    }

    /// `super(...)`.
    pub(super) fn construct_parent(&mut self, frame: &Frame<'p>, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let Some(Kind::Class { class, scope, parent: Some(parent), .. }) =
            frame.home.as_ref().and_then(Value::as_object).map(|home| &home.kind)
        else {
            return Ok(Value::Undefined);
        };
        if let Some(parent) = parent.as_object() {
            self.initialise(&parent.clone(), &frame.this, arguments, at)?;
        }
        for (name, symbol) in class.constructor.iter().flat_map(|constructor| &constructor.fields) {
            if let (Some(object), Some(value)) = (frame.this.as_object(), frame.get(*symbol)) {
                object.set(Slot { name: name.clone(), value, is_getter: false, at });
            }
        }
        self.fields(class, &Frame { scope: scope.clone(), ..frame.clone() }, at)?;
        Ok(Value::Undefined)
    }

    /// `super.name`.
    pub(super) fn parent_member(&mut self, frame: &Frame<'p>, name: &str, at: Site) -> Outcome<'p> {
        let home = frame.home.as_ref().and_then(Value::as_object);
        let Some(Kind::Class { parent: Some(parent), .. }) = home.map(|object| &object.kind) else {
            return Ok(Value::Undefined);
        };
        let is_static = matches!(frame.this.as_object().map(|this| &this.kind), Some(Kind::Class { .. }));
        match self.inherited(parent, name).filter(|_| !is_static) {
            Some((getter, true)) => self.call(&getter, frame.this.clone(), Vec::new(), at),
            Some((method, false)) => Ok(method),
            // A static member, or something of a class that is not known.
            None if is_static || matches!(parent, Value::Opaque(_)) => self.member(&parent.clone(), name, at),
            None if let Some(Kind::Date(_)) = frame.this.as_object().map(|this| &this.kind) => {
                Ok(self.object(Kind::Method(frame.this.clone(), Text::from(name)), at))
            }
            None => Ok(Value::Undefined),
        }
    }

    /// The setter of a property of the instances of a class.
    pub(super) fn setter_of(&mut self, class: &Value<'p>, name: &str) -> Option<Value<'p>> {
        let object = class.as_object()?.clone();
        let Kind::Class { class: program, module, scope, parent } = &object.kind else { return None };
        for member in program.members.iter().filter(|member| !member.is_static) {
            let MemberKind::Setter(function) = &member.kind else { continue };
            if matches!(&member.key, Key::Name(own) if &**own == name) {
                let home = Some(class.clone());
                let (module, scope) = (*module, scope.clone());
                let closure = Closure { function, module, scope, this: Value::Undefined, home };
                return Some(self.object(Kind::Function(closure), function.range.of(module)));
            }
        }
        self.setter_of(parent.as_ref()?, name)
    }

    /// A method or a getter of the instances of a class, and whether it is a getter.
    pub(super) fn inherited(&mut self, class: &Value<'p>, name: &str) -> Option<(Value<'p>, bool)> {
        let object = class.as_object()?.clone();
        let Kind::Class { class: program, module, scope, parent } = &object.kind else { return None };
        for member in program.members.iter().filter(|member| !member.is_static) {
            let (MemberKind::Method(function) | MemberKind::Getter(function)) = &member.kind else { continue };
            let is_it = match &member.key {
                Key::Name(own) => &**own == name,
                // `[Symbol.iterator]() {}`
                Key::Computed(key) if name.starts_with("\0@") => {
                    let frame = Frame { scope: scope.clone(), ..Frame::of_module(*module) };
                    self.eval(key, &frame).ok().and_then(|key| self.property_name(&key)).as_deref() == Some(name)
                }
                Key::Computed(_) => false,
            };
            if is_it {
                let closure = Closure {
                    function,
                    module: *module,
                    scope: scope.clone(),
                    this: Value::Undefined,
                    home: Some(class.clone()),
                };
                let made = self.object(Kind::Function(closure), function.range.of(*module));
                return Some((made, matches!(member.kind, MemberKind::Getter(_))));
            }
        }
        self.inherited(parent.as_ref()?, name)
    }
}
