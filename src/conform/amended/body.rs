//! One body of code: what it changes, and what is changed where one of its values is.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::program::{
    Element, Expr, ExprKind, Function, ModuleId, Part, Pattern, Property, Statement, StatementKind, Symbol, Unary,
};
use super::Name;
use super::reach::Reach;

/// What a value is part of, or was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Root {
    /// An outermost name.
    Name(Name),
    /// What the function at hand is given.
    Parameter(usize),
}

/// What a call of a function changes, and what it gives back.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) changed: Vec<Root>,
    given: Vec<Root>,
}

/// What is being looked at: a statement, or the body of a function with those inside of it.
pub(super) struct Body<'a> {
    module: ModuleId,
    /// What names stand for that are declared inside.
    locals: FxHashMap<Symbol, Vec<Root>>,
    /// Functions that are declared inside.
    functions: FxHashMap<Symbol, &'a Function>,
    /// Those that were looked at.
    seen: FxHashSet<u32>,
    /// How many functions inside are around.
    depth: u32,
    /// It may be called later, by whoever was given it.
    is_later: bool,
    pub(super) changes: Changes,
}

impl<'a> Body<'a> {
    pub(super) fn new(module: ModuleId) -> Self {
        Self {
            module,
            locals: FxHashMap::default(),
            functions: FxHashMap::default(),
            seen: FxHashSet::default(),
            depth: 0,
            is_later: false,
            changes: Changes::default(),
        }
    }

    pub(super) fn function(&mut self, reach: &mut Reach<'a>, function: &'a Function) {
        if !self.seen.insert(function.range.start) {
            return;
        }
        self.functions.extend(function.hoisted.iter().map(|(symbol, function)| (*symbol, function)));
        function.body.iter().for_each(|statement| self.statement(reach, statement));
    }

    /// A function inside.
    fn inner(&mut self, reach: &mut Reach<'a>, function: &'a Function, is_later: bool) {
        let around = self.is_later;
        self.is_later |= is_later;
        self.depth += 1;
        self.function(reach, function);
        self.depth -= 1;
        self.is_later = around;
    }

    pub(super) fn statement(&mut self, reach: &mut Reach<'a>, statement: &'a Statement) {
        match &statement.kind {
            StatementKind::Declare(declarators) => {
                for declarator in declarators {
                    let Some(init) = &declarator.init else { continue };
                    if let (Pattern::Local(symbol), ExprKind::Function(function)) = (&declarator.pattern, &init.kind) {
                        self.functions.insert(*symbol, function);
                        continue;
                    }
                    self.expr(reach, init);
                    let roots = self.roots(reach, init);
                    self.bind(&declarator.pattern, &roots);
                }
                return;
            }
            StatementKind::Block(_, functions) => {
                self.functions.extend(functions.iter().map(|(symbol, function)| (*symbol, function)));
            }
            StatementKind::ForEach(inner) => {
                let roots = self.roots(reach, &inner.object);
                self.bind(&inner.target, &roots);
            }
            StatementKind::Return(Some(value)) if self.depth == 0 => {
                let roots = self.roots(reach, value);
                add(&mut self.changes.given, roots);
            }
            _ => {}
        }
        statement.parts(&mut |part| self.part(reach, part));
    }

    fn part(&mut self, reach: &mut Reach<'a>, part: Part<'a>) {
        match part {
            Part::Expr(expr) => self.expr(reach, expr),
            Part::Statement(statement) => self.statement(reach, statement),
            Part::Pattern(pattern) => pattern.parts(&mut |inner| self.part(reach, Part::Pattern(inner))),
            // Who calls it looks at it.
            Part::Function(_) | Part::Class(_) => {}
        }
    }

    fn expr(&mut self, reach: &mut Reach<'a>, expr: &'a Expr) {
        match &expr.kind {
            ExprKind::Call(callee, arguments, _) => self.call(reach, callee, arguments),
            ExprKind::New(callee, arguments) if !self.is_later => {
                if let ExprKind::Top(symbol) = callee.kind
                    && let Some((module, class)) = reach.class(reach.app.declared(self.module, symbol))
                    && let Some(constructor) = &class.constructor
                {
                    let changes = reach.changes(module, constructor);
                    self.apply(reach, &changes, arguments);
                }
            }
            ExprKind::Assign(pattern, _)
            | ExprKind::AssignBinary(pattern, ..)
            | ExprKind::AssignLogical(pattern, ..)
            | ExprKind::Update(pattern, ..) => self.assigned(reach, pattern),
            ExprKind::Unary(Unary::Delete, of) => self.change(reach, of),
            _ => {}
        }
        expr.parts(&mut |part| self.part(reach, part));
    }

