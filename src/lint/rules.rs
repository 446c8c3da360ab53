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
mod undeclared_secret;
mod undefined_gate_variable;
mod unfilled_field;
mod unused_flag;
mod unused_gate_variable;
mod unused_payload;
mod useless_truthy_value;
mod value_does_not_fit;
mod window_field_without_window;

mod unused_allow;

use super::ContractRule;

pub(super) use unused_allow::apply as apply_allow;

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
    &unfilled_field::RULE,
    &unused_flag::RULE,
    &unused_gate_variable::RULE,
    &unused_payload::RULE,
    &useless_truthy_value::RULE,
    &value_does_not_fit::RULE,
    &window_field_without_window::RULE,
    &unused_allow::RULE,
];
