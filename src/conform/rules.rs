//! The list of rules over code.

mod answers;
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
mod inline_fallback;
mod misconfiguration_not_detected;
mod mode_undeclared;
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
mod sends;
mod success_without_enqueue;
mod unsent;
mod values;
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
];
