//! The list of rules over two contracts. To add one: write its file, add a line here.

mod accepted_finding_dropped;
mod auth_added;
mod auth_fails_closed_now;
mod auth_fails_open_now;
mod auth_removed;
mod auth_secret_renamed;
mod batch_added;
mod batch_changed;
mod batch_removed;
mod calls_taken_changed;
mod cancellation_added;
mod cancellation_changed;
mod cancellation_removed;
mod ceiling_lowered;
mod ceiling_raised;
mod client_changed;
mod code_is_generated_now;
mod code_is_hand_written_now;
mod concurrency_lowered;
mod concurrency_raised;
mod concurrency_scope_changed;
mod condition_rewritten;
mod configured_changed;
mod contract_renamed;
mod debounce_added;
mod debounce_changed;
mod debounce_removed;
mod delivery_changed;
mod dispatch_key_changed;
mod event_added;
mod event_constant_renamed;
mod event_id_changed;
mod event_payload_replaced;
mod event_removed;
mod event_renamed;
mod expected_duration_changed;
mod finding_accepted;
mod flag_added;
mod flag_condition_changed;
mod flag_default_changed;
mod flag_documentation_changed;
mod flag_removed;
mod flag_renamed;
mod flag_replaced;
mod function_id_changed;
mod function_name_changed;
mod gate_added;
mod gate_removed;
mod gates_changed;
mod guarded_event_id_changed;
mod handlers_moved;
mod idempotency_added;
mod idempotency_changed;
mod idempotency_removed;
mod inline_fields_changed;
mod job_name_changed;
mod justification_changed;
mod justification_dropped;
mod kind_changed;
mod ledger_added;
mod ledger_field_added;
mod ledger_field_removed;
mod ledger_removed;
mod ledger_state_added;
mod ledger_state_removed;
mod ledger_writer_changed;
mod limit_key_changed;
mod methods_added;
mod methods_removed;
mod number_setting_changed;
mod offload_added;
mod offload_removed;
mod offload_renamed;
pub(super) mod other_change;
mod output_added;
mod output_moved;
mod output_removed;
mod override_added;
mod override_removed;
mod override_renamed;
mod owners_changed;
mod parameter_added;
mod parameter_hash_changed;
mod parameter_key_changed;
mod parameter_removed;
mod payload_added;
mod payload_field_added;
mod payload_field_added_required;
mod payload_field_binding_changed;
mod payload_field_default_changed;
mod payload_field_example_changed;
mod payload_field_made_optional;
mod payload_field_made_required;
mod payload_field_narrowed;
mod payload_field_removed;
mod payload_field_renamed;
mod payload_field_retyped;
mod payload_field_widened;
mod payload_inheritance_changed;
mod payload_removed;
mod payload_renamed;
mod priority_changed;
mod queue_renamed;
mod rate_limit_loosened;
mod rate_limit_tightened;
mod response_field_added;
mod response_field_made_optional;
mod response_field_made_required;
mod response_field_removed;
mod response_metadata_renamed;
mod response_mode_changed;
mod response_status_changed;
mod retries_lowered;
mod retries_raised;
mod rollback_added;
mod rollback_changed;
mod rollback_removed;
mod rollout_changed;
mod route_changed;
mod route_made_asynchronous;
mod route_made_synchronous;
mod run_priority_changed;
mod schedule_changed;
mod sdk_changed;
mod secret_declared;
mod secret_no_longer_declared;
mod singleton_added;
mod singleton_mode_changed;
mod singleton_removed;
mod source_changed;
mod steps_changed;
mod synchronous_route_added;
mod synchronous_route_removed;
mod templates_changed;
mod throttle_loosened;
mod throttle_tightened;
mod timeout_lengthened;
mod timeout_shortened;
mod truthy_value_added;
mod truthy_value_removed;
mod unused_flag_changed;
mod window_added;
mod window_narrowed;
mod window_removed;
mod window_setting_changed;
mod window_widened;
mod wording_changed;
pub(super) mod written_otherwise;

use super::ChangeRule;

