//! A file of TypeScript → a [`Module`]: parsed and resolved by oxc, then copied into a form that
//! outlives the parser.
//!
//! It looks at one file alone: what an import leads to is found when it is needed.

mod declared;
mod expression;
mod module;
mod pattern;
mod statement;

use std::collections::HashSet;
use std::sync::Arc;

use oxc_allocator::Allocator;
use oxc_ast::ast;
use oxc_parser::Parser;
use oxc_semantic::{Scoping, SemanticBuilder, Stats};
use oxc_span::SourceType;
use rustc_hash::{FxHashMap, FxHashSet};

use super::program::{Export, Key, Module, Range, Symbol, Text};
use crate::source::{Source, Span};

/// Files that are longer are not read: nobody wrote them.
pub const MOST_BYTES: usize = 4 << 20;

/// Deeper nesting than this is refused: the parser would overflow its stack.
const MOST_NESTING: usize = 1_500;

/// Why a file could not be read.
#[derive(Debug, Clone)]
pub struct Unreadable {
    /// Where.
    pub span: Span,
    /// What is wrong, for people.
    pub message: String,
}

/// Parses and lowers a file. What the parser makes goes to `allocator`, which is emptied first: one serves
/// many files.
///
/// # Errors
/// Its first syntax error: a file with one gives no statements at all.
pub fn lower(source: &Arc<Source>, allocator: &mut Allocator) -> Result<Module, Unreadable> {
    let text = source.text();
    if text.len() > MOST_BYTES {
        let message = format!("it has more than {} MiB", MOST_BYTES >> 20);
        return Err(Unreadable { span: Span::new(0, 0), message });
    }
    if let Some(at) = too_deep(text) {
        return Err(Unreadable { span: Span::new(at, at + 1), message: "it is nested too deep".into() });
    }
    if source.path().ends_with(".json") {
        return data(source, allocator);
    }
    let kind = SourceType::from_path(source.path()).unwrap_or_else(|_| SourceType::ts());
    allocator.reset();
    let allocator = &*allocator;
    let parsed = Parser::new(allocator, text, kind).parse();
    if let Some(error) = parsed.diagnostics.iter().next() {
        let label = error.labels.as_ref().first();
        let start = label.map_or(0, |label| label.offset() as usize).min(text.len());
        let end = start + label.map_or(0, |label| label.len() as usize);
        return Err(Unreadable {
            span: Span::new(start, end.clamp(start, text.len())),
            message: error.message.to_string(),
        });
    }
    let program = allocator.alloc(parsed.program);
    // About as many as people write: to count them is another walk over the file.
    let length = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
    let stats = Stats::new(length / 8, length / 160, length / 80, length / 32);
    let semantic = SemanticBuilder::new().with_enum_eval(false).with_stats(stats).build(program).semantic;
    let scoping = semantic.into_scoping();
    let ambient = ambient(program);
    let mut lowerer = Lowerer::new(&scoping, ambient);
    let mut module = empty(source);
    lowerer.module(program, &mut module);
    module.speaks_http = lowerer.speaks_http;
    Ok(module)
}

/// JSON that is imported: as a whole, or each of its names.
fn data(source: &Arc<Source>, allocator: &mut Allocator) -> Result<Module, Unreadable> {
    allocator.reset();
    let parsed = Parser::new(allocator, source.text(), SourceType::ts()).parse_expression();
    let unreadable = |_| Unreadable { span: Span::new(0, 0), message: "it is not valid JSON".into() };
    let whole = parsed.map_err(unreadable)?;
    let scoping = Scoping::default();
    let mut lowerer = Lowerer::new(&scoping, HashSet::new());
    let mut module = empty(source);
    if let ast::Expression::ObjectExpression(object) = &whole {
        for property in &object.properties {
            if let ast::ObjectPropertyKind::ObjectProperty(property) = property
                && let Key::Name(name) = lowerer.key(&property.key, property.computed)
            {
                module.exports.insert(name, Export::Value(lowerer.expr(&property.value)));
            }
        }
    }
    module.exports.insert(Text::from("default"), Export::Value(lowerer.expr(&whole)));
    Ok(module)
}

