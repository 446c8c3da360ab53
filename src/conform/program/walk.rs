//! What expressions and statements are made of, for who looks for something in them.

use super::{Class, Element, Expr, ExprKind, Function, Key, Pattern, Property, Statement, StatementKind};

/// A part of a program.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// An expression.
    Expr(&'a Expr),
    /// A statement.
    Statement(&'a Statement),
    /// What a value is bound or assigned to.
    Pattern(&'a Pattern),
    /// A function.
    Function(&'a Function),
    /// A class.
    Class(&'a Class),
}

impl Expr {
    /// What is directly in an expression, in the order in which it is written.
    pub fn parts<'a>(&'a self, each: &mut dyn FnMut(Part<'a>)) {
        match &self.kind {
            ExprKind::Template(template) => template.1.iter().for_each(|value| each(Part::Expr(value))),
            ExprKind::Tagged(tagged) => {
                each(Part::Expr(&tagged.tag));
                tagged.values.iter().for_each(|value| each(Part::Expr(value)));
            }
            ExprKind::Array(elements) => elements.iter().filter_map(Element::expr).for_each(|e| each(Part::Expr(e))),
            ExprKind::Object(properties) => properties.iter().for_each(|property| match property {
                Property::Value(key, value) => {
                    key.parts(each);
                    each(Part::Expr(value));
                }
                Property::Getter(key, function) | Property::Setter(key, function) => {
                    key.parts(each);
                    each(Part::Function(function));
                }
                Property::Spread(value) => each(Part::Expr(value)),
            }),
            ExprKind::Function(function) => each(Part::Function(function)),
            ExprKind::Class(class) => each(Part::Class(class)),
            ExprKind::Namespace(namespace) => {
                namespace.hoisted.iter().for_each(|(_, function)| each(Part::Function(function)));
                namespace.body.iter().for_each(|statement| each(Part::Statement(statement)));
            }
            ExprKind::Unary(_, inner)
            | ExprKind::Member(inner, ..)
            | ExprKind::Chain(inner)
            | ExprKind::Await(inner)
            | ExprKind::Import(inner)
            | ExprKind::Yield(Some(inner), _) => each(Part::Expr(inner)),
            ExprKind::Update(pattern, ..) => each(Part::Pattern(pattern)),
            ExprKind::Binary(_, left, right) | ExprKind::Logical(_, left, right) | ExprKind::Index(left, right, _) => {
                each(Part::Expr(left));
                each(Part::Expr(right));
            }
            ExprKind::Assign(pattern, value)
            | ExprKind::AssignBinary(pattern, _, value)
            | ExprKind::AssignLogical(pattern, _, value) => {
                each(Part::Pattern(pattern));
                each(Part::Expr(value));
            }
            ExprKind::If(test, then, otherwise) => {
                [test, then, otherwise].into_iter().for_each(|inner| each(Part::Expr(inner)));
            }
            ExprKind::Call(callee, arguments, _) | ExprKind::New(callee, arguments) => {
                each(Part::Expr(callee));
                arguments.iter().filter_map(Element::expr).for_each(|argument| each(Part::Expr(argument)));
            }
            ExprKind::Sequence(exprs) => exprs.iter().for_each(|inner| each(Part::Expr(inner))),
            ExprKind::Enum(members) => {
                members.iter().filter_map(|member| member.init.as_ref()).for_each(|init| each(Part::Expr(init)));
            }
            _ => {}
        }
    }
}

impl Element {
    /// The expression of an element, where it has one.
    pub fn expr(&self) -> Option<&Expr> {
        match self {
            Self::One(expr) | Self::Spread(expr) => Some(expr),
            Self::Hole => None,
        }
    }
}

impl Key {
    fn parts<'a>(&'a self, each: &mut dyn FnMut(Part<'a>)) {
        if let Self::Computed(expr) = self {
            each(Part::Expr(expr));
        }
    }
}

impl Statement {
    /// What is directly in a statement, in the order in which it is written.
    pub fn parts<'a>(&'a self, each: &mut dyn FnMut(Part<'a>)) {
        match &self.kind {
            StatementKind::Declare(declarators) => declarators.iter().for_each(|declarator| {
                each(Part::Pattern(&declarator.pattern));
                declarator.init.iter().for_each(|init| each(Part::Expr(init)));
            }),
            StatementKind::Class(_, class) => each(Part::Class(class)),
            StatementKind::Expr(expr) | StatementKind::Return(Some(expr)) | StatementKind::Throw(expr) => {
                each(Part::Expr(expr));
            }
            StatementKind::If(test, then, otherwise) => {
                each(Part::Expr(test));
                each(Part::Statement(then));
                otherwise.iter().for_each(|otherwise| each(Part::Statement(otherwise)));
            }
            StatementKind::Block(statements, functions) => {
                functions.iter().for_each(|(_, function)| each(Part::Function(function)));
                statements.iter().for_each(|inner| each(Part::Statement(inner)));
            }
            StatementKind::For(inner) => {
                inner.init.iter().for_each(|init| each(Part::Statement(init)));
                inner.test.iter().chain(&inner.update).for_each(|expr| each(Part::Expr(expr)));
                each(Part::Statement(&inner.body));
            }
            StatementKind::ForEach(inner) => {
                each(Part::Pattern(&inner.target));
                each(Part::Expr(&inner.object));
                each(Part::Statement(&inner.body));
            }
            StatementKind::While(test, body, _) => {
                each(Part::Expr(test));
                each(Part::Statement(body));
            }
            StatementKind::Switch(value, cases) => {
                each(Part::Expr(value));
                for (test, body) in cases {
                    test.iter().for_each(|test| each(Part::Expr(test)));
                    body.iter().for_each(|inner| each(Part::Statement(inner)));
                }
            }
            StatementKind::Try(inner) => {
                let handler = inner.handler.iter().flat_map(|(_, handler)| handler);
                let all = inner.block.iter().chain(handler).chain(inner.finalizer.iter().flatten());
                all.for_each(|inner| each(Part::Statement(inner)));
            }
            StatementKind::Labelled(_, body) | StatementKind::Round(_, body) => each(Part::Statement(body)),
            _ => {}
        }
    }
}

impl Pattern {
    /// The patterns that a pattern is made of.
    pub fn parts<'a>(&'a self, each: &mut dyn FnMut(&'a Self)) {
        match self {
            Self::Object(properties, rest) => {
                properties.iter().for_each(|(_, pattern, _)| each(pattern));
                rest.iter().for_each(|rest| each(rest));
            }
            Self::Array(elements, rest) => {
                elements.iter().flatten().for_each(&mut *each);
                rest.iter().for_each(|rest| each(rest));
            }
            Self::Default(inner, _) => each(inner),
            Self::Local(_) | Self::Top(_) | Self::Global | Self::Member(_) => {}
        }
    }
}
