//! The list of rules.

mod convention_broken;
mod device_name;
mod duplicate_constant;
mod duplicate_event;
mod duplicate_function_id;
mod duplicate_identifier;
mod duplicate_job_name;
mod duplicate_route;
mod event_name_refused;
mod failure_suffix;
mod function_id_refused;
mod name_taken;
mod not_an_identifier;
mod payloads_differ_only_in_case;
mod shared_flag;

mod unused_allow;

use super::ContractRule;

pub(super) use unused_allow::apply as apply_allow;

/// Every rule over the contract. To add one: write its file, add a line here.
pub static RULES: &[&ContractRule] = &[
    &convention_broken::RULE,
    &device_name::RULE,
    &duplicate_constant::RULE,
    &duplicate_event::RULE,
    &duplicate_function_id::RULE,
    &duplicate_identifier::RULE,
    &duplicate_job_name::RULE,
    &duplicate_route::RULE,
    &event_name_refused::RULE,
    &failure_suffix::RULE,
    &function_id_refused::RULE,
    &name_taken::RULE,
    &not_an_identifier::RULE,
    &payloads_differ_only_in_case::RULE,
    &shared_flag::RULE,
    &unused_allow::RULE,
];
