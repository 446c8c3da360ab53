//! How far a statement of the outermost level reaches: through the functions that it calls, and the names that stand
//! for one value.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::application::Application;
use super::super::program::{
    Class, Expr, ExprKind, Function, Key, MemberKind, ModuleId, Pattern, Property, Statement, Text, Top,
};
use super::Name;
use super::body::{Body, Changes, Root};

/// Looks through an application.
pub(super) struct Reach<'a> {
    pub(super) app: &'a Application,
    /// What functions change, by module and place; none while one is being looked at.
    known: FxHashMap<(ModuleId, u32), Option<Rc<Changes>>>,
}

impl<'a> Reach<'a> {
    pub(super) fn new(app: &'a Application) -> Self {
        Self { app, known: FxHashMap::default() }
    }

    /// The outermost names whose values a statement may change.
    pub(super) fn changed_by(&mut self, module: ModuleId, statement: &'a Statement) -> Vec<Name> {
        let mut body = Body::new(module);
        body.statement(self, statement);
        let mut names: Vec<Name> = Vec::new();
        let mut waiting: Vec<Root> = body.changes.changed;
        while let Some(root) = waiting.pop() {
            let Root::Name(name) = root else { continue };
            if names.contains(&name) {
                continue;
            }
            names.push(name);
            // What it stands for is changed with it.
            if let Some(init) = self.init(name) {
                waiting.extend(Body::new(name.0).roots(self, init));
            }
        }
        // What packages are, no statement of the application changes.
        let is_other = |of: ModuleId| of != module && self.app.is_package(of);
        let is_namespace =
            |(of, symbol): &Name| matches!(self.app.module(*of).top.get(symbol), Some(Top::Namespace(_)));
        names.retain(|name| !is_namespace(name) && !is_other(name.0));
        names.sort_unstable();
        names
    }

    /// What a variable is given.
    pub(super) fn init(&self, (module, symbol): Name) -> Option<&'a Expr> {
        let program = self.app.module(module);
        match program.top.get(&symbol) {
            Some(Top::Variable(index)) => {
                let declaration = &program.declarations[*index];
                declaration.init.as_ref().filter(|_| matches!(declaration.pattern, Pattern::Top(_)))
            }
            _ => None,
        }
    }

    /// Whether a name stands for what was made to be changed.
    pub(super) fn is_made(&self, name: Name) -> bool {
        let init = self.init(name).map(|init| &init.kind);
        matches!(init, Some(ExprKind::New(..) | ExprKind::Object(_) | ExprKind::Array(_)))
    }

    /// The function that a name stands for.
    pub(super) fn function(&self, (module, symbol): Name) -> Option<&'a Function> {
        match self.app.module(module).top.get(&symbol)? {
            Top::Function(index) => self.app.module(module).functions.get(*index),
            _ => match &self.init((module, symbol))?.kind {
                ExprKind::Function(function) => Some(function),
                _ => None,
            },
        }
    }

    /// The class that a name stands for, or that what it stands for was made of.
    pub(super) fn class(&self, name: Name) -> Option<(ModuleId, &'a Class)> {
        self.class_within(name, super::MOST_LINKS)
    }

    /// The same through so many names at most: what is made of itself stands for nothing.
    fn class_within(&self, (module, symbol): Name, left: u32) -> Option<(ModuleId, &'a Class)> {
        match self.app.module(module).top.get(&symbol)? {
            Top::Class(index) => Some((module, self.app.module(module).classes.get(*index)?)),
            _ => {
                let mut init = &self.init((module, symbol))?.kind;
                // `new C().bind(…)`
                while let ExprKind::Call(callee, ..) = init
                    && let ExprKind::Member(object, ..) = &callee.kind
                {
                    init = &object.kind;
                }
                match init {
                    ExprKind::Class(class) => Some((module, class)),
                    ExprKind::New(callee, _) => match callee.kind {
                        ExprKind::Top(class) => {
                            self.class_within(self.app.declared(module, class), left.checked_sub(1)?)
                        }
                        _ => None,
                    },
                    _ => None,
                }
            }
        }
    }

    /// The method that is called on what a name stands for.
    pub(super) fn method(&self, name: Name, called: &Text) -> Option<(ModuleId, &'a Function)> {
        self.method_within(name, called, super::MOST_LINKS)
    }

    fn method_within(&self, name: Name, called: &Text, left: u32) -> Option<(ModuleId, &'a Function)> {
        if let Some(ExprKind::Object(properties)) = self.init(name).map(|init| &init.kind) {
            let found = properties.iter().find_map(|property| match property {
                Property::Value(Key::Name(key), Expr { kind: ExprKind::Function(function), .. }) if key == called => {
                    Some(&**function)
                }
                _ => None,
            });
            return found.map(|function| (name.0, function));
        }
        if let Some(Top::Namespace(request)) = self.app.module(name.0).top.get(&name.1) {
            let found = self.app.exporter(name.0, request, called, super::MOST_LINKS)?;
            return Some((found.0, self.function(found)?));
        }
        let (module, class) = self.class(name)?;
        let method = class.members.iter().find_map(|member| match (&member.key, &member.kind) {
            (Key::Name(key), MemberKind::Method(function)) if key == called => Some(function),
            _ => None,
        });
        match (method, &class.parent) {
            (Some(method), _) => Some((module, method)),
            (None, Some(Expr { kind: ExprKind::Top(parent), .. })) => {
                self.method_within(self.app.declared(module, *parent), called, left.checked_sub(1)?)
            }
            _ => None,
        }
    }

    /// What a call of a function changes.
    pub(super) fn changes(&mut self, module: ModuleId, function: &'a Function) -> Rc<Changes> {
        let key = (module, function.range.start);
        match self.known.get(&key) {
            Some(Some(known)) => return known.clone(),
            // One that calls itself changes no more by that.
            Some(None) => return Rc::default(),
            None => {}
        }
        self.known.insert(key, None);
        let mut body = Body::new(module);
        for (index, parameter) in function.parameters.iter().enumerate() {
            body.bind(parameter, &[Root::Parameter(index)]);
        }
        body.function(self, function);
        let changes = Rc::new(body.changes);
        self.known.insert(key, Some(changes.clone()));
        changes
    }
}
