//! Classes and their instances.

use std::rc::Rc;

use super::super::program::{Class, Key, Member, MemberKind, Site, Text};
use super::{Closure, Frame, Kind, Machine, Object, Outcome, Slot, Value};

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
            if let MemberKind::Block(statements, hoisted) = &member.kind {
                let this = this.inner();
                self.hoist(hoisted, &this);
                self.statements(statements, &this)?;
                continue;
            }
            let Some(name) = self.key(&member.key, &inner)? else { continue };
            let (made, is_getter) = match &member.kind {
                MemberKind::Field(Some(init)) => (self.eval(init, &this)?, false),
                MemberKind::Field(None) | MemberKind::Block(..) => (Value::Undefined, false),
                MemberKind::Method(function) | MemberKind::Getter(function) => {
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
            object.set(Slot { name, value: made, is_getter, at: object.at });
        }
        Ok(value)
    }

    /// `new class(...)`.
    pub(super) fn instantiate(&mut self, class: &Rc<Object<'p>>, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let kind = match self.error_name(class) {
            Some(name) => Kind::Error(name),
            None => Kind::Instance(Value::Object(class.clone())),
        };
        let object = Object::new(kind, at);
        // A field may be a function that knows its instance.
        self.may_hold_itself(&object);
        if is_of_unknown(class) {
            object.open();
        }
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
            if let (Some(object), Some(first)) = (this.as_object(), arguments.into_iter().next())
                && matches!(object.kind, Kind::Error(_))
            {
                object.set(Slot { name: Text::from("message"), value: first, is_getter: false, at });
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
        for member in program.members.iter().filter(|member| !member.is_static) {
            if let MemberKind::Field(init) = &member.kind
                && let Some(name) = self.key(&member.key, &frame)?
                && let Some(object) = this.as_object()
            {
                let value = match init {
                    Some(init) => self.eval(init, &frame)?,
                    None => Value::Undefined,
                };
                object.set(Slot { name, value, is_getter: false, at });
            }
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

    /// `super(...)`.
    pub(super) fn construct_parent(&mut self, frame: &Frame<'p>, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        if let Some(Kind::Class { parent: Some(parent), .. }) =
            frame.home.as_ref().and_then(Value::as_object).map(|o| &o.kind)
            && let Some(parent) = parent.as_object()
        {
            self.initialise(&parent.clone(), &frame.this, arguments, at)?;
        }
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
            None => Ok(Value::Undefined),
        }
    }

    /// A method or a getter of the instances of a class, and whether it is a getter.
    pub(super) fn inherited(&mut self, class: &Value<'p>, name: &str) -> Option<(Value<'p>, bool)> {
        let object = class.as_object()?.clone();
        let Kind::Class { class: program, module, scope, parent } = &object.kind else { return None };
        for member in program.members.iter().filter(|member| !member.is_static) {
            let (MemberKind::Method(function) | MemberKind::Getter(function)) = &member.kind else { continue };
            if matches!(&member.key, Key::Name(own) if &**own == name) {
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

/// Whether a class extends one that is not known.
fn is_of_unknown(class: &Object<'_>) -> bool {
    match &class.kind {
        Kind::Class { parent: Some(Value::Opaque(_)), .. } => true,
        Kind::Class { parent: Some(Value::Object(parent)), .. } => is_of_unknown(parent),
        _ => false,
    }
}
