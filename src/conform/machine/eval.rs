//! Expressions.

use super::super::program::{Element, Expr, ExprKind, Key, Logical, Property, Text, Unary};
use super::environment::{is_other_name, of_variables, put_others};
use super::gathered::is_text_at_worst;
use super::instance::class_of;
use super::object::{FROZEN, GUARDED, SEALED, index_of, setter};
use super::primitive::Hint;
use super::{Abrupt, Closure, Frame, Kind, Machine, Object, Outcome, Slot, Value};

impl<'p> Machine<'p> {
    /// The value of an expression.
    pub(super) fn eval(&mut self, expr: &'p Expr, frame: &Frame<'p>) -> Outcome<'p> {
        self.burn()?;
        let at = frame.site(expr.range);
        Ok(match &expr.kind {
            ExprKind::Undefined => Value::Undefined,
            ExprKind::Null => Value::Null,
            ExprKind::Bool(value) => Value::Bool(*value),
            ExprKind::Number(value) => Value::Number(*value),
            ExprKind::Text(text) => Value::Text(text.clone()),
            ExprKind::Regex(pattern, flags) => self.regex(pattern, flags, at),
            ExprKind::Template(parts) => return self.template(&parts.0, &parts.1, frame, expr),
            ExprKind::Tagged(tagged) => return self.tagged(tagged, frame, at),
            ExprKind::Local(symbol) => frame.get(*symbol).unwrap_or(Value::Undefined),
            ExprKind::Top(symbol) => return self.top(frame.module, *symbol),
            ExprKind::Global(name) => self.global(name, at),
            ExprKind::This => frame.this.clone(),
            ExprKind::NewTarget => frame.this.as_object().and_then(|this| class_of(this)).unwrap_or(Value::Undefined),
            ExprKind::Super => Value::Undefined,
            ExprKind::Array(elements) => {
                let items = self.elements(elements, frame)?;
                self.list(items, at)
            }
            ExprKind::Object(properties) => return self.literal(properties, frame, expr),
            ExprKind::Function(function) => {
                self.litter.captured(&frame.scope);
                let closure = Closure {
                    function,
                    module: frame.module,
                    scope: frame.scope.clone(),
                    this: frame.this.clone(),
                    home: frame.home.clone(),
                };
                self.object(Kind::Function(closure), at)
            }
            ExprKind::Class(class) => return self.class(class, frame),
            ExprKind::Enum(members) => return self.enumeration(members, frame, at),
            ExprKind::Namespace(namespace) => return self.namespace(namespace, frame, at),
            ExprKind::Unary(operator, operand) => return self.eval_unary(*operator, operand, frame, expr),
            ExprKind::Update(target, step, old) => return self.update(target, *step, *old, frame, at),
            ExprKind::Binary(operator, left, right) => {
                let left = self.eval(left, frame)?;
                let right = self.eval(right, frame)?;
                return self.operate(*operator, left, right, at);
            }
            ExprKind::Logical(operator, left, right) => {
                let value = self.eval(left, frame)?;
                if is_text_at_worst(*operator, &value, right) || self.settles(*operator, &value, frame, left) {
                    value
                } else {
                    self.eval(right, frame)?
                }
            }
            ExprKind::Assign(target, value) => {
                let value = self.eval(value, frame)?;
                self.assign(target, value.clone(), frame)?;
                value
            }
            ExprKind::AssignBinary(target, operator, value) => {
                let old = self.read(target, frame)?;
                let value = self.eval(value, frame)?;
                let new = self.operate(*operator, old, value, at)?;
                self.assign(target, new.clone(), frame)?;
                new
            }
            ExprKind::AssignLogical(target, operator, value) => {
                let old = self.read(target, frame)?;
                if self.settles(*operator, &old, frame, expr) {
                    return Ok(old);
                }
                let new = self.eval(value, frame)?;
                self.assign(target, new.clone(), frame)?;
                new
            }
            ExprKind::If(test, then, otherwise) => {
                let value = self.eval(test, frame)?;
                let chosen = if self.weighed(&value, frame.site(test.range)) { then } else { otherwise };
                self.eval(chosen, frame)?
            }
            ExprKind::Chain(inner) => self.link(inner, frame)?.unwrap_or(Value::Undefined),
            ExprKind::Call(..) => return self.constant(expr, frame),
            ExprKind::Member(..) | ExprKind::Index(..) => self.link(expr, frame)?.unwrap_or(Value::Undefined),
            ExprKind::New(callee, arguments) => {
                let callee = self.eval(callee, frame)?;
                let arguments = self.elements(arguments, frame)?;
                return self.construct(&callee, arguments, at);
            }
            ExprKind::Sequence(exprs) => {
                let mut last = Value::Undefined;
                for expr in exprs {
                    last = self.eval(expr, frame)?;
                }
                last
            }
            ExprKind::Await(inner) => {
                let value = self.eval(inner, frame)?;
                return self.settle(value, at);
            }
            ExprKind::Yield(inner, all) => {
                let value = match inner {
                    Some(inner) => self.eval(inner, frame)?,
                    None => Value::Undefined,
                };
                self.give(value, *all, at)?;
                self.unread("what a generator is given", &[], at)
            }
            ExprKind::Import(source) => {
                let source = self.eval(source, frame)?;
                match source.as_text() {
                    Some(source) => {
                        let module = self.import(frame.module, &source.clone(), at);
                        match module {
                            Value::Opaque(_) => module,
                            known => self.object(Kind::Promise(Ok(known)), at),
                        }
                    }
                    None => self.unknown("a module", at),
                }
            }
            ExprKind::Unknown(what) => self.unread(what, &[], at),
        })
    }

    /// What awaiting a value gives.
    pub(super) fn settle(&mut self, value: Value<'p>, at: super::Site) -> Outcome<'p> {
        let Some(object) = value.as_object() else { return Ok(value) };
        match &object.kind {
            Kind::Promise(Ok(value)) => Ok(value.clone()),
            Kind::Promise(Err(error)) => Err(Abrupt::Throw(error.clone())),
            Kind::Pending(result) => {
                self.wait(&|| result.borrow().is_some())?;
                let settled = result.borrow().clone();
                match settled {
                    Some(Ok(value)) => Ok(value),
                    Some(Err(error)) => Err(Abrupt::Throw(error)),
                    None => Ok(self.unknown("a promise", at)),
                }
            }
            _ => Ok(value),
        }
    }

    /// A member, an element or a call; `None` when `?.` found nothing on the way.
    pub(super) fn link(&mut self, expr: &'p Expr, frame: &Frame<'p>) -> Outcome<'p, Option<Value<'p>>> {
        let at = frame.site(expr.range);
        match &expr.kind {
            ExprKind::Member(object, name, _) if matches!(object.kind, ExprKind::Super) => {
                self.parent_member(frame, name, at).map(Some)
            }
            ExprKind::Member(object, name, optional) => {
                let Some(object) = self.target(object, *optional, frame)? else { return Ok(None) };
                self.member(&object, name, at).map(Some)
            }
            ExprKind::Index(object, key, optional) => {
                let Some(object) = self.target(object, *optional, frame)? else { return Ok(None) };
                let key = self.eval(key, frame)?;
                self.index(&object, &key, at).map(Some)
            }
            ExprKind::Call(callee, arguments, optional) => {
                self.burn()?;
                let (function, this) = match &callee.kind {
                    ExprKind::Super => {
                        let arguments = self.elements(arguments, frame)?;
                        return self.construct_parent(frame, arguments, at).map(Some);
                    }
                    ExprKind::Member(object, name, inner) => {
                        if matches!(object.kind, ExprKind::Super) {
                            let method = self.parent_member(frame, name, at)?;
                            (method, frame.this.clone())
                        } else {
                            let Some(this) = self.target(object, *inner, frame)? else { return Ok(None) };
                            if !*optional {
                                let arguments = self.elements(arguments, frame)?;
                                return self.call_member(&this, name, arguments, at).map(Some);
                            }
                            (self.member(&this, name, frame.site(callee.range))?, this)
                        }
                    }
                    ExprKind::Index(object, key, inner) => {
                        let Some(this) = self.target(object, *inner, frame)? else { return Ok(None) };
                        let key = self.eval(key, frame)?;
                        (self.index(&this, &key, frame.site(callee.range))?, this)
                    }
                    ExprKind::Call(..) => match self.link(callee, frame)? {
                        Some(function) => (function, Value::Undefined),
                        None => return Ok(None),
                    },
                    _ => (self.eval(callee, frame)?, Value::Undefined),
                };
                if *optional && function.is_nullish() {
                    return Ok(None);
                }
                let arguments = self.elements(arguments, frame)?;
                self.call(&function, this, arguments, at).map(Some)
            }
            _ => self.eval(expr, frame).map(Some),
        }
    }

    /// The object of a link; `None` when there is none and that is allowed.
    fn target(&mut self, object: &'p Expr, optional: bool, frame: &Frame<'p>) -> Outcome<'p, Option<Value<'p>>> {
        let Some(value) = self.link(object, frame)? else { return Ok(None) };
        if optional {
            if value.is_nullish() {
                return Ok(None);
            }
            self.note_optional(&value, frame.site(object.range));
        }
        Ok(Some(value))
    }

    /// Whether a logical operator stops at its first operand.
    fn settles(&mut self, operator: Logical, value: &Value<'p>, frame: &Frame<'p>, left: &'p Expr) -> bool {
        let at = frame.site(left.range);
        match operator {
            Logical::And => !self.weighed(value, at),
            Logical::Or => self.truthy(value, at),
            Logical::Coalesce => {
                self.note_optional(value, at);
                match value {
                    Value::Undefined | Value::Null => false,
                    Value::Opaque(opaque) => {
                        let missing = self.is_missing(opaque, at);
                        !self.unlikely(&missing, at)
                    }
                    _ => true,
                }
            }
        }
    }

    /// Elements of a list, or arguments.
    pub(super) fn elements(&mut self, elements: &'p [Element], frame: &Frame<'p>) -> Outcome<'p, Vec<Value<'p>>> {
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                Element::One(expr) => items.push(self.eval(expr, frame)?),
                Element::Hole => items.push(Value::Undefined),
                Element::Spread(expr) => {
                    let value = self.eval(expr, frame)?;
                    let spread = self.items(&value, frame.site(expr.range));
                    items.extend(spread);
                }
            }
        }
        Ok(items)
    }

    fn literal(&mut self, properties: &'p [Property], frame: &Frame<'p>, expr: &'p Expr) -> Outcome<'p> {
        let object = Object::new(Kind::Plain, frame.site(expr.range));
        object.properties.borrow_mut().reserve_exact(properties.len());
        for property in properties {
            match property {
                Property::Value(key, value) => {
                    let name = match key {
                        Key::Name(name) => Ok(name.clone()),
                        Key::Computed(expr) => {
                            let key = self.eval(expr, frame)?;
                            self.property_name(&key).ok_or(key)
                        }
                    };
                    let at = frame.site(value.range);
                    let value = self.eval(value, frame)?;
                    match name {
                        Ok(name) => object.set(Slot { name, value, is_getter: false, at }),
                        Err(key) if is_other_name(&key) => put_others(&object, value),
                        Err(_) => object.open(),
                    }
                    if self.walk.among_variables > 0 && matches!(key, Key::Computed(_)) {
                        of_variables(&object);
                    }
                }
                Property::Getter(key, function) => {
                    self.litter.captured(&frame.scope);
                    let at = frame.site(function.range);
                    let closure = Closure {
                        function,
                        module: frame.module,
                        scope: frame.scope.clone(),
                        this: Value::Undefined,
                        home: None,
                    };
                    let value = self.object(Kind::Function(closure), at);
                    match self.key(key, frame)? {
                        Some(name) => object.set(Slot { name, value, is_getter: true, at }),
                        None => object.open(),
                    }
                }
                Property::Setter(key, function) => {
                    self.litter.captured(&frame.scope);
                    let at = frame.site(function.range);
                    let (module, scope) = (frame.module, frame.scope.clone());
                    let closure = Closure { function, module, scope, this: Value::Undefined, home: None };
                    let value = self.object(Kind::Function(closure), at);
                    object.mark(GUARDED, Value::Undefined);
                    match self.key(key, frame)? {
                        Some(name) => object.mark(&setter(&name), value),
                        None => object.open(),
                    }
                }
                Property::Spread(value) => {
                    let at = frame.site(value.range);
                    let value = self.eval(value, frame)?;
                    self.copy_properties(&value, &object, at)?;
                }
            }
        }
        Ok(Value::Object(object))
    }

    /// The name of a key; `None` when it is not known.
    pub(super) fn key(&mut self, key: &'p Key, frame: &Frame<'p>) -> Outcome<'p, Option<Text>> {
        match key {
            Key::Name(name) => Ok(Some(name.clone())),
            Key::Computed(expr) => {
                let value = self.eval(expr, frame)?;
                Ok(self.property_name(&value))
            }
        }
    }

    fn eval_unary(&mut self, operator: Unary, operand: &'p Expr, frame: &Frame<'p>, expr: &'p Expr) -> Outcome<'p> {
        let at = frame.site(expr.range);
        match operator {
            Unary::Void => {
                self.eval(operand, frame)?;
                Ok(Value::Undefined)
            }
            Unary::Delete => {
                let operand = if let ExprKind::Chain(inner) = &operand.kind { inner } else { operand };
                let (object, name) = match &operand.kind {
                    ExprKind::Member(object, name, _) => (self.eval(object, frame)?, Some(name.clone())),
                    ExprKind::Index(object, key, _) => {
                        let object = self.eval(object, frame)?;
                        let key = self.eval(key, frame)?;
                        (object, self.property_name(&key))
                    }
                    _ => return Ok(Value::Bool(true)),
                };
                let Some(object) = object.as_object() else { return Ok(Value::Bool(true)) };
                self.touch(object);
                if object.has(FROZEN) || object.has(SEALED) {
                    return self.throw("TypeError", "the property cannot be deleted", at);
                }
                match (&object.kind, name) {
                    (_, None) => object.open(),
                    (Kind::List(items), Some(name)) if index_of(&name).is_some() => {
                        let mut items = items.borrow_mut();
                        if let Some(item) = index_of(&name).and_then(|index| items.get_mut(index as usize)) {
                            *item = Value::Undefined;
                        }
                    }
                    (_, Some(name)) => object.remove(&name),
                }
                Ok(Value::Bool(true))
            }
            _ => {
                let mut value = self.eval(operand, frame)?;
                if matches!(operator, Unary::Minus | Unary::Plus | Unary::BitNot) {
                    value = self.primitive(value, Hint::Number, at)?;
                }
                Ok(self.unary(operator, &value, at))
            }
        }
    }
}
