//! Expressions and functions.

use oxc_ast::ast::{
    self, Argument, ArrayExpressionElement, ArrowFunctionBody, ChainElement, Expression, FormalParameters,
    MemberExpression, ObjectPropertyKind, PropertyKind,
};
use oxc_span::GetSpan;
use oxc_syntax::operator::{AssignmentOperator, BinaryOperator, LogicalOperator, UnaryOperator, UpdateOperator};

use super::super::program::{
    ARGUMENTS, Binary, Element, Expr, ExprKind as Kind, Function, Key, Logical, Pattern, Property, Statement,
    StatementKind, Tagged, Text, Unary,
};
use super::pattern::{private, unknown};
use super::{Lowerer, Name, range};

impl Lowerer<'_> {
    pub(super) fn expr(&mut self, expression: &Expression<'_>) -> Expr {
        let kind = match expression {
            Expression::BooleanLiteral(e) => Kind::Bool(e.value),
            Expression::NullLiteral(_) => Kind::Null,
            Expression::NumericLiteral(e) => Kind::Number(e.value),
            Expression::BigIntLiteral(_) => Kind::Unknown("a big integer"),
            Expression::RegExpLiteral(e) => {
                let flags = e.regex.flags.to_string();
                Kind::Regex(self.text(&e.regex.pattern.text), self.text(&flags))
            }
            Expression::StringLiteral(e) => Kind::Text(self.text(&e.value)),
            Expression::TemplateLiteral(e) => {
                let (texts, values) = self.template(e);
                Kind::Template(Box::new((texts, values)))
            }
            Expression::Identifier(id) => match self.named(id) {
                Name::Local(symbol) => Kind::Local(symbol),
                Name::Top(symbol) => Kind::Top(symbol),
                Name::Global if id.name == "undefined" => Kind::Undefined,
                Name::Global if id.name == "arguments" => {
                    self.names_arguments = true;
                    Kind::Local(ARGUMENTS)
                }
                Name::Global => {
                    self.speaks_http |= matches!(id.name.as_str(), "Request" | "Response" | "Headers");
                    Kind::Global(self.text(&id.name))
                }
            },
            Expression::Super(_) => Kind::Super,
            Expression::ThisExpression(_) => Kind::This,
            Expression::NewTarget(_) => Kind::NewTarget,
            Expression::ArrayExpression(e) => Kind::Array(
                e.elements
                    .iter()
                    .map(|element| match element {
                        ArrayExpressionElement::SpreadElement(spread) => Element::Spread(self.expr(&spread.argument)),
                        ArrayExpressionElement::Elision(_) => Element::Hole,
                        other => other.as_expression().map_or(Element::Hole, |e| Element::One(self.expr(e))),
                    })
                    .collect(),
            ),
            Expression::ObjectExpression(e) => Kind::Object(e.properties.iter().map(|p| self.property(p)).collect()),
            Expression::ArrowFunctionExpression(e) => Kind::Function(Box::new(self.arrow(e))),
            Expression::FunctionExpression(e) => Kind::Function(Box::new(self.function(e))),
            Expression::ClassExpression(e) => Kind::Class(Box::new(self.class(e))),
            Expression::AssignmentExpression(e) => self.assignment(e),
            Expression::AwaitExpression(e) => Kind::Await(self.boxed(&e.argument)),
            Expression::YieldExpression(e) => Kind::Yield(e.argument.as_ref().map(|e| self.boxed(e)), e.delegate),
            Expression::PrivateInExpression(e) => {
                let name = self.text(&private(&e.left.name));
                let name = Expr { kind: Kind::Text(name), range: range(e.left.span) };
                Kind::Binary(Binary::In, Box::new(name), self.boxed(&e.right))
            }
            Expression::BinaryExpression(e) => {
                let left = self.boxed(&e.left);
                Kind::Binary(binary(e.operator), left, self.boxed(&e.right))
            }
            Expression::LogicalExpression(e) => {
                let left = self.boxed(&e.left);
                Kind::Logical(logical(e.operator), left, self.boxed(&e.right))
            }
            Expression::ConditionalExpression(e) => {
                let test = self.boxed(&e.test);
                let then = self.boxed(&e.consequent);
                Kind::If(test, then, self.boxed(&e.alternate))
            }
            Expression::CallExpression(e) => return self.call(e),
            Expression::NewExpression(e) => {
                let callee = self.boxed(&e.callee);
                Kind::New(callee, self.arguments(&e.arguments))
            }
            Expression::ChainExpression(e) => {
                let inner = match &e.expression {
                    ChainElement::CallExpression(call) => self.call(call),
                    ChainElement::TSNonNullExpression(inner) => self.expr(&inner.expression),
                    other => match other.as_member_expression() {
                        Some(member) => self.member(member),
                        None => unknown(e.span, "a chain"),
                    },
                };
                Kind::Chain(Box::new(inner))
            }
            Expression::SequenceExpression(e) => Kind::Sequence(e.expressions.iter().map(|e| self.expr(e)).collect()),
            Expression::TaggedTemplateExpression(e) => {
                let tag = self.expr(&e.tag);
                let (texts, values) = self.template(&e.quasi);
                let raw = e.quasi.quasis.iter().map(|quasi| self.text(&quasi.value.raw)).collect();
                Kind::Tagged(Box::new(Tagged { tag, texts, raw, values }))
            }
            Expression::UnaryExpression(e) => Kind::Unary(unary(e.operator), self.boxed(&e.argument)),
            Expression::UpdateExpression(e) => {
                let step = if e.operator == UpdateOperator::Increment { 1.0 } else { -1.0 };
                Kind::Update(Box::new(self.simple(&e.argument)), step, !e.prefix)
            }
            Expression::ImportExpression(e) => {
                if let Expression::StringLiteral(source) = &e.source {
                    let request = (self.text(&source.value), range(source.span));
                    self.requests.push(request);
                }
                Kind::Import(self.boxed(&e.source))
            }
            Expression::ParenthesizedExpression(e) => return self.expr(&e.expression),
            Expression::TSAsExpression(e) => return self.expr(&e.expression),
            Expression::TSSatisfiesExpression(e) => return self.expr(&e.expression),
            Expression::TSTypeAssertion(e) => return self.expr(&e.expression),
            Expression::TSNonNullExpression(e) => return self.expr(&e.expression),
            Expression::TSInstantiationExpression(e) => return self.expr(&e.expression),
            Expression::ImportMeta(_) => Kind::Unknown("import.meta"),
            Expression::JSXElement(_) | Expression::JSXFragment(_) => Kind::Unknown("JSX"),
            other => match other.as_member_expression() {
                Some(member) => return self.member(member),
                None => Kind::Unknown("an expression"),
            },
        };
        Expr { kind, range: range(expression.span()) }
    }

    fn boxed(&mut self, expression: &Expression<'_>) -> Box<Expr> {
        Box::new(self.expr(expression))
    }

    pub(super) fn member(&mut self, member: &MemberExpression<'_>) -> Expr {
        let kind = match member {
            MemberExpression::ComputedMemberExpression(e) => {
                let object = self.boxed(&e.object);
                match &e.expression {
                    Expression::StringLiteral(name) => Kind::Member(object, self.text(&name.value), e.optional),
                    key => Kind::Index(object, self.boxed(key), e.optional),
                }
            }
            MemberExpression::StaticMemberExpression(e) => {
                let object = self.boxed(&e.object);
                Kind::Member(object, self.text(&e.property.name), e.optional)
            }
            MemberExpression::PrivateFieldExpression(e) => {
                let object = self.boxed(&e.object);
                Kind::Member(object, self.text(&private(&e.field.name)), e.optional)
            }
        };
        Expr { kind, range: range(member.span()) }
    }

    fn call(&mut self, call: &ast::CallExpression<'_>) -> Expr {
        let callee = self.boxed(&call.callee);
        let kind = Kind::Call(callee, self.arguments(&call.arguments), call.optional);
        Expr { kind, range: range(call.span) }
    }

    fn arguments(&mut self, arguments: &[Argument<'_>]) -> Vec<Element> {
        let lowered = arguments.iter().map(|argument| match argument {
            Argument::SpreadElement(spread) => Element::Spread(self.expr(&spread.argument)),
            other => other.as_expression().map_or(Element::Hole, |e| Element::One(self.expr(e))),
        });
        lowered.collect()
    }

    fn template(&mut self, template: &ast::TemplateLiteral<'_>) -> (Vec<Text>, Vec<Expr>) {
        let texts = template.quasis.iter().map(|quasi| {
            let value = quasi.value.cooked.as_ref().unwrap_or(&quasi.value.raw);
            self.text(value)
        });
        let texts = texts.collect();
        (texts, template.expressions.iter().map(|e| self.expr(e)).collect())
    }

    fn property(&mut self, property: &ObjectPropertyKind<'_>) -> Property {
        match property {
            ObjectPropertyKind::SpreadProperty(spread) => Property::Spread(self.expr(&spread.argument)),
            ObjectPropertyKind::ObjectProperty(property) => {
                let key = self.key(&property.key, property.computed);
                match (&property.kind, &property.value) {
                    (PropertyKind::Get, Expression::FunctionExpression(function)) => {
                        Property::Getter(key, Box::new(self.function(function)))
                    }
                    (PropertyKind::Set, Expression::FunctionExpression(function)) => {
                        Property::Setter(key, Box::new(self.function(function)))
                    }
                    (_, value) => {
                        let mut value = self.expr(value);
                        if let (Kind::Function(function), Key::Name(name)) = (&mut value.kind, &key) {
                            function.name.get_or_insert_with(|| name.clone());
                        }
                        // Findings about a property point at the whole of it, key and value.
                        value.range = if property.shorthand { range(property.span) } else { value.range };
                        Property::Value(key, value)
                    }
                }
            }
        }
    }

    fn assignment(&mut self, e: &ast::AssignmentExpression<'_>) -> Kind {
        let target = Box::new(self.target(&e.left));
        if e.operator == AssignmentOperator::Assign {
            return Kind::Assign(target, self.boxed(&e.right));
        }
        let right = self.boxed(&e.right);
        if let Some(operator) = e.operator.to_logical_operator() {
            return Kind::AssignLogical(target, logical(operator), right);
        }
        match e.operator.to_binary_operator() {
            Some(operator) => Kind::AssignBinary(target, binary(operator), right),
            None => Kind::Assign(target, right),
        }
    }

    fn parameters(&mut self, parameters: &FormalParameters<'_>) -> (Vec<Pattern>, Option<Pattern>) {
        let lowered = parameters.items.iter().map(|parameter| {
            let pattern = self.pattern(&parameter.pattern);
            match &parameter.initializer {
                Some(init) => Pattern::Default(Box::new(pattern), self.boxed(init)),
                None => pattern,
            }
        });
        let lowered = lowered.collect();
        (lowered, parameters.rest.as_ref().map(|rest| self.pattern(&rest.rest.argument)))
    }

    pub(super) fn function(&mut self, function: &ast::Function<'_>) -> Function {
        let name = function.id.as_ref().map(|id| self.text(&id.name));
        let own = function.id.as_ref().map(Self::symbol);
        let around = std::mem::take(&mut self.names_arguments);
        let (parameters, rest) = self.parameters(&function.params);
        let mut fields = Vec::new();
        for parameter in &function.params.items {
            let is_field = parameter.accessibility.is_some() || parameter.readonly;
            if let (true, ast::BindingPattern::BindingIdentifier(id)) = (is_field, &parameter.pattern) {
                fields.push((self.text(&id.name), Self::symbol(id)));
            }
        }
        let body = function.body.as_ref().map(|body| self.block(&body.statements));
        let (body, hoisted) = body.unwrap_or_default();
        let names_arguments = std::mem::replace(&mut self.names_arguments, around);
        Function {
            name,
            range: range(function.span),
            parameters,
            rest,
            body,
            hoisted,
            is_async: function.r#async,
            is_arrow: false,
            is_generator: function.generator,
            names_arguments,
            fields,
            own,
        }
    }

    fn arrow(&mut self, arrow: &ast::ArrowFunctionExpression<'_>) -> Function {
        let (parameters, rest) = self.parameters(&arrow.params);
        let (body, hoisted) = match &arrow.body {
            ArrowFunctionBody::FunctionBody(body) => self.block(&body.statements),
            other => match other.as_expression() {
                Some(expression) => {
                    let value = self.expr(expression);
                    let at = value.range;
                    (vec![Statement { kind: StatementKind::Return(Some(value)), range: at }], Vec::new())
                }
                None => (Vec::new(), Vec::new()),
            },
        };
        Function {
            parameters,
            rest,
            body,
            hoisted,
            is_async: arrow.r#async,
            is_arrow: true,
            ..Function::empty(range(arrow.span))
        }
    }
}

