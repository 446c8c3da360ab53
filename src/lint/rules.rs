//! The list of rules.

mod cancel_condition_refused;
mod cel_never_repeats;
mod cel_syntax;
mod cel_unknown_path;
mod clock_or_random_in_key;
mod dispatch_key_without_window;
mod event_id_without_dispatch_key;
mod event_id_without_event_name;
mod events_share_event_id;
mod expressions;
mod hash_too_short;
mod idempotency_boolean;
mod idempotency_constant;
mod idempotency_path_not_required_text;
mod key_coarser_than_window;
mod key_constant;
mod key_path_optional;
mod params_not_in_key;
mod priority_out_of_range;
mod unused_allow;
mod window;
mod window_longer_than_schedule;
mod window_not_dividing_hour;
mod window_not_dividing_schedule;
mod window_size_not_in_key;

use super::ContractRule;

pub(super) use unused_allow::apply as apply_allow;

/// Every rule over the contract. To add one: write its file, add a line here.
pub static RULES: &[&ContractRule] = &[
    &unused_allow::RULE,
    &cancel_condition_refused::RULE,
    &cel_never_repeats::RULE,
    &cel_syntax::RULE,
    &cel_unknown_path::RULE,
    &clock_or_random_in_key::RULE,
    &dispatch_key_without_window::RULE,
    &event_id_without_dispatch_key::RULE,
    &event_id_without_event_name::RULE,
    &events_share_event_id::RULE,
    &hash_too_short::RULE,
    &idempotency_boolean::RULE,
    &idempotency_constant::RULE,
    &idempotency_path_not_required_text::RULE,
    &key_coarser_than_window::RULE,
    &key_constant::RULE,
    &key_path_optional::RULE,
    &params_not_in_key::RULE,
    &priority_out_of_range::RULE,
    &window_longer_than_schedule::RULE,
    &window_not_dividing_hour::RULE,
    &window_not_dividing_schedule::RULE,
    &window_size_not_in_key::RULE,
];
