//! Statements.

use super::super::program::{ForEach, ForLoop, Statement, StatementKind, Text, Try};
use super::builtin::list::iterator::DOES;
use super::forgotten::{dropped, is_meant};
use super::walk::Attempt;
use super::{Abrupt, Closure, EffectKind, Frame, Kind, Machine, Outcome, ROUNDS, Scope, Value};
use crate::conform::program::{Declarator, Expr, Function, Symbol};

/// How a statement ended.
pub(super) enum Flow<'p> {
    /// At its end.
    Next,
    /// With a return.
    Return(Value<'p>),
    /// With a break.
    Break(Option<Text>),
    /// With a continue.
    Continue(Option<Text>),
}

impl<'p> Machine<'p> {
    pub(super) fn hoist(&mut self, functions: &'p [(Symbol, Function)], frame: &Frame<'p>) {
        if !functions.is_empty() {
            self.litter.captured(&frame.scope);
        }
        for (symbol, function) in functions {
            let closure = Closure {
                function,
                module: frame.module,
                scope: frame.scope.clone(),
                this: frame.this.clone(),
                home: frame.home.clone(),
            };
            let value = self.object(Kind::Function(closure), frame.site(function.range));
            frame.declare(*symbol, value);
        }
    }

    pub(super) fn statements(&mut self, statements: &'p [Statement], frame: &Frame<'p>) -> Outcome<'p, Flow<'p>> {
        for statement in statements {
            match self.statement(statement, frame)? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    pub(super) fn statement(&mut self, statement: &'p Statement, frame: &Frame<'p>) -> Outcome<'p, Flow<'p>> {
        self.burn()?;
        let at = frame.site(statement.range);
        let by_choice = std::mem::take(&mut self.walk.by_choice);
        match &statement.kind {
            StatementKind::Declare(declarators) => {
                for Declarator { pattern, init } in declarators {
                    let value = match init {
                        Some(init) => self.eval(init, frame)?,
                        None => Value::Undefined,
                    };
                    self.bind(pattern, value, frame)?;
                }
            }
            StatementKind::Class(symbol, class) => {
                let value = self.class(class, frame)?;
                frame.declare(*symbol, value);
            }
            StatementKind::Expr(expr) => {
                match dropped(expr) {
                    Some(called) => self.forgotten(is_meant(expr), at, |machine| machine.eval(called, frame))?,
                    None => self.eval(expr, frame)?,
                };
            }
            StatementKind::Return(value) => {
                let value = match value {
                    Some(value) => self.eval(value, frame)?,
                    None => Value::Undefined,
                };
                return Ok(Flow::Return(value));
            }
            StatementKind::If(test, then, otherwise) => {
                let before = self.walk.path_taint;
                let value = self.eval(test, frame)?;
                let holds = self.weighed(&value, frame.site(test.range));
                let flow = match if holds { Some(then) } else { otherwise.as_ref() } {
                    Some(branch) => {
                        self.walk.by_choice = matches!(value, Value::Opaque(_));
                        self.statement(branch, frame)?
                    }
                    None => Flow::Next,
                };
                // What comes after depends on the test only when a branch does not come to its end.
                if !leaves(then) && !otherwise.as_ref().is_some_and(|otherwise| leaves(otherwise)) {
                    self.walk.path_taint = before;
                }
                return Ok(flow);
            }
            StatementKind::Block(statements, functions) => {
                self.walk.by_choice = by_choice && !statements.is_empty();
                if functions.is_empty() {
                    return self.statements(statements, frame);
                }
                let inner = frame.inner();
                self.hoist(functions, &inner);
                return self.statements(statements, &inner);
            }
            StatementKind::For(inner) => return self.for_loop(inner, frame),
            StatementKind::ForEach(inner) => return self.for_each(inner, frame),
            StatementKind::While(test, body, after) => return self.while_loop(test, body, *after, frame),
            StatementKind::Switch(value, cases) => return self.switch(value, cases, frame),
            StatementKind::Try(inner) => return self.attempt(inner, frame, at),
            StatementKind::Throw(value) => {
                let value = self.eval(value, frame)?;
                let taint = self.walk.path_taint;
                self.walk.decisions.threw();
                self.effect(EffectKind::Throw { error: value.clone(), taint, by_choice }, at);
                return Err(Abrupt::Throw(value));
            }
            StatementKind::Break(label) => return Ok(Flow::Break(label.clone())),
            StatementKind::Continue(label) => return Ok(Flow::Continue(label.clone())),
            StatementKind::Labelled(label, body) => {
                return Ok(match self.statement(body, frame)? {
                    Flow::Break(Some(to)) if to == *label => Flow::Next,
                    other => other,
                });
            }
            StatementKind::Round(label, body) => {
                return Ok(match self.statement(body, frame)? {
                    Flow::Continue(Some(to)) if to == *label => Flow::Next,
                    other => other,
                });
            }
        }
        Ok(Flow::Next)
    }

    /// One round of a loop: whether it goes on, and how it ended when not.
    fn round(&mut self, body: &'p Statement, frame: &Frame<'p>) -> Outcome<'p, Option<Flow<'p>>> {
        Ok(match self.statement(body, frame)? {
            Flow::Next | Flow::Continue(None) => None,
            Flow::Break(None) => Some(Flow::Next),
            other => Some(other),
        })
    }

    fn for_loop(&mut self, inner: &'p ForLoop, frame: &Frame<'p>) -> Outcome<'p, Flow<'p>> {
        let mut frame = frame.inner();
        if let Some(init) = &inner.init {
            self.statement(init, &frame)?;
        }
        let before = self.happened();
        let mut over = Value::Undefined;
        for round in 0..ROUNDS {
            if let Some(test) = &inner.test {
                let value = self.eval(test, &frame)?;
                // What is not known is gone through once.
                if matches!(value, Value::Opaque(_)) {
                    if round > 0 {
                        self.gathered(&inner.body, &value, &frame, frame.site(test.range));
                        return Ok(Flow::Next);
                    }
                    over = value;
                } else if !self.weighed(&value, frame.site(test.range)) {
                    return Ok(Flow::Next);
                }
            } else if round > 2 && self.happened() != before {
                return Ok(Flow::Next);
            }
            if let Some(flow) = self.round(&inner.body, &frame.inner())? {
                if matches!(flow, Flow::Next) && (matches!(over, Value::Opaque(_)) || self.has_met(before)) {
                    self.gathered(&inner.body, &over, &frame, frame.site(inner.body.range));
                }
                return Ok(flow);
            }
            // A function that was made in a round keeps the names of that round.
            if frame.scope.is_captured.get() {
                let next = Scope::within(frame.scope.parent.clone());
                next.names.borrow_mut().extend(frame.scope.names.borrow().iter().cloned());
                frame = Frame { scope: next, ..frame };
            }
            if let Some(update) = &inner.update {
                self.eval(update, &frame)?;
            }
        }
        Err(Abrupt::Halt)
    }

    fn for_each(&mut self, inner: &'p ForEach, frame: &Frame<'p>) -> Outcome<'p, Flow<'p>> {
        let object = self.eval(&inner.object, frame)?;
        let at = frame.site(inner.object.range);
        let object = self.settle(object, at)?;
        let items = match inner.keys {
            true => self.keys(&object),
            false => self.sequence(&object, at),
        };
        let is_of_variables = object.as_object().is_some_and(|of| of.has_variables() || matches!(of.kind, Kind::Env));
        if is_of_variables {
            self.walk.among_variables += 1;
        }
        let ended = self.rounds(inner, &object, items, frame);
        if is_of_variables {
            self.walk.among_variables -= 1;
        }
        ended
    }

    /// The rounds of a loop over items; what there is to go through where they are not known.
    fn rounds(
        &mut self,
        inner: &'p ForEach,
        object: &Value<'p>,
        items: Option<Vec<Value<'p>>>,
        frame: &Frame<'p>,
    ) -> Outcome<'p, Flow<'p>> {
        let at = frame.site(inner.object.range);
        let is_unknown = items.is_none();
        let items = match items {
            Some(items) => items,
            None => match object.as_object().map(|object| &object.kind) {
                // Of which some may have been left out.
                Some(Kind::List(items)) if !items.borrow().is_empty() => items.borrow().clone(),
                _ => vec![self.element(object, at)],
            },
        };
        if items.len() > ROUNDS as usize {
            return Err(Abrupt::Halt);
        }
        // A generator that is left before its end did not send what comes behind that.
        let sends = object.as_object().is_some_and(|made| matches!(made.own(DOES), Some((Value::Bool(true), _))));
        let mut items = items.into_iter();
        let mut ended = Flow::Next;
        while let Some(item) = items.next() {
            let round = frame.inner();
            let item = self.settle(item, at)?;
            if inner.declares {
                self.bind(&inner.target, item, &round)?;
            } else {
                self.assign(&inner.target, item, &round)?;
            }
            if let Some(flow) = self.round(&inner.body, &round)? {
                if sends && items.len() > 0 {
                    self.walk.effects.clear();
                    return Err(Abrupt::Halt);
                }
                ended = flow;
                break;
            }
        }
        if is_unknown && matches!(ended, Flow::Next) {
            self.gathered(&inner.body, object, frame, at);
        }
        Ok(ended)
    }

    fn while_loop(
        &mut self,
        test: &'p Expr,
        body: &'p Statement,
        after: bool,
        frame: &Frame<'p>,
    ) -> Outcome<'p, Flow<'p>> {
        let before = self.happened();
        for round in 0..ROUNDS {
            if !(after && round == 0) {
                let value = self.eval(test, frame)?;
                let is_unknown = matches!(value, Value::Opaque(_));
                if is_unknown && round > 0 || !self.weighed(&value, frame.site(test.range)) {
                    if is_unknown {
                        self.gathered(body, &value, frame, frame.site(test.range));
                    }
                    return Ok(Flow::Next);
                }
                // `while (true)` that waits for something outside.
                if round > 2
                    && matches!(test.kind, super::super::program::ExprKind::Bool(true))
                    && self.happened() != before
                {
                    return Ok(Flow::Next);
                }
            }
            if let Some(flow) = self.round(body, &frame.inner())? {
                if matches!(flow, Flow::Next) && self.has_met(before) {
                    self.gathered(body, &Value::Undefined, frame, frame.site(body.range));
                }
                return Ok(flow);
            }
        }
        Err(Abrupt::Halt)
    }

    fn switch(
        &mut self,
        value: &'p Expr,
        cases: &'p [(Option<Expr>, Vec<Statement>)],
        frame: &Frame<'p>,
    ) -> Outcome<'p, Flow<'p>> {
        let value = self.eval(value, frame)?;
        let frame = frame.inner();
        let mut start = None;
        for (index, (test, _)) in cases.iter().enumerate() {
            let Some(test) = test else { continue };
            let at = frame.site(test.range);
            let other = self.eval(test, &frame)?;
            let same = self.same(&value, &other, at);
            if self.weighed(&same, at) {
                start = Some(index);
                break;
            }
        }
        let start = start.or_else(|| cases.iter().position(|(test, _)| test.is_none()));
        for (_, statements) in cases.iter().skip(start.unwrap_or(cases.len())) {
            match self.statements(statements, &frame)? {
                Flow::Next => {}
                Flow::Break(None) => return Ok(Flow::Next),
                other => return Ok(other),
            }
        }
        Ok(Flow::Next)
    }

    fn attempt(&mut self, inner: &'p Try, frame: &Frame<'p>, at: super::Site) -> Outcome<'p, Flow<'p>> {
        // What is done in `finally` may be done for a failure as well.
        self.walk.tries.push(Attempt { at, asked: false });
        let steps = self.walk.steps;
        let mut result = self.statements(&inner.block, &frame.inner());
        self.walk.tries.pop();
        if let Some((parameter, handler)) = &inner.handler
            && let Err(Abrupt::Throw(error)) = result
        {
            self.walk.steps = steps;
            let frame = frame.inner();
            if let Some(parameter) = parameter {
                self.bind(parameter, error, &frame)?;
            }
            result = self.statements(handler, &frame);
        }
        if let Some(finalizer) = &inner.finalizer
            && !matches!(result, Err(Abrupt::Halt))
        {
            match self.statements(finalizer, &frame.inner())? {
                Flow::Next => {}
                other => return Ok(other),
            }
        }
        result
    }
}

/// Whether a statement may end otherwise than at its end. What is called in it is not looked at.
fn leaves(statement: &Statement) -> bool {
    match &statement.kind {
        StatementKind::Return(_) | StatementKind::Throw(_) | StatementKind::Break(_) | StatementKind::Continue(_) => {
            true
        }
        StatementKind::If(_, then, otherwise) => {
            leaves(then) || otherwise.as_ref().is_some_and(|otherwise| leaves(otherwise))
        }
        StatementKind::Block(statements, _) => statements.iter().any(leaves),
        StatementKind::Labelled(_, body) | StatementKind::Round(_, body) => leaves(body),
        StatementKind::Declare(_) | StatementKind::Class(..) | StatementKind::Expr(_) => false,
        _ => true,
    }
}
