//! The list of rules over code.

mod event_id_differs;

use super::facts::Facts;
use crate::findings::Findings;
use crate::rule::Meta;

/// A rule over what was seen of an application.
#[derive(Debug)]
pub struct CodeRule {
    /// What it is.
    pub meta: Meta,
    /// Adds a finding for every instance.
    pub check: fn(&Facts<'_>, &mut Findings<'_>),
}

/// Every rule over code. To add one: write its file, add a line here.
pub static RULES: &[&CodeRule] = &[&event_id_differs::RULE];
