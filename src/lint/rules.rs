//! The list of rules.

mod cancel_condition_refused;
mod cel_never_repeats;
mod cel_syntax;
mod cel_unknown_path;
mod expressions;
mod idempotency_boolean;
mod idempotency_constant;
mod idempotency_path_not_required_text;
mod key_constant;
mod key_path_optional;
mod priority_out_of_range;
mod unused_allow;

use super::ContractRule;

pub(super) use unused_allow::apply as apply_allow;

/// Every rule over the contract. To add one: write its file, add a line here.
pub static RULES: &[&ContractRule] = &[
    &unused_allow::RULE,
    &cancel_condition_refused::RULE,
    &cel_never_repeats::RULE,
    &cel_syntax::RULE,
    &cel_unknown_path::RULE,
    &idempotency_boolean::RULE,
    &idempotency_constant::RULE,
    &idempotency_path_not_required_text::RULE,
    &key_constant::RULE,
    &key_path_optional::RULE,
    &priority_out_of_range::RULE,
];
