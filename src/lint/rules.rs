//! The list of rules.

mod above_ceiling;
mod batch_combination_refused;
mod batch_ignores_options;
mod batch_size_below_two;
mod cancel_condition_ignored;
mod cancel_condition_refused;
mod cancel_without_condition;
mod cel_never_repeats;
mod cel_syntax;
mod cel_unknown_path;
mod clock_or_random_in_key;
mod concurrency_limit_below_one;
mod debounce_never_ends;
mod debounce_period_out_of_range;
mod debounce_timeout_ignored;
mod dispatch_key_without_window;
mod event_id_ignored;
mod event_id_without_dispatch_key;
mod event_id_without_event_name;
mod events_share_event_id;
mod example;
mod expressions;
mod given;
mod hash_too_short;
mod idempotency_boolean;
mod idempotency_constant;
mod idempotency_path_not_required_text;
mod idempotency_replaces_rate_limit;
mod idempotency_spent_by_debounce;
mod idempotency_spent_by_singleton;
mod key_coarser_than_window;
mod key_constant;
mod key_path_optional;
mod limit_below_schedule;
mod load_exceeds_concurrency;
mod params_not_in_key;
mod priority_out_of_range;
mod rate_limit_out_of_range;
mod retries_out_of_range;
mod shared_concurrency_without_key;
mod singleton_without_mode;
mod throttle_out_of_range;
mod timeout_shorter_than_duration;
mod too_many_cancelling_events;
mod unused_allow;
mod useless_justification;
mod window;
mod window_longer_than_schedule;
mod window_not_dividing_hour;
mod window_not_dividing_schedule;
mod window_size_not_in_key;
mod wrong_number_of_concurrency_limits;

use super::ContractRule;

pub(super) use unused_allow::apply as apply_allow;

/// Every rule over the contract. To add one: write its file, add a line here.
pub static RULES: &[&ContractRule] = &[
    &unused_allow::RULE,
    &above_ceiling::RULE,
    &batch_combination_refused::RULE,
    &batch_ignores_options::RULE,
    &batch_size_below_two::RULE,
    &cancel_condition_ignored::RULE,
    &cancel_condition_refused::RULE,
    &cancel_without_condition::RULE,
    &cel_never_repeats::RULE,
    &cel_syntax::RULE,
    &cel_unknown_path::RULE,
    &clock_or_random_in_key::RULE,
    &concurrency_limit_below_one::RULE,
    &debounce_never_ends::RULE,
    &debounce_period_out_of_range::RULE,
    &debounce_timeout_ignored::RULE,
    &dispatch_key_without_window::RULE,
    &event_id_ignored::RULE,
    &event_id_without_dispatch_key::RULE,
    &event_id_without_event_name::RULE,
    &events_share_event_id::RULE,
    &hash_too_short::RULE,
    &idempotency_boolean::RULE,
    &idempotency_constant::RULE,
    &idempotency_path_not_required_text::RULE,
    &idempotency_replaces_rate_limit::RULE,
    &idempotency_spent_by_debounce::RULE,
    &idempotency_spent_by_singleton::RULE,
    &key_coarser_than_window::RULE,
    &key_constant::RULE,
    &key_path_optional::RULE,
    &limit_below_schedule::RULE,
    &load_exceeds_concurrency::RULE,
    &params_not_in_key::RULE,
    &priority_out_of_range::RULE,
    &rate_limit_out_of_range::RULE,
    &retries_out_of_range::RULE,
    &shared_concurrency_without_key::RULE,
    &singleton_without_mode::RULE,
    &throttle_out_of_range::RULE,
    &timeout_shorter_than_duration::RULE,
    &too_many_cancelling_events::RULE,
    &useless_justification::RULE,
    &window_longer_than_schedule::RULE,
    &window_not_dividing_hour::RULE,
    &window_not_dividing_schedule::RULE,
    &window_size_not_in_key::RULE,
    &wrong_number_of_concurrency_limits::RULE,
];
