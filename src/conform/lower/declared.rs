//! Classes, enums and namespaces; and what statements of the outermost level do to what is declared there.

use oxc_ast::ast::{
    self, ClassElement, Declaration, MethodDefinitionKind, Statement as Ast, TSEnumMemberName,
    TSNamespaceDeclarationBody,
};
use oxc_span::GetSpan;

use super::super::program::{
    Class, Element, EnumMember, Expr, ExprKind as Kind, Function, Key, Member, MemberKind, Namespace, Pattern,
    Statement, StatementKind, Symbol, Text,
};
use super::{Lowerer, range};

impl Lowerer<'_> {
    pub(super) fn enumeration(&mut self, declared: &ast::TSEnumDeclaration<'_>) -> Expr {
        let scope = declared.body.scope_id.get();
        let members = declared.body.members.iter().filter_map(|member| {
            let name = match &member.id {
                TSEnumMemberName::Identifier(id) => self.text(&id.name),
                TSEnumMemberName::String(text) | TSEnumMemberName::ComputedString(text) => self.text(&text.value),
                TSEnumMemberName::ComputedTemplateString(_) => return None,
            };
            let symbol = match (&member.id, scope) {
                (TSEnumMemberName::Identifier(id), Some(scope)) => self.scoping.get_binding(scope, id.name),
                _ => None,
            };
            let init = member.initializer.as_ref().map(|init| self.expr(init));
            let symbol = symbol.map(|symbol| symbol.index() as Symbol);
            Some(EnumMember { name, symbol, init, range: range(member.span) })
        });
        Expr { kind: Kind::Enum(members.collect()), range: range(declared.span) }
    }

    /// A namespace; `None` for one of types only.
    pub(super) fn namespace(&mut self, declared: &ast::TSNamespaceDeclaration<'_>) -> Option<Expr> {
        if declared.declare {
            return None;
        }
        let outer = std::mem::take(&mut self.hoisted);
        let (mut body, mut exports) = (Vec::new(), Vec::new());
        match &declared.body {
            // `namespace a.b { … }`
            TSNamespaceDeclarationBody::TSNamespaceDeclaration(inner) => {
                if let Some(init) = self.namespace(inner) {
                    let symbol = Self::symbol(&inner.id);
                    exports.push((self.text(&inner.id.name), symbol));
                    let declarator =
                        super::super::program::Declarator { pattern: Pattern::Local(symbol), init: Some(init) };
                    body.push(Statement { kind: StatementKind::Declare(vec![declarator]), range: range(inner.span) });
                }
            }
            TSNamespaceDeclarationBody::TSModuleBlock(block) => {
                for statement in &block.body {
                    let lowered = match statement {
                        Ast::ExportDeclaration(export) => {
                            self.exported_names(&export.declaration, &mut exports);
                            let at = range(export.declaration.span());
                            let kind = self.declared_inside(&export.declaration);
                            kind.map(|kind| Statement { kind, range: at })
                        }
                        other => self.statement(other),
                    };
                    body.extend(lowered);
                }
            }
        }
        let hoisted = std::mem::replace(&mut self.hoisted, outer);
        if body.is_empty() && hoisted.is_empty() {
            return None;
        }
        let kind = Kind::Namespace(Box::new(Namespace { body, hoisted, exports }));
        Some(Expr { kind, range: range(declared.span) })
    }

    fn exported_names(&mut self, declaration: &Declaration<'_>, into: &mut Vec<(Text, Symbol)>) {
        let mut add = |id: &ast::BindingIdentifier<'_>| into.push((self.text(&id.name), Self::symbol(id)));
        match declaration {
            Declaration::VariableDeclaration(variables) => {
                let ids = variables.declarations.iter().flat_map(|variable| variable.id.get_binding_identifiers());
                ids.for_each(&mut add);
            }
            Declaration::FunctionDeclaration(function) => function.id.iter().for_each(add),
            Declaration::ClassDeclaration(class) => class.id.iter().for_each(add),
            Declaration::TSEnumDeclaration(declared) => add(&declared.id),
            Declaration::TSNamespaceDeclaration(declared) => add(&declared.id),
            _ => {}
        }
    }

    pub(super) fn class(&mut self, class: &ast::Class<'_>) -> Class {
        let name = class.id.as_ref().map(|id| self.text(&id.name));
        let parent = class.heritage.as_ref().map(|heritage| self.expr(&heritage.expression));
        let mut constructor = None;
        let mut members = Vec::new();
        for element in &class.body.body {
            match element {
                ClassElement::MethodDefinition(method) if method.value.body.is_some() => {
                    let mut function = self.function(&method.value);
                    if method.kind == MethodDefinitionKind::Constructor {
                        constructor = Some(function);
                        continue;
                    }
                    let key = self.key(&method.key, method.computed);
                    if let Key::Name(name) = &key {
                        function.name = Some(name.clone());
                    }
                    let kind = match method.kind {
                        MethodDefinitionKind::Get => MemberKind::Getter(function),
                        MethodDefinitionKind::Set => MemberKind::Setter(function),
                        _ => MemberKind::Method(function),
                    };
                    members.push(Member { key, is_static: method.r#static, kind });
                }
                // What is only declared is no field: a class may have it as an accessor.
                ClassElement::PropertyDefinition(property) if !property.declare && !property.r#type.is_abstract() => {
                    let key = self.key(&property.key, property.computed);
                    let value = property.value.as_ref().map(|value| self.expr(value));
                    members.push(Member { key, is_static: property.r#static, kind: MemberKind::Field(value) });
                }
                ClassElement::StaticBlock(block) => {
                    let (body, hoisted) = self.block(&block.body);
                    let function = Function { body, hoisted, ..Function::empty(range(block.span)) };
                    let key = Key::Name(self.text(""));
                    members.push(Member { key, is_static: true, kind: MemberKind::Block(function) });
                }
                _ => {}
            }
        }
        let own = class.id.as_ref().map(Self::symbol);
        Class { name, range: range(class.span), own, parent, constructor, members }
    }
}

/// `Object.assign(name, more)`.
pub(super) fn given_more(symbol: Symbol, more: Expr) -> Statement {
    let at = more.range;
    let expr = |kind| Expr { kind, range: at };
    let assign = Kind::Member(Box::new(expr(Kind::Global(Text::from("Object")))), Text::from("assign"), false);
    let arguments = vec![Element::One(expr(Kind::Top(symbol))), Element::One(more)];
    let call = expr(Kind::Call(Box::new(expr(assign)), arguments, false));
    Statement { kind: StatementKind::Expr(call), range: at }
}

/// The outermost names whose values a statement such as `list.push(x)`, `object.key = x` or a loop of these
/// changes.
pub(super) fn amended(statement: &Statement) -> Vec<Symbol> {
    let mut symbols = Vec::new();
    changed(statement, &mut symbols);
    symbols.sort_unstable();
    symbols.dedup();
    symbols
}

fn changed(statement: &Statement, into: &mut Vec<Symbol>) {
    match &statement.kind {
        StatementKind::Expr(expr) | StatementKind::Return(Some(expr)) => changed_by(expr, into),
        StatementKind::If(_, then, otherwise) => {
            changed(then, into);
            otherwise.iter().for_each(|otherwise| changed(otherwise, into));
        }
        StatementKind::Block(statements, _) => statements.iter().for_each(|inner| changed(inner, into)),
        StatementKind::For(inner) => changed(&inner.body, into),
        StatementKind::ForEach(inner) => changed(&inner.body, into),
        StatementKind::While(_, body, _) | StatementKind::Labelled(_, body) | StatementKind::Round(_, body) => {
            changed(body, into);
        }
        StatementKind::Switch(_, cases) => {
            cases.iter().flat_map(|(_, inner)| inner).for_each(|inner| changed(inner, into));
        }
        StatementKind::Try(inner) => {
            let handler = inner.handler.iter().flat_map(|(_, handler)| handler);
            let all = inner.block.iter().chain(handler).chain(inner.finalizer.iter().flatten());
            all.for_each(|inner| changed(inner, into));
        }
        _ => {}
    }
}

fn changed_by(expr: &Expr, into: &mut Vec<Symbol>) {
    match &expr.kind {
        Kind::Call(callee, arguments, _) => {
            let values = arguments.iter().filter_map(|argument| match argument {
                Element::One(value) => Some(value),
                _ => None,
            });
            if let Kind::Member(object, ..) = &callee.kind {
                match &object.kind {
                    // `Object.assign(name, …)`
                    Kind::Global(name) if matches!(&**name, "Object" | "Reflect") => {
                        into.extend(values.clone().next().and_then(root));
                    }
                    _ => into.extend(root(object)),
                }
            }
            for value in values {
                if let Kind::Function(function) = &value.kind {
                    function.body.iter().for_each(|inner| changed(inner, into));
                }
            }
        }
        Kind::Assign(pattern, _) | Kind::AssignBinary(pattern, ..) | Kind::AssignLogical(pattern, ..) => {
            changed_target(pattern, into);
        }
        Kind::Update(pattern, ..) => changed_target(pattern, into),
        Kind::Await(inner) | Kind::Chain(inner) | Kind::Unary(_, inner) => changed_by(inner, into),
        Kind::Logical(_, _, right) => changed_by(right, into),
        Kind::If(_, then, otherwise) => {
            changed_by(then, into);
            changed_by(otherwise, into);
        }
        Kind::Sequence(exprs) => exprs.iter().for_each(|inner| changed_by(inner, into)),
        _ => {}
    }
}

fn root(expr: &Expr) -> Option<Symbol> {
    match &expr.kind {
        Kind::Top(symbol) => Some(*symbol),
        Kind::Member(object, ..) | Kind::Index(object, ..) => root(object),
        _ => None,
    }
}

fn changed_target(pattern: &Pattern, into: &mut Vec<Symbol>) {
    match pattern {
        Pattern::Top(symbol) => into.push(*symbol),
        Pattern::Member(expr) => into.extend(root(expr)),
        Pattern::Object(properties, rest) => {
            properties.iter().for_each(|(_, inner, _)| changed_target(inner, into));
            rest.iter().for_each(|rest| changed_target(rest, into));
        }
        Pattern::Array(elements, rest) => {
            elements.iter().flatten().for_each(|inner| changed_target(inner, into));
            rest.iter().for_each(|rest| changed_target(rest, into));
        }
        Pattern::Default(inner, _) => changed_target(inner, into),
        Pattern::Local(_) | Pattern::Global => {}
    }
}
