//! The tree of the parser, reduced to an [`Expression`].
//!
//! Nothing here recurses: a chain of a thousand `+` is a tree a thousand deep.

use std::ops::Range;

use cel::common::ast::{EntryExpr, Expr, IdedExpr, LiteralValue, SourceInfo, operators};

use super::{Expression, Outcome, Path, Piece, Role, Step, is_identifier};

/// Functions whose result no event determines.
const CLOCKS: [&str; 5] = ["now", "now_plus", "now_minus", "uuid", "random"];

/// What the platform takes in a condition that matches events.
const MATCHING: [&str; 10] = [
    operators::LOGICAL_AND,
    operators::LOGICAL_OR,
    operators::LOGICAL_NOT,
    operators::EQUALS,
    operators::NOT_EQUALS,
    operators::GREATER,
    operators::GREATER_EQUALS,
    operators::LESS,
    operators::LESS_EQUALS,
    operators::INDEX,
];

/// Methods that answer true or false.
const TESTS: [&str; 4] = ["startsWith", "endsWith", "contains", "matches"];

/// Reduces a tree.
pub(super) fn expression(text: &str, tree: &IdedExpr, places: &SourceInfo) -> Expression {
    let mut walk = Walk {
        text,
        places,
        open: vec![(tree, Role::Result)],
        bound: Vec::new(),
        paths: Vec::new(),
        clock: None,
        beyond: None,
    };
    while let Some((expr, role)) = walk.open.pop() {
        walk.step(expr, role);
    }
    // The variables of `exists` and its like are no values of the event.
    let Walk { mut paths, bound, clock, beyond, .. } = walk;
    paths.retain(|path| {
        path.steps.first().and_then(|root| root.name.as_deref()).is_none_or(|root| !bound.contains(&root))
    });
    paths.sort_by_key(|path| path.span().start);
    Expression { paths, outcome: outcome(tree), clock, beyond_matching: beyond }
}

struct Walk<'e> {
    text: &'e str,
    places: &'e SourceInfo,
    open: Vec<(&'e IdedExpr, Role)>,
    bound: Vec<&'e str>,
    paths: Vec<Path>,
    clock: Option<Piece>,
    beyond: Option<Piece>,
}

impl<'e> Walk<'e> {
    fn step(&mut self, expr: &'e IdedExpr, role: Role) {
        if let Some(path) = self.path(expr, role) {
            self.paths.push(path);
            return;
        }
        match &expr.expr {
            Expr::Call(call) => {
                let name = call.func_name.as_str();
                if !MATCHING.contains(&name) {
                    self.note_beyond(expr, &operator_text(name));
                }
                if call.target.is_none() && CLOCKS.contains(&name) && self.clock.is_none() {
                    self.clock = Some(Piece { name: format!("{name}()"), span: self.span(expr) });
                }
                let roles: [Role; 2] = match name {
                    operators::CONDITIONAL => [Role::Other, role],
                    operators::ADD | operators::SUBSTRACT | operators::MULTIPLY | operators::DIVIDE => [role, role],
                    "string" if role == Role::Result => [Role::Text, Role::Text],
                    _ => [Role::Other, Role::Other],
                };
                let args = call.args.iter().enumerate();
                self.open.extend(args.map(|(i, arg)| (arg, roles[i.min(1)])));
                self.open.extend(call.target.as_deref().map(|target| (target, Role::Other)));
            }
            Expr::Select(select) => self.open.push((&select.operand, Role::Other)),
            Expr::List(list) => {
                self.note_beyond(expr, "a list");
                self.open.extend(list.elements.iter().map(|element| (element, role)));
            }
            Expr::Map(map) => {
                self.note_beyond(expr, "a map");
                self.entries(map.entries.iter().map(|entry| &entry.expr));
            }
            Expr::Struct(value) => {
                self.note_beyond(expr, "a message");
                self.entries(value.entries.iter().map(|entry| &entry.expr));
            }
            Expr::Comprehension(all) => {
                self.note_beyond(expr, "a function over a list");
                self.bound.extend([all.iter_var.as_str(), all.accu_var.as_str()]);
                self.bound.extend(all.iter_var2.as_deref());
                let parts = [&all.iter_range, &all.accu_init, &all.loop_cond, &all.loop_step, &all.result];
                self.open.extend(parts.map(|part| (part, Role::Other)));
            }
            Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => {}
        }
    }

    fn entries(&mut self, entries: impl Iterator<Item = &'e EntryExpr>) {
        for entry in entries {
            match entry {
                EntryExpr::StructField(field) => self.open.push((&field.value, Role::Other)),
                EntryExpr::MapEntry(entry) => {
                    self.open.extend([(&entry.key, Role::Other), (&entry.value, Role::Other)])
                }
            }
        }
    }

