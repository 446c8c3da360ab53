//! The list of rules.

mod auth_fails_open;
mod binding_does_not_fit;
mod bounds_admit_nothing;
mod constant_condition;
mod convention_broken;
mod device_name;
mod duplicate_constant;
mod duplicate_event;
mod duplicate_function_id;
mod duplicate_identifier;
mod duplicate_job_name;
mod duplicate_route;
mod event_name_refused;
mod event_without_correlation;
mod failure_suffix;
mod falsy_word_is_truthy;
mod flag_is_secret;
mod function_id_refused;
mod ledger_field_not_known;
mod ledger_lacks_field;
mod ledger_lacks_state;
mod listed_twice;
mod metadata_overwrites_field;
mod missing_from_rollout;
mod mode_used_twice;
mod name_taken;
mod not_an_identifier;
mod offload_without_flag;
mod override_is_flag;
mod owners_missing;
mod params_field_required;
mod params_not_in_payload;
mod pattern_not_a_regular_expression;
mod payloads_differ_only_in_case;
mod response_field_not_in_payload;
mod response_lacks_field;
mod rollback_leaves_on;
mod rollback_missing;
mod rolled_out_twice;
mod rollout_out_of_order;
mod rollout_step_does_not_fit;
mod shared_flag;
mod status_misleads;
mod status_without_body;
mod synchronous_and_offloaded;
mod truth_table_too_large;
mod undecided;
mod undeclared_secret;
mod undefined_gate_variable;
mod unused_flag;
mod unused_gate_variable;
mod unused_payload;
mod useless_truthy_value;
mod value_does_not_fit;
mod window_field_without_window;

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

pub(crate) use undecided::UNDECIDED;
pub(crate) use unused_allow::{Findable, apply as apply_allow, unknown as unknown_allow};

/// Every rule over the contract. To add one: write its file, add a line here.
pub static RULES: &[&ContractRule] = &[
    &auth_fails_open::RULE,
    &binding_does_not_fit::RULE,
    &bounds_admit_nothing::RULE,
    &constant_condition::RULE,
    &convention_broken::RULE,
    &device_name::RULE,
    &duplicate_constant::RULE,
    &duplicate_event::RULE,
    &duplicate_function_id::RULE,
    &duplicate_identifier::RULE,
    &duplicate_job_name::RULE,
    &duplicate_route::RULE,
    &event_name_refused::RULE,
    &event_without_correlation::RULE,
    &failure_suffix::RULE,
    &falsy_word_is_truthy::RULE,
    &flag_is_secret::RULE,
    &function_id_refused::RULE,
    &ledger_field_not_known::RULE,
    &ledger_lacks_field::RULE,
    &ledger_lacks_state::RULE,
    &listed_twice::RULE,
    &metadata_overwrites_field::RULE,
    &missing_from_rollout::RULE,
    &mode_used_twice::RULE,
    &name_taken::RULE,
    &not_an_identifier::RULE,
    &offload_without_flag::RULE,
    &override_is_flag::RULE,
    &owners_missing::RULE,
    &params_field_required::RULE,
    &params_not_in_payload::RULE,
    &pattern_not_a_regular_expression::RULE,
    &payloads_differ_only_in_case::RULE,
    &response_field_not_in_payload::RULE,
    &response_lacks_field::RULE,
    &rollback_leaves_on::RULE,
    &rollback_missing::RULE,
    &rolled_out_twice::RULE,
    &rollout_out_of_order::RULE,
    &rollout_step_does_not_fit::RULE,
    &shared_flag::RULE,
    &status_misleads::RULE,
    &status_without_body::RULE,
    &synchronous_and_offloaded::RULE,
    &truth_table_too_large::RULE,
    &undeclared_secret::RULE,
    &undefined_gate_variable::RULE,
    &unused_flag::RULE,
    &unused_gate_variable::RULE,
    &unused_payload::RULE,
    &useless_truthy_value::RULE,
    &value_does_not_fit::RULE,
    &window_field_without_window::RULE,
    &undecided::RULE,
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
