//! The list of rules over code.

mod attempt_in_key;
mod auth_differs_between_routes;
mod auth_missing;
mod auth_scheme_differs;
mod batch_events_differ;
mod cancel_on_differs;
mod code_not_readable;
mod concurrency_differs;
mod consumer_field_optional;
mod consumer_field_undeclared;
mod debounce_differs;
mod dispatch_key_differs;
mod event_constant_differs;
mod event_id_differs;
mod event_id_missing;
mod event_name_differs;
mod event_not_sent;
mod event_sent_not_declared;
mod failed_not_written;
mod failure_not_retried;
mod flag_condition_differs;
mod flag_default_differs;
mod flag_dialect_differs;
mod flag_not_read;
mod flag_rollback_fails;
mod function_id_differs;
mod function_missing;
mod function_not_served;
mod function_undeclared;
mod health_rule_only_inline;
mod idempotency_differs;
mod import_not_found;
mod inline_fallback;
mod job_name_differs;
mod lock_only_inline;
mod method_missing;
mod misconfiguration_not_detected;
mod mode_undeclared;
mod not_awaited;
mod open_without_secret;
mod option_from_environment;
mod owner_incomplete;
mod owner_missing;
mod param_dropped;
mod param_not_allowed;
mod params_hash_differs;
mod payload_field_differs;
mod payload_field_missing;
mod payload_field_undeclared;
mod priority_differs;
mod queue_not_written;
mod rate_limit_differs;
mod registration_fails;
mod response_field_differs;
mod response_field_missing;
mod response_field_undeclared;
mod response_mode_differs;
mod response_status_differs;
mod retries_differ;
mod retry_does_nothing;
mod route_missing;
mod route_not_known;
mod route_undeclared;
mod schedule_differs;
mod schedule_missing;
mod schedule_undeclared;
mod schedule_without_route;
mod served_nowhere;
mod side_effect_outside_step;
mod singleton_differs;
mod status_field_differs;
mod status_field_missing;
mod status_not_written;
mod status_state_missing;
mod status_state_undeclared;
mod status_write_outside_step;
mod succeeded_after_failure;
mod success_without_enqueue;
mod synchronous_route_publishes;
mod throttle_differs;
mod throw_on_step_result;
mod timeouts_differ;
mod trigger_differs;
mod value_not_known;
mod variable_undeclared;
mod window_differs;
mod window_finer_than_key;
mod window_from_environment;
mod window_outgrows_schedule;
mod work_differs;
mod wrapper_only_inline;

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
pub static RULES: &[&CodeRule] = &[
    // Events and payloads.
    &consumer_field_optional::RULE,
    &consumer_field_undeclared::RULE,
    &event_constant_differs::RULE,
    &event_id_differs::RULE,
    &event_id_missing::RULE,
    &event_name_differs::RULE,
    &event_not_sent::RULE,
    &event_sent_not_declared::RULE,
    &payload_field_differs::RULE,
    &payload_field_missing::RULE,
    &payload_field_undeclared::RULE,
    &queue_not_written::RULE,
    // Windows, keys and parameters.
    &dispatch_key_differs::RULE,
    &param_dropped::RULE,
    &param_not_allowed::RULE,
    &params_hash_differs::RULE,
    &window_differs::RULE,
    &window_finer_than_key::RULE,
    &window_from_environment::RULE,
    &window_outgrows_schedule::RULE,
    // Responses.
    &inline_fallback::RULE,
    &misconfiguration_not_detected::RULE,
    &mode_undeclared::RULE,
    &response_field_differs::RULE,
    &response_field_missing::RULE,
    &response_field_undeclared::RULE,
    &response_mode_differs::RULE,
    &response_status_differs::RULE,
    &success_without_enqueue::RULE,
    // Functions.
    &batch_events_differ::RULE,
    &cancel_on_differs::RULE,
    &concurrency_differs::RULE,
    &debounce_differs::RULE,
    &function_id_differs::RULE,
    &function_missing::RULE,
    &function_not_served::RULE,
    &idempotency_differs::RULE,
    &option_from_environment::RULE,
    &priority_differs::RULE,
    &rate_limit_differs::RULE,
    &registration_fails::RULE,
    &retries_differ::RULE,
    &served_nowhere::RULE,
    &singleton_differs::RULE,
    &throttle_differs::RULE,
    &timeouts_differ::RULE,
    &trigger_differs::RULE,
    &value_not_known::RULE,
    // Execution.
    &attempt_in_key::RULE,
    &failure_not_retried::RULE,
    &health_rule_only_inline::RULE,
    &lock_only_inline::RULE,
    &not_awaited::RULE,
    &retry_does_nothing::RULE,
    &side_effect_outside_step::RULE,
    &status_write_outside_step::RULE,
    &throw_on_step_result::RULE,
    &work_differs::RULE,
    &wrapper_only_inline::RULE,
    // Status.
    &failed_not_written::RULE,
    &job_name_differs::RULE,
    &status_field_differs::RULE,
    &status_field_missing::RULE,
    &status_not_written::RULE,
    &status_state_missing::RULE,
    &status_state_undeclared::RULE,
    &succeeded_after_failure::RULE,
    // Flags.
    &flag_condition_differs::RULE,
    &flag_default_differs::RULE,
    &flag_dialect_differs::RULE,
    &flag_not_read::RULE,
    &flag_rollback_fails::RULE,
    &variable_undeclared::RULE,
    // Auth.
    &auth_differs_between_routes::RULE,
    &open_without_secret::RULE,
    &auth_missing::RULE,
    &auth_scheme_differs::RULE,
    // Scope.
    &code_not_readable::RULE,
    &import_not_found::RULE,
    &function_undeclared::RULE,
    &method_missing::RULE,
    &owner_incomplete::RULE,
    &owner_missing::RULE,
    &route_missing::RULE,
    &route_not_known::RULE,
    &route_undeclared::RULE,
    &schedule_differs::RULE,
    &schedule_missing::RULE,
    &schedule_undeclared::RULE,
    &schedule_without_route::RULE,
    &synchronous_route_publishes::RULE,
];
