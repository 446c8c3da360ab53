//! Statements.

use super::{Class, Declarator, Expr, Function, Pattern, Range, Symbol, Text};

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
    /// A round of a loop that has a name.
    Round(Text, Box<Statement>),
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
    /// Whether it is declared here.
    pub declares: bool,
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
