//! TypeScript as the machine runs it: names resolved, types gone, sugar gone, every node with its place.
//!
//! Unlike the parser's tree it borrows nothing and can be read by several threads. It knows nothing of
//! contracts or of Inngest.

use std::collections::HashMap;
use std::sync::Arc;

use crate::source::{Source, Span};

/// A name that a module declares; unique in the module.
pub type Symbol = u32;

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
    pub top: HashMap<Symbol, Top>,
    /// The functions that its outermost level declares.
    pub functions: Vec<Function>,
    /// The classes that its outermost level declares.
    pub classes: Vec<Class>,
    /// Its outermost variable declarations.
    pub declarations: Vec<Declarator>,
    /// Outermost statements that change a value which a name stands for, such as `list.push(x)`.
    pub amendments: Vec<(Symbol, Expr)>,
    /// Outermost calls whose value no name holds.
    pub effects: Vec<Expr>,
    /// What it exports, by the exported name.
    pub exports: HashMap<Text, Export>,
    /// Modules all of whose exports it exports.
    pub stars: Vec<Text>,
    /// Every module that it names, in order, without those that give types only.
    pub requests: Vec<(Text, Range)>,
    /// The names of its symbols.
    pub names: Vec<Text>,
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
    /// A value.
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
    /// Parameters of a constructor that are fields as well.
    pub fields: Vec<(Text, Symbol)>,
    /// The symbol of its own name inside of it.
    pub own: Option<Symbol>,
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

/// A statement.
#[derive(Debug)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// Its place.
    pub range: Range,
}

/// What a statement does.
#[derive(Debug)]
pub enum StatementKind {
    /// Declares.
    Declare(Vec<Declarator>),
    /// Declares a class.
    Class(Symbol, Box<Class>),
    /// Evaluates.
    Expr(Expr),
    /// Leaves the function.
    Return(Option<Expr>),
    /// Chooses.
    If(Expr, Box<Statement>, Option<Box<Statement>>),
    /// Groups.
    Block(Vec<Statement>, Vec<(Symbol, Function)>),
    /// Loops.
    For(Box<ForLoop>),
    /// Loops over values, or over keys.
    ForEach(Box<ForEach>),
    /// Loops; whether the test comes after the first round.
    While(Expr, Box<Statement>, bool),
    /// Chooses among many.
    Switch(Expr, Vec<(Option<Expr>, Vec<Statement>)>),
    /// Tries.
    Try(Box<Try>),
    /// Throws.
    Throw(Expr),
    /// Leaves a loop, a switch or a labelled statement.
    Break(Option<Text>),
    /// Begins the next round.
    Continue(Option<Text>),
    /// Has a name.
    Labelled(Text, Box<Statement>),
}

/// `for (init; test; update) body`.
#[derive(Debug)]
pub struct ForLoop {
    /// Before.
    pub init: Option<Statement>,
    /// While.
    pub test: Option<Expr>,
    /// After each round.
    pub update: Option<Expr>,
    /// Each round.
    pub body: Statement,
}

/// `for (target of object) body`, or `in`.
#[derive(Debug)]
pub struct ForEach {
    /// What is bound.
    pub target: Pattern,
    /// Over what.
    pub object: Expr,
    /// Whether its keys are meant.
    pub keys: bool,
    /// Each round.
    pub body: Statement,
}

/// `try block catch (parameter) handler finally finalizer`.
#[derive(Debug)]
pub struct Try {
    /// What may throw.
    pub block: Vec<Statement>,
    /// What happens then.
    pub handler: Option<(Option<Pattern>, Vec<Statement>)>,
    /// What happens in any case.
    pub finalizer: Option<Vec<Statement>>,
}