fn unary(operator: UnaryOperator) -> Unary {
    match operator {
        UnaryOperator::UnaryPlus => Unary::Plus,
        UnaryOperator::UnaryNegation => Unary::Minus,
        UnaryOperator::LogicalNot => Unary::Not,
        UnaryOperator::BitwiseNot => Unary::BitNot,
        UnaryOperator::Typeof => Unary::Typeof,
        UnaryOperator::Void => Unary::Void,
        UnaryOperator::Delete => Unary::Delete,
    }
}

fn logical(operator: LogicalOperator) -> Logical {
    match operator {
        LogicalOperator::And => Logical::And,
        LogicalOperator::Or => Logical::Or,
        LogicalOperator::Coalesce => Logical::Coalesce,
    }
}

fn binary(operator: BinaryOperator) -> Binary {
    match operator {
        BinaryOperator::Equality => Binary::Equal,
        BinaryOperator::Inequality => Binary::NotEqual,
        BinaryOperator::StrictEquality => Binary::Same,
        BinaryOperator::StrictInequality => Binary::NotSame,
        BinaryOperator::LessThan => Binary::Less,
        BinaryOperator::LessEqualThan => Binary::LessOrEqual,
        BinaryOperator::GreaterThan => Binary::Greater,
        BinaryOperator::GreaterEqualThan => Binary::GreaterOrEqual,
        BinaryOperator::Addition => Binary::Add,
        BinaryOperator::Subtraction => Binary::Subtract,
        BinaryOperator::Multiplication => Binary::Multiply,
        BinaryOperator::Division => Binary::Divide,
        BinaryOperator::Remainder => Binary::Remainder,
        BinaryOperator::Exponential => Binary::Power,
        BinaryOperator::ShiftLeft => Binary::ShiftLeft,
        BinaryOperator::ShiftRight => Binary::ShiftRight,
        BinaryOperator::ShiftRightZeroFill => Binary::ShiftRightZero,
        BinaryOperator::BitwiseOR => Binary::BitOr,
        BinaryOperator::BitwiseXOR => Binary::BitXor,
        BinaryOperator::BitwiseAnd => Binary::BitAnd,
        BinaryOperator::In => Binary::In,
        BinaryOperator::Instanceof => Binary::InstanceOf,
    }
}
