//! The list of rules over code.

mod auth_differs_between_routes;
mod auth_missing;
mod auth_scheme_differs;
mod code_not_readable;
mod event_id_differs;
mod flag_condition_differs;
mod flag_default_differs;
mod flag_dialect_differs;
mod flag_not_read;
mod flag_rollback_fails;
mod flag_states;
mod function_undeclared;
mod logins;
mod method_missing;
mod open_without_secret;
mod owner_incomplete;
mod owner_missing;
mod route_missing;
mod route_undeclared;
mod schedule_differs;
mod schedule_missing;
mod schedule_undeclared;
mod schedule_without_route;
mod synchronous_route_publishes;
mod variable_undeclared;
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
    // Events.
    &event_id_differs::RULE,
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
