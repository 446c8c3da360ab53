//! The list of rules.

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
mod ledger_missing;
mod metadata_overwrites_field;
mod mode_used_twice;
mod name_taken;
mod not_an_identifier;
mod offload_without_flag;
mod override_is_flag;
mod payloads_differ_only_in_case;
mod response_field_not_in_payload;
mod response_lacks_field;
mod rollback_leaves_on;
mod rollback_missing;
mod shared_flag;
mod status_misleads;
mod status_without_body;
mod truth_table_too_large;
mod unused_flag;
mod useless_truthy_value;

mod unused_allow;

use super::ContractRule;

pub(super) use unused_allow::apply as apply_allow;

/// Every rule over the contract. To add one: write its file, add a line here.
pub static RULES: &[&ContractRule] = &[
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
    &ledger_missing::RULE,
    &metadata_overwrites_field::RULE,
    &mode_used_twice::RULE,
    &name_taken::RULE,
    &not_an_identifier::RULE,
    &offload_without_flag::RULE,
    &override_is_flag::RULE,
    &payloads_differ_only_in_case::RULE,
    &response_field_not_in_payload::RULE,
    &response_lacks_field::RULE,
    &rollback_leaves_on::RULE,
    &rollback_missing::RULE,
    &shared_flag::RULE,
    &status_misleads::RULE,
    &status_without_body::RULE,
    &truth_table_too_large::RULE,
    &unused_flag::RULE,
    &useless_truthy_value::RULE,
    &unused_allow::RULE,
];