    /// The path that an expression is, if it is one. What computes an index is looked at later.
    fn path(&mut self, expr: &'e IdedExpr, role: Role) -> Option<Path> {
        let mut steps = Vec::new();
        let mut role = role;
        let mut at = expr;
        let mut computed = Vec::new();
        loop {
            match &at.expr {
                Expr::Ident(name) => {
                    steps.push(Step { name: Some(name.clone()), span: self.span(at) });
                    break;
                }
                Expr::Select(select) => {
                    if select.test {
                        role = Role::Tested;
                    }
                    let span = if select.test { self.tested(select.operand.id, &select.field) } else { self.field(at) };
                    steps.push(Step { name: Some(select.field.clone()), span });
                    at = &select.operand;
                }
                Expr::Call(call) if call.func_name == operators::INDEX => {
                    let [target, index] = call.args.as_slice() else { return None };
                    let name = match &index.expr {
                        Expr::Literal(LiteralValue::String(name)) => Some(name.inner().to_owned()),
                        Expr::Literal(_) => None,
                        _ => {
                            computed.push((index, Role::Other));
                            None
                        }
                    };
                    steps.push(Step { name, span: self.bracketed(index) });
                    at = target;
                }
                _ => return None,
            }
        }
        if role == Role::Tested {
            self.note_beyond(expr, "`has()`");
        }
        self.open.extend(computed);
        steps.reverse();
        Some(Path { steps, role })
    }

    /// Keeps the piece that stands first.
    fn note_beyond(&mut self, expr: &IdedExpr, name: &str) {
        let span = self.span(expr);
        if self.beyond.as_ref().is_none_or(|known| span.start < known.span.start) {
            self.beyond = Some(Piece { name: name.to_owned(), span });
        }
    }

    /// The place of the token that an expression is known by.
    fn span(&self, expr: &IdedExpr) -> Range<usize> {
        let (start, last) = self.places.offset_for(expr.id).unwrap_or_default();
        let mut span = start as usize..(last as usize + 1).min(self.text.len());
        // A call is known by its bracket; its name stands before it.
        if self.text.get(span.clone()) == Some("(") {
            let before = self.text[..span.start].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            span = before.len()..span.start;
        }
        if self.text.get(span.clone()).is_some() { span } else { 0..self.text.len() }
    }

    /// The place of the field behind the `.` that a selection is known by.
    fn field(&self, select: &IdedExpr) -> Range<usize> {
        let dot = self.span(select);
        self.name_from(dot.end).unwrap_or(dot)
    }

    /// The place of the field that `has(operand.field)` asks for.
    fn tested(&self, operand: u64, field: &str) -> Range<usize> {
        let from = self.places.offset_for(operand).map_or(0, |(_, last)| last as usize + 1);
        let found = self.text.get(from..).and_then(|rest| rest.find(field)).map(|at| from + at);
        found.map_or(0..self.text.len(), |start| start..start + field.len())
    }

    /// The place of a written index with the bracket that closes it.
    fn bracketed(&self, index: &IdedExpr) -> Range<usize> {
        let span = self.span(index);
        let rest = &self.text[span.end..];
        let space = rest.len() - rest.trim_start().len();
        let closed = rest[space..].starts_with(']');
        span.start..span.end + if closed { space + 1 } else { 0 }
    }

    fn name_from(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        let length = self.text[start..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        (length > 0).then_some(start..start + length)
    }
}

/// How people know an operator or a function.
fn operator_text(name: &str) -> String {
    match name {
        operators::CONDITIONAL => "`? :`".to_owned(),
        operators::IN => "`in`".to_owned(),
        name if is_identifier(name) => format!("`{name}()`"),
        name => format!("`{}`", name.trim_matches(['_', '@'])),
    }
}

/// What the value of a tree is.
fn outcome(tree: &IdedExpr) -> Outcome {
    match &tree.expr {
        Expr::Literal(LiteralValue::Int(number)) => return Outcome::Number(*number.inner() as f64),
        Expr::Literal(LiteralValue::UInt(number)) => return Outcome::Number(*number.inner() as f64),
        Expr::Literal(LiteralValue::Double(number)) => return Outcome::Number(*number.inner()),
        Expr::Literal(LiteralValue::String(_)) => return Outcome::Text,
        _ => {}
    }
    // Of `a ? b : c`, both branches.
    let mut open = vec![tree];
    while let Some(expr) = open.pop() {
        let boolean = match &expr.expr {
            Expr::Literal(LiteralValue::Boolean(_)) => true,
            Expr::Select(select) => select.test,
            Expr::Comprehension(all) => matches!(all.accu_init.expr, Expr::Literal(LiteralValue::Boolean(_))),
            Expr::Call(call) if call.func_name == operators::CONDITIONAL => {
                open.extend(call.args.iter().skip(1));
                true
            }
            Expr::Call(call) => {
                let name = call.func_name.as_str();
                let logic = MATCHING.contains(&name) && name != operators::INDEX;
                logic || name == operators::IN || (call.target.is_some() && TESTS.contains(&name))
            }
            _ => false,
        };
        if !boolean {
            return Outcome::Unknown;
        }
    }
    Outcome::Boolean
}
