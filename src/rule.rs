//! What every finding is an instance of: an id, a reason and two examples.
//!
//! The documentation of a rule, `explain RULE` and its test come from the same fields, so none can say
//! what the others do not. Codes of the earlier stages (a duplicate key, an unknown reference) are
//! described by the same [`Meta`] as the rules over the contract. Nothing here checks anything.

/// What is known about a rule without running it.
#[derive(Debug)]
pub struct Meta {
    /// Names the fault, in kebab-case: `window-longer-than-schedule`.
    pub id: &'static str,
    /// How bad an instance is.
    pub severity: Severity,
    /// What belongs together in the list of rules.
    pub group: Group,
    /// One sentence: what it reports.
    pub summary: &'static str,
    /// Why that is a fault: what happens in production.
    pub why: &'static str,
    /// A spec that has this fault and no other.
    pub bad: Example,
    /// The same without the fault.
    pub good: Example,
}

/// A spec that shows a rule at work.
#[derive(Debug, Clone, Copy)]
pub enum Example {
    /// YAML laid over [`BASE`]: maps merge, null removes, everything else replaces.
    Over(&'static str),
    /// A whole spec.
    Whole(&'static str),
    /// Bytes that no YAML text could show.
    Bytes(fn() -> Vec<u8>),
    /// The fault is one of files on the disk, not of a spec: a case folder shows it.
    Files(&'static str),
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The contract cannot be compiled, or would break in production: nothing is generated.
    Error,
    /// Accepted by the platform and almost surely wrong: `check` fails, `generate` goes on.
    Warning,
}

impl Severity {
    /// The word that is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// The parts of the list of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The YAML itself.
    Document,
    /// Keys and value types.
    Shape,
    /// Names and references.
    Names,
    /// Windows, dispatch keys and event ids.
    Keys,
    /// Options of Inngest functions.
    Functions,
    /// Ceilings and justifications.
    Policy,
    /// Flags, rollback.
    Flags,
    /// Run time against capacity.
    Load,
    /// Payload fields and what fills them.
    Payloads,
    /// Responses and observability.
    Responses,
    /// Owners, routes, rollout and gates.
    Scope,
    /// Generated files.
    Drift,
}

impl Group {
    /// The heading in the list of rules.
    pub fn title(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Shape => "Shape",
            Self::Names => "Names and references",
            Self::Keys => "Windows, keys and ids",
            Self::Functions => "Function options",
            Self::Policy => "Policy",
            Self::Flags => "Flags and rollback",
            Self::Load => "Load",
            Self::Payloads => "Payloads",
            Self::Responses => "Responses and observability",
            Self::Scope => "Scope",
            Self::Drift => "Drift",
        }
    }
}

/// The spec that [`Example::Over`] is laid over.
pub const BASE: &str = include_str!("rule/example.yaml");