/// Every rule over two contracts.
pub static RULES: &[&ChangeRule] = &[
    &accepted_finding_dropped::RULE,
    &auth_added::RULE,
    &auth_fails_closed_now::RULE,
    &auth_fails_open_now::RULE,
    &auth_removed::RULE,
    &auth_secret_renamed::RULE,
    &batch_added::RULE,
    &batch_changed::RULE,
    &batch_removed::RULE,
    &calls_taken_changed::RULE,
    &cancellation_added::RULE,
    &cancellation_changed::RULE,
    &cancellation_removed::RULE,
    &ceiling_lowered::RULE,
    &ceiling_raised::RULE,
    &client_changed::RULE,
    &code_is_generated_now::RULE,
    &code_is_hand_written_now::RULE,
    &concurrency_lowered::RULE,
    &concurrency_raised::RULE,
    &concurrency_scope_changed::RULE,
    &condition_rewritten::RULE,
    &configured_changed::RULE,
    &contract_renamed::RULE,
    &debounce_added::RULE,
    &debounce_changed::RULE,
    &debounce_removed::RULE,
    &delivery_changed::RULE,
    &dispatch_key_changed::RULE,
    &event_added::RULE,
    &event_constant_renamed::RULE,
    &event_id_changed::RULE,
    &event_payload_replaced::RULE,
    &event_removed::RULE,
    &event_renamed::RULE,
    &expected_duration_changed::RULE,
    &finding_accepted::RULE,
    &flag_added::RULE,
    &flag_condition_changed::RULE,
    &flag_default_changed::RULE,
    &flag_documentation_changed::RULE,
    &flag_removed::RULE,
    &flag_renamed::RULE,
    &flag_replaced::RULE,
    &function_id_changed::RULE,
    &function_name_changed::RULE,
    &gate_added::RULE,
    &gate_removed::RULE,
    &gates_changed::RULE,
    &guarded_event_id_changed::RULE,
    &handlers_moved::RULE,
    &idempotency_added::RULE,
    &idempotency_changed::RULE,
    &idempotency_removed::RULE,
    &inline_fields_changed::RULE,
    &job_name_changed::RULE,
    &justification_changed::RULE,
    &justification_dropped::RULE,
    &kind_changed::RULE,
    &ledger_added::RULE,
    &ledger_field_added::RULE,
    &ledger_field_removed::RULE,
    &ledger_removed::RULE,
    &ledger_state_added::RULE,
    &ledger_state_removed::RULE,
    &ledger_writer_changed::RULE,
    &limit_key_changed::RULE,
    &methods_added::RULE,
    &methods_removed::RULE,
    &number_setting_changed::RULE,
    &offload_added::RULE,
    &offload_removed::RULE,
    &offload_renamed::RULE,
    &other_change::RULE,
    &output_added::RULE,
    &output_moved::RULE,
    &output_removed::RULE,
    &override_added::RULE,
    &override_removed::RULE,
    &override_renamed::RULE,
    &owners_changed::RULE,
    &parameter_added::RULE,
    &parameter_hash_changed::RULE,
    &parameter_key_changed::RULE,
    &parameter_removed::RULE,
    &payload_added::RULE,
    &payload_field_added::RULE,
    &payload_field_added_required::RULE,
    &payload_field_binding_changed::RULE,
    &payload_field_default_changed::RULE,
    &payload_field_example_changed::RULE,
    &payload_field_made_optional::RULE,
    &payload_field_made_required::RULE,
    &payload_field_narrowed::RULE,
    &payload_field_removed::RULE,
    &payload_field_renamed::RULE,
    &payload_field_retyped::RULE,
    &payload_field_widened::RULE,
    &payload_inheritance_changed::RULE,
    &payload_removed::RULE,
    &payload_renamed::RULE,
    &priority_changed::RULE,
    &queue_renamed::RULE,
    &rate_limit_loosened::RULE,
    &rate_limit_tightened::RULE,
    &response_field_added::RULE,
    &response_field_made_optional::RULE,
    &response_field_made_required::RULE,
    &response_field_removed::RULE,
    &response_metadata_renamed::RULE,
    &response_mode_changed::RULE,
    &response_status_changed::RULE,
    &retries_lowered::RULE,
    &retries_raised::RULE,
    &rollback_added::RULE,
    &rollback_changed::RULE,
    &rollback_removed::RULE,
    &rollout_changed::RULE,
    &route_changed::RULE,
    &route_made_asynchronous::RULE,
    &route_made_synchronous::RULE,
    &run_priority_changed::RULE,
    &schedule_changed::RULE,
    &sdk_changed::RULE,
    &secret_declared::RULE,
    &secret_no_longer_declared::RULE,
    &singleton_added::RULE,
    &singleton_mode_changed::RULE,
    &singleton_removed::RULE,
    &source_changed::RULE,
    &steps_changed::RULE,
    &synchronous_route_added::RULE,
    &synchronous_route_removed::RULE,
    &templates_changed::RULE,
    &throttle_loosened::RULE,
    &throttle_tightened::RULE,
    &timeout_lengthened::RULE,
    &timeout_shortened::RULE,
    &truthy_value_added::RULE,
    &truthy_value_removed::RULE,
    &unused_flag_changed::RULE,
    &window_added::RULE,
    &window_narrowed::RULE,
    &window_removed::RULE,
    &window_setting_changed::RULE,
    &window_widened::RULE,
    &wording_changed::RULE,
    &written_otherwise::RULE,
];
