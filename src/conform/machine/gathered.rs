//! What a loop over something unknown puts together. Its body is run once, or a way leaves it before that: what is
//! left of a text or of a list then is one of many, and what follows must not take it for the only one.

use std::rc::Rc;

use super::super::program::{
    Binary, Expr, ExprKind, Logical, Pattern, Site, Statement, StatementKind, Symbol, Text, Unary,
};
use super::{Frame, Kind, Machine, Opaque, Origin, Slot, Value};

/// What a request says in its body.
pub(super) const BODY: &str = "the body of the request";

/// What a loop puts together: names whose texts grow or that count, records that count, and names of lists to which
/// every round adds.
#[derive(Default)]
struct Gathered {
    grown: Vec<Symbol>,
    counters: Vec<(Symbol, Text)>,
    lists: Vec<Symbol>,
}

impl<'p> Machine<'p> {
    /// A loop has ended of which nobody knows how many rounds it has.
    pub(super) fn gathered(&mut self, body: &'p Statement, over: &Value<'p>, frame: &Frame<'p>, at: Site) {
        let mut gathered = Gathered::default();
        gathered.in_round(body);
        for symbol in gathered.grown {
            let value = match frame.get(symbol) {
                Some(Value::Text(text)) => self.unknown_text(&[over, &Value::Text(text)], at),
                Some(Value::Number(_)) => self.mixed("a number", &[over], at),
                _ => continue,
            };
            self.set_local(symbol, value, frame);
        }
        for (symbol, name) in gathered.counters {
            if let Some(Value::Object(object)) = frame.get(symbol)
                && matches!(object.kind, Kind::Plain)
                && let Some((Value::Number(_), false)) = object.own(&name)
            {
                self.touch(&object);
                let value = self.mixed("a number", &[over], at);
                object.set(Slot { name, value, is_getter: false, at });
            }
        }
        for symbol in gathered.lists {
            if let Some(Value::Object(object)) = frame.get(symbol)
                && matches!(&object.kind, Kind::List(items) if items.borrow().is_empty())
                && !object.is_open()
            {
                self.touch(&object);
                object.open();
            }
        }
    }

    /// Whether something was decided since, or something outside called.
    pub(super) fn has_met(&self, before: (u32, u32, usize, usize)) -> bool {
        let (_, _, decisions, outside) = self.happened();
        (decisions, outside) != (before.2, before.3)
    }

    /// Gives a name of a function another value.
    pub(super) fn set_local(&mut self, symbol: Symbol, value: Value<'p>, frame: &Frame<'p>) {
        let scope = frame.set(symbol, value);
        self.note_change(scope.born);
        if let Some(name) = scope.kept_for.get() {
            self.shared.spoil(name);
        }
    }
}

impl Gathered {
    /// What is done in every round that comes to its end.
    fn in_round(&mut self, body: &Statement) {
        let statements = match &body.kind {
            StatementKind::Block(statements, _) => statements.as_slice(),
            _ => std::slice::from_ref(body),
        };
        for statement in statements {
            if let StatementKind::Expr(expr) = &statement.kind
                && let ExprKind::Call(callee, ..) = &bare(expr).kind
                && let ExprKind::Member(of, name, _) = &callee.kind
                && let (ExprKind::Local(symbol), "push" | "unshift") = (&of.kind, &**name)
            {
                self.lists.push(*symbol);
            }
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &Statement) {
        match &statement.kind {
            StatementKind::Expr(expr) => self.expr(expr),
            StatementKind::If(_, then, otherwise) => {
                self.statement(then);
                otherwise.iter().for_each(|otherwise| self.statement(otherwise));
            }
            StatementKind::Block(statements, _) => statements.iter().for_each(|statement| self.statement(statement)),
            StatementKind::For(inner) => self.statement(&inner.body),
            StatementKind::ForEach(inner) => self.statement(&inner.body),
            StatementKind::While(_, body, _) | StatementKind::Labelled(_, body) | StatementKind::Round(_, body) => {
                self.statement(body);
            }
            StatementKind::Switch(_, cases) => {
                cases.iter().flat_map(|(_, statements)| statements).for_each(|statement| self.statement(statement));
            }
            StatementKind::Try(inner) => {
                let handler = inner.handler.iter().flat_map(|(_, statements)| statements);
                let all = inner.block.iter().chain(handler).chain(inner.finalizer.iter().flatten());
                all.for_each(|statement| self.statement(statement));
            }
            _ => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Unary(Unary::Void, inner) | ExprKind::Await(inner) | ExprKind::Chain(inner) => self.expr(inner),
            ExprKind::Sequence(exprs) => exprs.iter().for_each(|expr| self.expr(expr)),
            ExprKind::Logical(_, _, right) => self.expr(right),
            ExprKind::If(_, then, otherwise) => [then, otherwise].into_iter().for_each(|expr| self.expr(expr)),
            ExprKind::AssignBinary(target, Binary::Add, _) | ExprKind::Update(target, ..) => match &**target {
                Pattern::Local(symbol) => self.grown.push(*symbol),
                Pattern::Member(place) => {
                    if let ExprKind::Member(of, name, _) = &place.kind
                        && let ExprKind::Local(symbol) = of.kind
                    {
                        self.counters.push((symbol, name.clone()));
                    }
                }
                _ => {}
            },
            ExprKind::Assign(target, value) => match &**target {
                Pattern::Local(symbol) if goes_on_with(value, *symbol) => self.grown.push(*symbol),
                _ => {}
            },
            _ => {}
        }
    }
}

/// A call without what is around it that only waits for it.
fn bare(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Unary(Unary::Void, inner) | ExprKind::Await(inner) | ExprKind::Chain(inner) => bare(inner),
        _ => expr,
    }
}

/// Whether a text is made of what a name holds.
fn goes_on_with(value: &Expr, symbol: Symbol) -> bool {
    match &value.kind {
        ExprKind::Local(name) => *name == symbol,
        ExprKind::Binary(Binary::Add, left, right) => goes_on_with(left, symbol) || goes_on_with(right, symbol),
        ExprKind::Template(parts) => parts.1.iter().any(|part| goes_on_with(part, symbol)),
        ExprKind::Call(callee, ..) => matches!(&callee.kind, ExprKind::Member(of, ..) if goes_on_with(of, symbol)),
        ExprKind::If(_, then, otherwise) => goes_on_with(then, symbol) || goes_on_with(otherwise, symbol),
        _ => false,
    }
}

/// Whether something comes from the body of the request.
fn is_of_body(opaque: &Rc<Opaque<'_>>) -> bool {
    match &opaque.origin {
        Origin::Other(what) => *what == BODY,
        Origin::Property(of, _) | Origin::Call(of) => is_of_body(of),
        _ => false,
    }
}

/// Whether `??` or `||` only makes an empty text of what a request has not: whoever asks for it goes on with what is not
/// known, and counts as false where it is not there.
pub(super) fn is_text_at_worst(operator: Logical, value: &Value<'_>, right: &Expr) -> bool {
    let is_empty = matches!(&right.kind, ExprKind::Text(text) if text.is_empty());
    is_empty && operator != Logical::And && matches!(value, Value::Opaque(opaque) if is_of_body(opaque))
}