    fn call(&mut self, reach: &mut Reach<'a>, callee: &'a Expr, arguments: &'a [Element]) {
        let mut is_later = true;
        if let ExprKind::Member(object, name, _) = &callee.kind {
            is_later = !only_looks(name, arguments.len());
            match &object.kind {
                // `Object.assign(name, …)`
                ExprKind::Global(global) => {
                    if matches!(&**global, "Object" | "Reflect")
                        && let Some(first) = arguments.first().and_then(Element::expr)
                    {
                        self.change(reach, first);
                    }
                }
                _ if is_later => self.change(reach, object),
                _ => {}
            }
        }
        // What a list is given is done for each; others may keep what they are given, as a container does.
        for argument in arguments.iter().filter_map(Element::expr) {
            if let ExprKind::Function(function) = &argument.kind {
                self.inner(reach, function, is_later);
            }
        }
        if let Some(changes) = self.called(reach, callee) {
            self.apply(reach, &changes, arguments);
        }
    }

    /// What a call changes, as far as it is known what is called.
    fn called(&mut self, reach: &mut Reach<'a>, callee: &'a Expr) -> Option<Rc<Changes>> {
        match &callee.kind {
            ExprKind::Function(function) => {
                self.inner(reach, function, false);
                None
            }
            ExprKind::Local(symbol) => {
                if let Some(function) = self.functions.get(symbol).copied() {
                    self.inner(reach, function, false);
                }
                None
            }
            _ if self.is_later => None,
            ExprKind::Top(symbol) => {
                let name = reach.app.declared(self.module, *symbol);
                match reach.function(name) {
                    Some(function) => Some(reach.changes(name.0, function)),
                    // `const add = list.push.bind(list)`
                    None => {
                        let changed = Body::new(name.0).roots(reach, reach.init(name)?);
                        Some(Rc::new(Changes { changed, given: Vec::new() }))
                    }
                }
            }
            ExprKind::Member(object, called, _) => {
                let ExprKind::Top(symbol) = object.kind else { return None };
                let (module, method) = reach.method(reach.app.declared(self.module, symbol), called)?;
                Some(reach.changes(module, method))
            }
            _ => None,
        }
    }

    /// Notes what a call changes that is given this.
    fn apply(&mut self, reach: &mut Reach<'a>, changes: &Changes, arguments: &'a [Element]) {
        let changed = self.as_given(reach, &changes.changed, arguments);
        self.note(changed);
    }

    /// What the roots of a function stand for where it is given this.
    fn as_given(&mut self, reach: &mut Reach<'a>, roots: &[Root], arguments: &'a [Element]) -> Vec<Root> {
        let mut all = Vec::new();
        for root in roots {
            match root {
                Root::Name(_) => all.push(*root),
                Root::Parameter(index) => {
                    if let Some(argument) = arguments.get(*index).and_then(Element::expr) {
                        all.extend(self.roots(reach, argument));
                    }
                }
            }
        }
        all
    }

    fn assigned(&mut self, reach: &mut Reach<'a>, pattern: &'a Pattern) {
        match pattern {
            Pattern::Top(symbol) => self.note([Root::Name((self.module, *symbol))]),
            Pattern::Member(target) => self.change(reach, target),
            _ => pattern.parts(&mut |inner| self.assigned(reach, inner)),
        }
    }

    /// Something is changed that is part of this.
    fn change(&mut self, reach: &mut Reach<'a>, expr: &'a Expr) {
        let roots = self.roots(reach, expr);
        self.note(roots);
    }

    /// Notes what is changed: by what may be called later or never, what is declared beside it alone.
    fn note(&mut self, roots: impl IntoIterator<Item = Root>) {
        let (module, is_later) = (self.module, self.is_later);
        let is_near = |root: &Root| !is_later || matches!(root, Root::Name((of, _)) if *of == module);
        add(&mut self.changes.changed, roots.into_iter().filter(is_near));
    }