/// What a value is bound or assigned to.
#[derive(Debug)]
pub enum Pattern {
    /// A name that is declared here or outside.
    Local(Symbol),
    /// An outermost name.
    Top(Symbol),
    /// A name that no module declares.
    Global,
    /// A property.
    Member(Expr),
    /// `{ key: pattern, ...rest }`.
    Object(Vec<(Key, Pattern, Range)>, Option<Box<Pattern>>),
    /// `[pattern, , ...rest]`.
    Array(Vec<Option<Pattern>>, Option<Box<Pattern>>),
    /// `pattern = default`.
    Default(Box<Pattern>, Box<Expr>),
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its place.
    pub range: Range,
}

/// What an expression is.
#[derive(Debug)]
pub enum ExprKind {
    /// `undefined`, `void x`.
    Undefined,
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Text),
    /// A regular expression with its flags.
    Regex(Text, Text),
    /// A template: texts, and the expressions between them.
    Template(Vec<Text>, Vec<Expr>),
    /// A template that a function takes.
    Tagged(Box<Expr>, Vec<Text>, Vec<Expr>),
    /// A name that is declared in a function.
    Local(Symbol),
    /// An outermost name.
    Top(Symbol),
    /// A name that no module declares.
    Global(Text),
    /// `this`.
    This,
    /// `super`.
    Super,
    /// A list.
    Array(Vec<Element>),
    /// An object.
    Object(Vec<Property>),
    /// A function.
    Function(Box<Function>),
    /// A class.
    Class(Box<Class>),
    /// `!x`, `-x`, `typeof x`.
    Unary(Unary, Box<Expr>),
    /// `x++`: the target, how much, and whether the old value is given.
    Update(Box<Pattern>, f64, bool),
    /// `a + b`.
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// `a && b`.
    Logical(Logical, Box<Expr>, Box<Expr>),
    /// `target = value`.
    Assign(Box<Pattern>, Box<Expr>),
    /// `target += value`.
    AssignBinary(Box<Pattern>, Binary, Box<Expr>),
    /// `target ??= value`.
    AssignLogical(Box<Pattern>, Logical, Box<Expr>),
    /// `test ? a : b`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A call; whether `?.` stands before it.
    Call(Box<Expr>, Vec<Element>, bool),
    /// `new`.
    New(Box<Expr>, Vec<Element>),
    /// `object.name`; whether `?.` stands before it.
    Member(Box<Expr>, Text, bool),
    /// `object[key]`; whether `?.` stands before it.
    Index(Box<Expr>, Box<Expr>, bool),
    /// What `?.` leaves when there is nothing.
    Chain(Box<Expr>),
    /// `a, b`.
    Sequence(Vec<Expr>),
    /// `await x`.
    Await(Box<Expr>),
    /// `yield x`.
    Yield(Option<Box<Expr>>),
    /// `import(x)`.
    Import(Box<Expr>),
    /// Something whose value is not modelled, with what it is for people.
    Unknown(&'static str),
}

/// An element of a list, or an argument.
#[derive(Debug)]
pub enum Element {
    /// A value.
    One(Expr),
    /// `...values`.
    Spread(Expr),
    /// Nothing.
    Hole,
}

/// A property of an object.
#[derive(Debug)]
pub enum Property {
    /// `key: value`.
    Value(Key, Expr),
    /// `get key() {}`.
    Getter(Key, Function),
    /// `...object`.
    Spread(Expr),
}

/// Operators with one operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `!`
    Not,
    /// `-`
    Minus,
    /// `+`
    Plus,
    /// `~`
    BitNot,
    /// `typeof`
    Typeof,
    /// `void`
    Void,
    /// `delete`
    Delete,
}

/// Operators with two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they are named as in the language")]
pub enum Binary {
    Equal,
    NotEqual,
    Same,
    NotSame,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    ShiftLeft,
    ShiftRight,
    ShiftRightZero,
    BitOr,
    BitXor,
    BitAnd,
    In,
    InstanceOf,
}

/// Operators that may not look at their second operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Logical {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `??`
    Coalesce,
}
