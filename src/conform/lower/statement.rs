//! Statements.

use oxc_ast::ast::{self, Declaration, ForStatementInit, ForStatementLeft, Statement as Ast};
use oxc_span::GetSpan;

use super::super::program::{
    Declarator, ForEach, ForLoop, Function, Pattern, Statement, StatementKind as Kind, Symbol, Try,
};
use super::{Lowerer, range};

impl Lowerer<'_> {
    /// Statements of a block with the functions that it declares.
    pub(super) fn block(&mut self, statements: &[Ast<'_>]) -> (Vec<Statement>, Vec<(Symbol, Function)>) {
        let outer = std::mem::take(&mut self.hoisted);
        let lowered = statements.iter().filter_map(|statement| self.statement(statement)).collect();
        (lowered, std::mem::replace(&mut self.hoisted, outer))
    }

    fn grouped(&mut self, statements: &[Ast<'_>], span: oxc_span::Span) -> Statement {
        let (statements, functions) = self.block(statements);
        Statement { kind: Kind::Block(statements, functions), range: range(span) }
    }

    fn statements(&mut self, statements: &[Ast<'_>], span: oxc_span::Span) -> Vec<Statement> {
        let (lowered, functions) = self.block(statements);
        if functions.is_empty() {
            return lowered;
        }
        vec![Statement { kind: Kind::Block(lowered, functions), range: range(span) }]
    }

    /// A statement where one is needed: nothing is an empty block.
    fn body(&mut self, statement: &Ast<'_>) -> Statement {
        let span = statement.span();
        match statement {
            Ast::BlockStatement(block) => self.grouped(&block.body, span),
            other => self
                .statement(other)
                .unwrap_or(Statement { kind: Kind::Block(Vec::new(), Vec::new()), range: range(span) }),
        }
    }

    pub(super) fn statement(&mut self, statement: &Ast<'_>) -> Option<Statement> {
        let at = range(statement.span());
        let kind = match statement {
            Ast::BlockStatement(block) => return Some(self.grouped(&block.body, block.span)),
            Ast::BreakStatement(s) => Kind::Break(s.label.as_ref().map(|label| self.text(&label.name))),
            Ast::ContinueStatement(s) => Kind::Continue(s.label.as_ref().map(|label| self.text(&label.name))),
            Ast::DoWhileStatement(s) => {
                let body = self.body(&s.body);
                Kind::While(self.expr(&s.test), Box::new(body), true)
            }
            Ast::WhileStatement(s) => {
                let test = self.expr(&s.test);
                Kind::While(test, Box::new(self.body(&s.body)), false)
            }
            Ast::ExpressionStatement(s) => Kind::Expr(self.expr(&s.expression)),
            Ast::ForInStatement(s) => self.for_each(&s.left, &s.right, &s.body, true),
            Ast::ForOfStatement(s) => self.for_each(&s.left, &s.right, &s.body, false),
            Ast::ForStatement(s) => {
                let init = s.init.as_ref().and_then(|init| match init {
                    ForStatementInit::VariableDeclaration(variables) => {
                        Some(Statement { kind: Kind::Declare(self.variables(variables)), range: range(variables.span) })
                    }
                    other => {
                        let expression = other.as_expression()?;
                        Some(Statement { kind: Kind::Expr(self.expr(expression)), range: range(expression.span()) })
                    }
                });
                let test = s.test.as_ref().map(|test| self.expr(test));
                let update = s.update.as_ref().map(|update| self.expr(update));
                Kind::For(Box::new(ForLoop { init, test, update, body: self.body(&s.body) }))
            }
            Ast::IfStatement(s) => {
                let test = self.expr(&s.test);
                let then = Box::new(self.body(&s.consequent));
                Kind::If(test, then, s.alternate.as_ref().map(|other| Box::new(self.body(other))))
            }
            Ast::LabeledStatement(s) => {
                let label = self.text(&s.label.name);
                let mut body = self.body(&s.body);
                if let Some(round) = round_of(&mut body) {
                    let empty = Statement { kind: Kind::Break(None), range: round.range };
                    let inner = std::mem::replace(round, empty);
                    round.kind = Kind::Round(label.clone(), Box::new(inner));
                }
                Kind::Labelled(label, Box::new(body))
            }
            Ast::ReturnStatement(s) => Kind::Return(s.argument.as_ref().map(|value| self.expr(value))),
            Ast::SwitchStatement(s) => {
                let value = self.expr(&s.discriminant);
                let cases = s.cases.iter().map(|case| {
                    let test = case.test.as_ref().map(|test| self.expr(test));
                    (test, self.statements(&case.consequent, case.span))
                });
                Kind::Switch(value, cases.collect())
            }
            Ast::ThrowStatement(s) => Kind::Throw(self.expr(&s.argument)),
            Ast::TryStatement(s) => {
                let block = self.statements(&s.block.body, s.block.span);
                let handler = s.handler.as_ref().map(|handler| {
                    let parameter = handler.param.as_ref().map(|parameter| self.pattern(&parameter.pattern));
                    (parameter, self.statements(&handler.body.body, handler.body.span))
                });
                let finalizer = s.finalizer.as_ref().map(|last| self.statements(&last.body, last.span));
                Kind::Try(Box::new(Try { block, handler, finalizer }))
            }
            other => {
                return self.declared_inside(other.as_declaration()?).map(|kind| Statement { kind, range: at });
            }
        };
        Some(Statement { kind, range: at })
    }

    pub(super) fn declared_inside(&mut self, declaration: &Declaration<'_>) -> Option<Kind> {
        match declaration {
            Declaration::VariableDeclaration(variables) => Some(Kind::Declare(self.variables(variables))),
            Declaration::FunctionDeclaration(function) if function.body.is_some() => {
                let symbol = Self::symbol(function.id.as_ref()?);
                let lowered = self.function(function);
                self.hoisted.push((symbol, lowered));
                None
            }
            Declaration::ClassDeclaration(class) => {
                let symbol = Self::symbol(class.id.as_ref()?);
                Some(Kind::Class(symbol, Box::new(self.class(class))))
            }
            Declaration::TSEnumDeclaration(declared) => {
                let pattern = Pattern::Local(Self::symbol(&declared.id));
                Some(Kind::Declare(vec![Declarator { pattern, init: Some(self.enumeration(declared)) }]))
            }
            Declaration::TSNamespaceDeclaration(declared) => {
                let pattern = Pattern::Local(Self::symbol(&declared.id));
                Some(Kind::Declare(vec![Declarator { pattern, init: Some(self.namespace(declared)?) }]))
            }
            _ => None,
        }
    }

    fn variables(&mut self, variables: &ast::VariableDeclaration<'_>) -> Vec<Declarator> {
        let declared = variables.declarations.iter().map(|variable| {
            let pattern = self.pattern(&variable.id);
            Declarator { pattern, init: variable.init.as_ref().map(|init| self.expr(init)) }
        });
        declared.collect()
    }

    fn for_each(
        &mut self,
        left: &ForStatementLeft<'_>,
        right: &ast::Expression<'_>,
        body: &Ast<'_>,
        keys: bool,
    ) -> Kind {
        let target = match left {
            ForStatementLeft::VariableDeclaration(variables) => {
                variables.declarations.first().map_or(Pattern::Global, |variable| self.pattern(&variable.id))
            }
            other => other.as_assignment_target().map_or(Pattern::Global, |target| self.target(target)),
        };
        let object = self.expr(right);
        let declares = matches!(left, ForStatementLeft::VariableDeclaration(_));
        Kind::ForEach(Box::new(ForEach { target, declares, object, keys, body: self.body(body) }))
    }
}

/// What a loop does in each round.
fn round_of(statement: &mut Statement) -> Option<&mut Statement> {
    match &mut statement.kind {
        Kind::For(inner) => Some(&mut inner.body),
        Kind::ForEach(inner) => Some(&mut inner.body),
        Kind::While(_, body, _) => Some(body),
        Kind::Labelled(_, inner) => round_of(inner),
        _ => None,
    }
}
