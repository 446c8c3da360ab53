//! The list of rules over code.

mod attempt_in_key;
mod batch_events_differ;
mod cancel_on_differs;
mod concurrency_differs;
mod debounce_differs;
mod event_id_differs;
mod failed_not_written;
mod frames;
mod function_id_differs;
mod function_missing;
mod function_not_served;
mod functions;
mod health_rule_only_inline;
mod idempotency_differs;
mod job_name_differs;
mod lock_only_inline;
mod option_from_environment;
mod options;
mod priority_differs;
mod rate_limit_differs;
mod retries_differ;
mod served_nowhere;
mod side_effect_outside_step;
mod singleton_differs;
mod status_field_missing;
mod status_not_written;
mod status_state_missing;
mod status_state_undeclared;
mod status_write_outside_step;
mod statuses;
mod throttle_differs;
mod throw_on_step_result;
mod timeouts_differ;
mod trigger_differs;
mod twice;
mod value_not_known;
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
    &event_id_differs::RULE,
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
    &retries_differ::RULE,
    &served_nowhere::RULE,
    &singleton_differs::RULE,
    &throttle_differs::RULE,
    &timeouts_differ::RULE,
    &trigger_differs::RULE,
    &value_not_known::RULE,
    &attempt_in_key::RULE,
    &health_rule_only_inline::RULE,
    &lock_only_inline::RULE,
    &side_effect_outside_step::RULE,
    &status_write_outside_step::RULE,
    &throw_on_step_result::RULE,
    &wrapper_only_inline::RULE,
    &failed_not_written::RULE,
    &job_name_differs::RULE,
    &status_field_missing::RULE,
    &status_not_written::RULE,
    &status_state_missing::RULE,
    &status_state_undeclared::RULE,
];
