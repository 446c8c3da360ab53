//! The list of rules.

mod unused_allow;

use super::ContractRule;

pub(super) use unused_allow::apply as apply_allow;

/// Every rule over the contract. To add one: write its file, add a line here.
pub static RULES: &[&ContractRule] = &[&unused_allow::RULE];
