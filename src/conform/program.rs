//! TypeScript as the machine runs it: names resolved, types gone, sugar gone, every node with its place.
//!
//! Unlike the parser's tree it borrows nothing and can be read by several threads. It knows nothing of
//! contracts or of Inngest.

mod expression;
mod statement;
mod walk;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use expression::*;
pub use statement::*;
pub use walk::Part;

use crate::source::{Source, Span};

/// A name that a module declares; unique in the module.
pub type Symbol = u32;

/// `arguments`, which no module declares.
pub const ARGUMENTS: Symbol = Symbol::MAX;

/// What a module exports by default, where that has no name.
pub const DEFAULT: Symbol = Symbol::MAX - 1;

/// The index of a module in the application.
pub type ModuleId = u32;

/// A text that is shared.
pub type Text = Arc<str>;

/// A place in the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Site {
    /// The module.
    pub module: ModuleId,
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

/// Bytes of one module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Range {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Range {
    /// The place in a module.
    pub fn of(self, module: ModuleId) -> Site {
        Site { module, start: self.start, end: self.end }
    }
}

impl Site {
    /// Whether another place is in it.
    pub fn contains(self, other: Self) -> bool {
        self.module == other.module && self.start <= other.start && other.end <= self.end
    }
}

impl From<Site> for Span {
    fn from(site: Site) -> Self {
        Span::new(site.start as usize, site.end as usize)
    }
}

/// A file of the application.
#[derive(Debug)]
pub struct Module {
    /// Its text.
    pub source: Arc<Source>,
    /// What its outermost names stand for.
    pub top: FxHashMap<Symbol, Top>,
    /// The functions that its outermost level declares.
    pub functions: Vec<Function>,
    /// The classes that its outermost level declares.
    pub classes: Vec<Class>,
    /// Its outermost variable declarations.
    pub declarations: Vec<Declarator>,
    /// Its outermost statements that declare nothing, in order.
    pub statements: Vec<Statement>,
    /// What it exports, by the exported name.
    pub exports: FxHashMap<Text, Export>,
    /// Modules all of whose exports it exports.
    pub stars: Vec<Text>,
    /// Every module that it names, in order, without those that give types only.
    pub requests: Vec<(Text, Range)>,
    /// It speaks of requests or answers.
    pub speaks_http: bool,
}

impl Module {
    /// The places of its outermost functions, classes and values.
    pub fn outermost(&self) -> impl Iterator<Item = Range> {
        let functions = self.functions.iter().map(|function| function.range);
        let values = self.declarations.iter().filter_map(|declared| declared.init.as_ref()).map(|init| init.range);
        functions.chain(self.classes.iter().map(|class| class.range)).chain(values)
    }
}

/// What an outermost name stands for.
#[derive(Debug, Clone)]
pub enum Top {
    /// A part of the declaration with this index.
    Variable(usize),
    /// The function with this index.
    Function(usize),
    /// The class with this index.
    Class(usize),
    /// An export of another module.
    Import(Text, Text),
    /// All exports of another module.
    Namespace(Text),
}

/// What an exported name stands for.
#[derive(Debug)]
pub enum Export {
    /// An outermost name.
    Symbol(Symbol, Range),
    /// An export of another module.
    From(Text, Text, Range),
    /// All exports of another module.
    Namespace(Text),
    /// A part of data.
    Value(Expr),
}

/// `pattern = init` of a declaration.
#[derive(Debug)]
pub struct Declarator {
    /// What is bound.
    pub pattern: Pattern,
    /// To what.
    pub init: Option<Expr>,
}

/// A function.
#[derive(Debug)]
pub struct Function {
    /// Its name, for people.
    pub name: Option<Text>,
    /// Its place, without its decorators.
    pub range: Range,
    /// Its parameters, with defaults inside.
    pub parameters: Vec<Pattern>,
    /// The parameter that takes the rest.
    pub rest: Option<Pattern>,
    /// Its statements; a lone expression is a return.
    pub body: Vec<Statement>,
    /// Functions that its body declares, to be there before the first statement.
    pub hoisted: Vec<(Symbol, Function)>,
    /// Whether it gives a promise.
    pub is_async: bool,
    /// Whether it is an arrow: `this` is that of what surrounds it.
    pub is_arrow: bool,
    /// Whether it yields.
    pub is_generator: bool,
    /// Whether it, or an arrow in it, names `arguments`.
    pub names_arguments: bool,
    /// Parameters of a constructor that are fields as well.
    pub fields: Vec<(Text, Symbol)>,
    /// The symbol of its own name inside of it.
    pub own: Option<Symbol>,
}

impl Function {
    /// One that does nothing.
    pub fn empty(range: Range) -> Self {
        Self {
            name: None,
            range,
            parameters: Vec::new(),
            rest: None,
            body: Vec::new(),
            hoisted: Vec::new(),
            is_async: false,
            is_arrow: false,
            is_generator: false,
            names_arguments: false,
            fields: Vec::new(),
            own: None,
        }
    }
}

/// A class.
#[derive(Debug)]
pub struct Class {
    /// Its name, for people.
    pub name: Option<Text>,
    /// Its place.
    pub range: Range,
    /// The symbol of its own name.
    pub own: Option<Symbol>,
    /// What it extends.
    pub parent: Option<Expr>,
    /// The constructor.
    pub constructor: Option<Function>,
    /// Members in order.
    pub members: Vec<Member>,
}

/// A member of a class.
#[derive(Debug)]
pub struct Member {
    /// Its name.
    pub key: Key,
    /// Whether it belongs to the class itself.
    pub is_static: bool,
    /// What it is.
    pub kind: MemberKind,
}

/// What a member of a class is.
#[derive(Debug)]
pub enum MemberKind {
    /// A method.
    Method(Function),
    /// A getter.
    Getter(Function),
    /// A setter.
    Setter(Function),
    /// Statements that the class runs when it is made.
    Block(Function),
    /// A field.
    Field(Option<Expr>),
}

/// A key of an object.
#[derive(Debug)]
pub enum Key {
    /// Known.
    Name(Text),
    /// Computed.
    Computed(Box<Expr>),
}