fn empty(source: &Arc<Source>) -> Module {
    Module {
        source: source.clone(),
        top: FxHashMap::default(),
        functions: Vec::new(),
        classes: Vec::new(),
        declarations: Vec::new(),
        statements: Vec::new(),
        exports: FxHashMap::default(),
        stars: Vec::new(),
        requests: Vec::new(),
        speaks_http: false,
    }
}

/// The first bracket that is nested deeper than the parser can take; brackets in texts count as well,
/// which refuses nothing that a person writes.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => {
                depth += 1;
                if depth > MOST_NESTING {
                    return Some(at);
                }
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

struct Lowerer<'s> {
    scoping: &'s Scoping,
    /// Texts that were met, so that equal ones are one.
    texts: FxHashSet<Text>,
    /// Functions that the block at hand declares.
    hoisted: Vec<(Symbol, super::program::Function)>,
    /// Outermost names that are only said to be there: `declare const process`.
    ambient: HashSet<Symbol>,
    /// The platform's requests or answers were named.
    speaks_http: bool,
    /// The function at hand names `arguments`.
    names_arguments: bool,
    /// Modules that are imported when they are needed.
    requests: Vec<(Text, Range)>,
}

/// What a name stands for.
enum Name {
    Local(Symbol),
    Top(Symbol),
    Global,
}

impl<'s> Lowerer<'s> {
    fn new(scoping: &'s Scoping, ambient: HashSet<Symbol>) -> Self {
        Self {
            scoping,
            texts: FxHashSet::default(),
            hoisted: Vec::new(),
            ambient,
            speaks_http: false,
            names_arguments: false,
            requests: Vec::new(),
        }
    }

    fn text(&mut self, text: &str) -> Text {
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        let new = Text::from(text);
        self.texts.insert(new.clone());
        new
    }

    fn symbol(id: &ast::BindingIdentifier<'_>) -> Symbol {
        id.symbol_id.get().map_or(Symbol::MAX, |symbol| symbol.index() as Symbol)
    }

    fn declared(&self, id: &ast::BindingIdentifier<'_>) -> Name {
        match id.symbol_id.get() {
            Some(symbol) if self.scoping.symbol_scope_id(symbol) == self.scoping.root_scope_id() => {
                Name::Top(symbol.index() as Symbol)
            }
            Some(symbol) => Name::Local(symbol.index() as Symbol),
            None => Name::Global,
        }
    }

    fn named(&self, id: &ast::IdentifierReference<'_>) -> Name {
        let symbol = id.reference_id.get().and_then(|id| self.scoping.get_reference(id).symbol_id());
        match symbol {
            Some(symbol) if self.ambient.contains(&(symbol.index() as Symbol)) => Name::Global,
            Some(symbol) if self.scoping.symbol_scope_id(symbol) == self.scoping.root_scope_id() => {
                Name::Top(symbol.index() as Symbol)
            }
            Some(symbol) => Name::Local(symbol.index() as Symbol),
            None => Name::Global,
        }
    }
}

/// The names of a file's `declare` statements: they stand for what is there without the file.
fn ambient(program: &ast::Program<'_>) -> HashSet<Symbol> {
    let mut all = HashSet::new();
    for statement in &program.body {
        match statement {
            ast::Statement::VariableDeclaration(variables) if variables.declare => {
                for variable in &variables.declarations {
                    all.extend(variable.id.get_binding_identifiers().iter().map(|id| Lowerer::symbol(id)));
                }
            }
            ast::Statement::FunctionDeclaration(function) if function.declare => {
                all.extend(function.id.as_ref().map(Lowerer::symbol));
            }
            ast::Statement::ClassDeclaration(class) if class.declare => {
                all.extend(class.id.as_ref().map(Lowerer::symbol));
            }
            _ => {}
        }
    }
    all
}

fn range(span: oxc_span::Span) -> Range {
    Range { start: span.start, end: span.end }
}
