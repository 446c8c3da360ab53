//! What every finding is an instance of: a rule with an id, a reason and two examples.
//!
//! A rule is one value in one file. Its documentation, `explain RULE` and its test come from the
//! same fields, so none can say what the others do not. Codes of the earlier stages (a duplicate
//! key, an unknown reference) are described by the same [`Meta`], without a check of their own.

use crate::diagnostic::Severity;
use crate::findings::Findings;

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

/// A rule over an input: the resolved contract, later also the facts of the code or two contracts.
#[derive(Debug)]
pub struct Rule<Input: ?Sized + 'static> {
    /// What it is.
    pub meta: Meta,
    /// Adds a finding for every instance.
    pub check: fn(&Input, &mut Findings<'_>),
}

/// The spec that [`Example::Over`] is laid over.
pub const BASE: &str = include_str!("rule/example.yaml");

/// Every code that a diagnostic can carry, in the order of the list of rules.
pub fn catalogue() -> Vec<&'static Meta> {
    let mut all: Vec<&'static Meta> = Vec::new();
    all.extend(crate::document::CODES);
    all.extend(crate::spec::CODES);
    all.extend(crate::contract::CODES);
    all.extend(crate::lint::RULES.iter().map(|rule| &rule.meta));
    all.extend(crate::plan::CODES);
    all.sort_by_key(|meta| (meta.group, meta.id));
    all
}
