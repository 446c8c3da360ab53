//! What values are bound and assigned to.

use oxc_ast::ast::{
    self, AssignmentTarget, AssignmentTargetMaybeDefault, AssignmentTargetProperty, BindingPattern, PropertyKey,
};
use oxc_span::GetSpan;

use super::super::machine::number_text;
use super::super::program::{Expr, ExprKind, Key, Pattern};
use super::{Lowerer, Name, range};

impl Lowerer<'_> {
    pub(super) fn pattern(&mut self, pattern: &BindingPattern<'_>) -> Pattern {
        match pattern {
            BindingPattern::BindingIdentifier(id) => pattern_of(&self.declared(id)),
            BindingPattern::ObjectPattern(object) => {
                let properties = object.properties.iter();
                let properties =
                    properties.map(|p| (self.key(&p.key, p.computed), self.pattern(&p.value), range(p.span))).collect();
                Pattern::Object(properties, object.rest.as_ref().map(|rest| Box::new(self.pattern(&rest.argument))))
            }
            BindingPattern::ArrayPattern(array) => {
                let elements = array.elements.iter().map(|e| e.as_ref().map(|e| self.pattern(e))).collect();
                Pattern::Array(elements, array.rest.as_ref().map(|rest| Box::new(self.pattern(&rest.argument))))
            }
            BindingPattern::AssignmentPattern(assigned) => {
                let left = self.pattern(&assigned.left);
                Pattern::Default(Box::new(left), Box::new(self.expr(&assigned.right)))
            }
        }
    }

    pub(super) fn key(&mut self, key: &PropertyKey<'_>, computed: bool) -> Key {
        match key {
            PropertyKey::StaticIdentifier(id) => Key::Name(self.text(&id.name)),
            PropertyKey::PrivateIdentifier(id) => Key::Name(self.text(&private(&id.name))),
            PropertyKey::StringLiteral(text) => Key::Name(self.text(&text.value)),
            PropertyKey::NumericLiteral(number) if !computed => Key::Name(self.text(&number_text(number.value))),
            other => match other.as_expression() {
                Some(expression) => Key::Computed(Box::new(self.expr(expression))),
                None => Key::Computed(Box::new(unknown(other.span(), "a key"))),
            },
        }
    }

    pub(super) fn target(&mut self, target: &AssignmentTarget<'_>) -> Pattern {
        match target {
            AssignmentTarget::ArrayAssignmentTarget(array) => {
                let elements = array.elements.iter().map(|e| e.as_ref().map(|e| self.maybe_default(e))).collect();
                Pattern::Array(elements, array.rest.as_ref().map(|rest| Box::new(self.target(&rest.target))))
            }
            AssignmentTarget::ObjectAssignmentTarget(object) => {
                let properties = object.properties.iter();
                let properties = properties
                    .map(|property| match property {
                        AssignmentTargetProperty::AssignmentTargetPropertyIdentifier(p) => {
                            let key = Key::Name(self.text(&p.binding.name));
                            let bound = pattern_of(&self.named(&p.binding));
                            let bound = match &p.init {
                                Some(init) => Pattern::Default(Box::new(bound), Box::new(self.expr(init))),
                                None => bound,
                            };
                            (key, bound, range(p.span))
                        }
                        AssignmentTargetProperty::AssignmentTargetPropertyProperty(p) => {
                            (self.key(&p.name, p.computed), self.maybe_default(&p.binding), range(p.span))
                        }
                    })
                    .collect();
                Pattern::Object(properties, object.rest.as_ref().map(|rest| Box::new(self.target(&rest.target))))
            }
            simple => match simple.as_simple_assignment_target() {
                Some(simple) => self.simple(simple),
                None => Pattern::Global,
            },
        }
    }

    fn maybe_default(&mut self, target: &AssignmentTargetMaybeDefault<'_>) -> Pattern {
        match target {
            AssignmentTargetMaybeDefault::AssignmentTargetWithDefault(with) => {
                let bound = self.target(&with.binding);
                Pattern::Default(Box::new(bound), Box::new(self.expr(&with.init)))
            }
            other => other.as_assignment_target().map_or(Pattern::Global, |target| self.target(target)),
        }
    }

    pub(super) fn simple(&mut self, target: &ast::SimpleAssignmentTarget<'_>) -> Pattern {
        use ast::SimpleAssignmentTarget as Simple;
        match target {
            Simple::AssignmentTargetIdentifier(id) => pattern_of(&self.named(id)),
            Simple::TSAsExpression(e) => self.place(&e.expression),
            Simple::TSSatisfiesExpression(e) => self.place(&e.expression),
            Simple::TSNonNullExpression(e) => self.place(&e.expression),
            Simple::TSTypeAssertion(e) => self.place(&e.expression),
            other => match other.as_member_expression() {
                Some(member) => Pattern::Member(self.member(member)),
                None => Pattern::Global,
            },
        }
    }

    fn place(&mut self, expression: &ast::Expression<'_>) -> Pattern {
        let expr = self.expr(expression);
        match expr.kind {
            ExprKind::Local(symbol) => Pattern::Local(symbol),
            ExprKind::Top(symbol) => Pattern::Top(symbol),
            ExprKind::Member(..) | ExprKind::Index(..) => Pattern::Member(expr),
            _ => Pattern::Global,
        }
    }
}

pub(super) fn pattern_of(name: &Name) -> Pattern {
    match name {
        Name::Local(symbol) => Pattern::Local(*symbol),
        Name::Top(symbol) => Pattern::Top(*symbol),
        Name::Global => Pattern::Global,
    }
}

pub(super) fn unknown(span: oxc_span::Span, what: &'static str) -> Expr {
    Expr { kind: ExprKind::Unknown(what), range: range(span) }
}

/// The name of a private field: no name that code can compute.
pub(super) fn private(name: &str) -> String {
    format!("\0#{name}")
}
