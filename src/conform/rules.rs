//! The list of rules over code.

mod answers;
mod auth_differs_between_routes;
mod auth_missing;
mod auth_scheme_differs;
mod code_not_readable;
mod constants;
mod consumer_field_optional;
mod consumer_field_undeclared;
mod consumers;
mod dispatch_key_differs;
mod event_constant_differs;
mod event_id_differs;
mod event_id_missing;
mod event_name_differs;
mod event_not_sent;
mod event_sent_not_declared;
mod flag_condition_differs;
mod flag_default_differs;
mod flag_dialect_differs;
mod flag_not_read;
mod flag_rollback_fails;
mod flag_states;
mod function_undeclared;
mod inline_fallback;
mod inline_work;
mod logins;
mod method_missing;
mod misconfiguration_not_detected;
mod mode_undeclared;
mod open_without_secret;
mod owner_incomplete;
mod owner_missing;
mod param_dropped;
mod param_not_allowed;
mod parameters;
mod params_hash_differs;
mod payload_field_differs;
mod payload_field_missing;
mod payload_field_undeclared;
mod payloads;
mod response_field_missing;
mod response_field_undeclared;
mod response_mode_differs;
mod response_status_differs;
mod route_missing;
mod route_undeclared;
mod schedule_differs;
mod schedule_missing;
mod schedule_undeclared;
mod schedule_without_route;
mod sends;
mod success_without_enqueue;
mod synchronous_route_publishes;
mod unsent;
mod values;
mod variable_undeclared;
mod window;
mod window_differs;
mod window_finer_than_key;
mod window_from_environment;
mod window_outgrows_schedule;
mod work;

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
    &response_field_missing::RULE,
    &response_field_undeclared::RULE,
    &response_mode_differs::RULE,
    &response_status_differs::RULE,
    &success_without_enqueue::RULE,
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
    &function_undeclared::RULE,
    &method_missing::RULE,
    &owner_incomplete::RULE,
    &owner_missing::RULE,
    &route_missing::RULE,
    &route_undeclared::RULE,
    &schedule_differs::RULE,
    &schedule_missing::RULE,
    &schedule_undeclared::RULE,
    &schedule_without_route::RULE,
    &synchronous_route_publishes::RULE,
];