    /// Names that are bound to a value, or to a part of it, stand for it.
    pub(super) fn bind(&mut self, pattern: &Pattern, roots: &[Root]) {
        match pattern {
            Pattern::Local(symbol) => add(self.locals.entry(*symbol).or_default(), roots.iter().copied()),
            _ => pattern.parts(&mut |inner| self.bind(inner, roots)),
        }
    }

    /// What is changed where a value is.
    pub(super) fn roots(&mut self, reach: &mut Reach<'a>, expr: &'a Expr) -> Vec<Root> {
        match &expr.kind {
            ExprKind::Top(symbol) => vec![Root::Name(reach.app.declared(self.module, *symbol))],
            ExprKind::Local(symbol) => self.locals.get(symbol).cloned().unwrap_or_default(),
            ExprKind::Member(inner, ..)
            | ExprKind::Index(inner, ..)
            | ExprKind::Chain(inner)
            | ExprKind::Await(inner)
            | ExprKind::Assign(_, inner) => self.roots(reach, inner),
            ExprKind::Logical(_, left, right) | ExprKind::If(_, left, right) => {
                let mut all = self.roots(reach, left);
                all.extend(self.roots(reach, right));
                all
            }
            ExprKind::Array(elements) => {
                elements.iter().filter_map(Element::expr).flat_map(|inner| self.roots(reach, inner)).collect()
            }
            ExprKind::Object(properties) => {
                let values = properties.iter().filter_map(|property| match property {
                    Property::Value(_, value) | Property::Spread(value) => Some(value),
                    _ => None,
                });
                values.flat_map(|inner| self.roots(reach, inner)).collect()
            }
            // What an object of the application was given to work on it may change.
            ExprKind::New(callee, arguments) => {
                let ExprKind::Top(symbol) = callee.kind else { return Vec::new() };
                if reach.class(reach.app.declared(self.module, symbol)).is_none() {
                    return Vec::new();
                }
                let given = arguments.iter().filter_map(Element::expr);
                let mut all: Vec<Root> = given.flat_map(|inner| self.roots(reach, inner)).collect();
                all.retain(|root| {
                    matches!(root, Root::Parameter(_)) || matches!(root, Root::Name(name) if reach.is_made(*name))
                });
                all
            }
            ExprKind::Call(callee, arguments, _) => self.given_by(reach, callee, arguments),
            _ => Vec::new(),
        }
    }

    /// What is changed where what a call gives is: `list.add(x).add(y)`, `settings().size = 5`.
    fn given_by(&mut self, reach: &mut Reach<'a>, callee: &'a Expr, arguments: &'a [Element]) -> Vec<Root> {
        match &callee.kind {
            ExprKind::Member(object, ..) if !matches!(object.kind, ExprKind::Global(_)) => self.roots(reach, object),
            ExprKind::Top(symbol) => {
                let name = reach.app.declared(self.module, *symbol);
                let Some(function) = reach.function(name) else { return Vec::new() };
                let changes = reach.changes(name.0, function);
                self.as_given(reach, &changes.given, arguments)
            }
            _ => Vec::new(),
        }
    }
}

/// Adds what is not there yet: functions that call each other twice would add the same again and again.
fn add(all: &mut Vec<Root>, more: impl IntoIterator<Item = Root>) {
    for root in more {
        if !all.contains(&root) {
            all.push(root);
        }
    }
}

/// Whether a method of lists, maps, texts and schemas is called by which nobody changes anything.
fn only_looks(name: &str, arguments: usize) -> bool {
    match name {
        // `app.get("/", handler)`
        "get" => arguments < 2,
        "at" | "concat" | "endsWith" | "entries" | "every" | "filter" | "find" | "flatMap" | "forEach" | "has"
        | "includes" | "indexOf" | "join" | "keys" | "map" | "parse" | "reduce" | "safeParse" | "slice" | "some"
        | "split" | "startsWith" | "test" | "toLowerCase" | "toString" | "toUpperCase" | "trim" | "values" => true,
        _ => false,
    }
}
