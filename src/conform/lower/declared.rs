//! Classes, enums and namespaces.

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
