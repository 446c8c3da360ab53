//! Expressions, and what values are bound to.

use super::{Class, Function, Key, Range, Statement, Symbol, Text};

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
    Template(Box<(Vec<Text>, Vec<Expr>)>),
    /// A template that a function takes.
    Tagged(Box<Tagged>),
    /// A name that is declared in a function.
    Local(Symbol),
    /// An outermost name.
    Top(Symbol),
    /// A name that no module declares.
    Global(Text),
    /// `this`.
    This,
    /// `new.target`.
    NewTarget,
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
    /// An enum.
    Enum(Vec<EnumMember>),
    /// A namespace.
    Namespace(Box<Namespace>),
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
    /// `yield x`; whether all of `x` is meant.
    Yield(Option<Box<Expr>>, bool),
    /// `import(x)`.
    Import(Box<Expr>),
    /// Something whose value is not modelled, with what it is for people.
    Unknown(&'static str),
}

/// A member of an enum.
#[derive(Debug)]
pub struct EnumMember {
    /// Its name.
    pub name: Text,
    /// The symbol by which other members name it.
    pub symbol: Option<Symbol>,
    /// Its value, where one is written.
    pub init: Option<Expr>,
    /// Its place.
    pub range: Range,
}

/// A namespace.
#[derive(Debug)]
pub struct Namespace {
    /// Its statements.
    pub body: Vec<Statement>,
    /// Functions that it declares.
    pub hoisted: Vec<(Symbol, Function)>,
    /// What it exports.
    pub exports: Vec<(Text, Symbol)>,
}

/// A template that a function takes.
#[derive(Debug)]
pub struct Tagged {
    /// The function.
    pub tag: Expr,
    /// The texts.
    pub texts: Vec<Text>,
    /// The texts as they are written.
    pub raw: Vec<Text>,
    /// The expressions between them.
    pub values: Vec<Expr>,
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
    Getter(Key, Box<Function>),
    /// `set key(value) {}`.
    Setter(Key, Box<Function>),
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
