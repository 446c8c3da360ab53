//! The outermost level of a file: imports, exports, declarations.

use oxc_ast::ast::{self, Declaration, ImportDeclarationSpecifier, ModuleExportName, Statement};

use super::super::program::{DEFAULT, Declarator, Export, Expr, ExprKind, Module, Pattern, Range, Symbol, Text, Top};
use super::declared::given_more;
use super::{Lowerer, Name, range};

impl Lowerer<'_> {
    pub(super) fn module(&mut self, program: &ast::Program<'_>, module: &mut Module) {
        for statement in &program.body {
            self.top(statement, module);
        }
        module.requests.append(&mut self.requests);
        module.requests.sort_by_key(|(_, range)| range.start);
    }

    fn top(&mut self, statement: &Statement<'_>, module: &mut Module) {
        match statement {
            Statement::ImportDeclaration(import) => self.import(import, module),
            Statement::ExportAllDeclaration(export) if export.export_kind.is_value() => {
                let source = self.request(&export.source, module);
                match &export.exported {
                    Some(name) => {
                        let name = self.exported(name);
                        module.exports.insert(name, Export::Namespace(source));
                    }
                    None => module.stars.push(source),
                }
            }
            Statement::ExportNamedDeclaration(export) if export.export_kind.is_value() => {
                for specifier in export.specifiers.iter().filter(|s| s.export_kind.is_value()) {
                    let name = self.exported(&specifier.exported);
                    if let ModuleExportName::IdentifierReference(local) = &specifier.local
                        && let Name::Top(symbol) = self.named(local)
                    {
                        module.exports.insert(name, Export::Symbol(symbol, range(specifier.span)));
                    }
                }
            }
            Statement::ExportFromDeclaration(export) if export.export_kind.is_value() => {
                let source = self.request(&export.source, module);
                for specifier in export.specifiers.iter().filter(|s| s.export_kind.is_value()) {
                    let (name, local) = (self.exported(&specifier.exported), self.exported(&specifier.local));
                    module.exports.insert(name, Export::From(source.clone(), local, range(specifier.span)));
                }
            }
            Statement::ExportDeclaration(export) => {
                for (symbol, range) in self.declaration(&export.declaration, module) {
                    if let Some(name) = self.scoping.symbol_names().nth(symbol as usize) {
                        module.exports.insert(self.text(name), Export::Symbol(symbol, range));
                    }
                }
            }
            Statement::ExportDefaultDeclaration(export) => self.default(export, module),
            other => match other.as_declaration() {
                Some(declaration) => {
                    self.declaration(declaration, module);
                }
                None => {
                    let (statements, _) = self.block(std::slice::from_ref(other));
                    module.statements.extend(statements);
                }
            },
        }
    }

    fn request(&mut self, source: &ast::StringLiteral<'_>, module: &mut Module) -> Text {
        let name = self.text(&source.value);
        module.requests.push((name.clone(), range(source.span)));
        name
    }

    fn exported(&mut self, name: &ModuleExportName<'_>) -> Text {
        self.text(name.name().as_str())
    }

    fn import(&mut self, import: &ast::ImportDeclaration<'_>, module: &mut Module) {
        if !import.import_kind.is_value() {
            return;
        }
        let Some(specifiers) = &import.specifiers else {
            self.request(&import.source, module);
            return;
        };
        let mut source = None;
        for specifier in specifiers {
            let (local, imported) = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(s) if s.import_kind.is_value() => {
                    (&s.local, Some(self.exported(&s.imported)))
                }
                ImportDeclarationSpecifier::ImportSpecifier(_) => continue,
                ImportDeclarationSpecifier::ImportDefaultSpecifier(s) => (&s.local, Some(self.text("default"))),
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(s) => (&s.local, None),
            };
            let source = source.get_or_insert_with(|| self.text(&import.source.value)).clone();
            let top = match imported {
                Some(imported) => Top::Import(source, imported),
                None => Top::Namespace(source),
            };
            module.top.insert(Self::symbol(local), top);
        }
        if let Some(source) = source {
            module.requests.push((source, range(import.source.span)));
        }
    }

    fn default(&mut self, export: &ast::ExportDefaultDeclaration<'_>, module: &mut Module) {
        use ast::ExportDefaultDeclarationKind as Kind;
        let name = self.text("default");
        let at = range(export.span);
        let symbol = match &export.declaration {
            Kind::FunctionDeclaration(function) => match &function.id {
                Some(id) => self.declare_function(id, function, module),
                None => {
                    let lowered = self.function(function);
                    unnamed(Expr { kind: ExprKind::Function(Box::new(lowered)), range: at }, module)
                }
            },
            Kind::ClassDeclaration(class) => match &class.id {
                Some(id) => self.declare_class(id, class, module),
                None => {
                    let lowered = self.class(class);
                    unnamed(Expr { kind: ExprKind::Class(Box::new(lowered)), range: at }, module)
                }
            },
            Kind::TSInterfaceDeclaration(_) => return,
            other => match other.as_expression() {
                Some(expression) => {
                    let value = self.expr(expression);
                    let at = value.range;
                    let symbol = unnamed(value, module);
                    module.exports.insert(name, Export::Symbol(symbol, at));
                    return;
                }
                None => return,
            },
        };
        module.exports.insert(name, Export::Symbol(symbol, at));
    }

    /// Lowers a declaration of the outermost level; gives what it declares.
    fn declaration(&mut self, declaration: &Declaration<'_>, module: &mut Module) -> Vec<(Symbol, Range)> {
        match declaration {
            Declaration::VariableDeclaration(variables) if variables.declare => Vec::new(),
            Declaration::VariableDeclaration(variables) => {
                let mut declared = Vec::new();
                for variable in &variables.declarations {
                    let pattern = self.pattern(&variable.id);
                    let init = variable.init.as_ref().map(|init| self.expr(init));
                    let mut names = Vec::new();
                    symbols(&pattern, &mut names);
                    let index = module.declarations.len();
                    for symbol in names {
                        module.top.insert(symbol, Top::Variable(index));
                        declared.push((symbol, range(variable.span)));
                    }
                    module.declarations.push(Declarator { pattern, init });
                }
                declared
            }
            Declaration::FunctionDeclaration(function) => match &function.id {
                Some(id) if function.body.is_some() => {
                    vec![(self.declare_function(id, function, module), range(id.span))]
                }
                _ => Vec::new(),
            },
            Declaration::ClassDeclaration(class) => match &class.id {
                Some(id) if !class.declare => vec![(self.declare_class(id, class, module), range(id.span))],
                _ => Vec::new(),
            },
            Declaration::TSEnumDeclaration(declared) => {
                let symbol = Self::symbol(&declared.id);
                let init = Some(self.enumeration(declared));
                module.top.insert(symbol, Top::Variable(module.declarations.len()));
                module.declarations.push(Declarator { pattern: Pattern::Top(symbol), init });
                vec![(symbol, range(declared.id.span))]
            }
            Declaration::TSNamespaceDeclaration(declared) => {
                let Some(init) = self.namespace(declared) else { return Vec::new() };
                let symbol = Self::symbol(&declared.id);
                if module.top.contains_key(&symbol) {
                    // It gives more to a class, a function, an enum or a namespace of the same name.
                    module.statements.push(given_more(symbol, init));
                } else {
                    module.top.insert(symbol, Top::Variable(module.declarations.len()));
                    module.declarations.push(Declarator { pattern: Pattern::Top(symbol), init: Some(init) });
                }
                vec![(symbol, range(declared.id.span))]
            }
            _ => Vec::new(),
        }
    }

    fn declare_function(
        &mut self,
        id: &ast::BindingIdentifier<'_>,
        function: &ast::Function<'_>,
        module: &mut Module,
    ) -> Symbol {
        let symbol = Self::symbol(id);
        if function.body.is_some() {
            let lowered = self.function(function);
            module.top.insert(symbol, Top::Function(module.functions.len()));
            module.functions.push(lowered);
        }
        symbol
    }

    fn declare_class(
        &mut self,
        id: &ast::BindingIdentifier<'_>,
        class: &ast::Class<'_>,
        module: &mut Module,
    ) -> Symbol {
        let symbol = Self::symbol(id);
        let lowered = self.class(class);
        module.top.insert(symbol, Top::Class(module.classes.len()));
        module.classes.push(lowered);
        symbol
    }
}

/// Declares what is exported by default and has no name: its value is kept, and made again, as that of a name is.
fn unnamed(value: Expr, module: &mut Module) -> Symbol {
    module.top.insert(DEFAULT, Top::Variable(module.declarations.len()));
    module.declarations.push(Declarator { pattern: Pattern::Top(DEFAULT), init: Some(value) });
    DEFAULT
}

/// The outermost names that a pattern binds.
fn symbols(pattern: &Pattern, into: &mut Vec<Symbol>) {
    match pattern {
        Pattern::Top(symbol) => into.push(*symbol),
        Pattern::Object(properties, rest) => {
            properties.iter().for_each(|(_, pattern, _)| symbols(pattern, into));
            if let Some(rest) = rest {
                symbols(rest, into);
            }
        }
        Pattern::Array(elements, rest) => {
            elements.iter().flatten().for_each(|pattern| symbols(pattern, into));
            if let Some(rest) = rest {
                symbols(rest, into);
            }
        }
        Pattern::Default(pattern, _) => symbols(pattern, into),
        Pattern::Local(_) | Pattern::Global | Pattern::Member(_) => {}
    }
}
