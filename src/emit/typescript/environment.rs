//! `environment.ts`: the variables that the contract reads, each by its own static name.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::layout;
use crate::contract::{Amount, Condition, Contract, Event, WhenUnset, Window};
use crate::emit::templates::view;
use crate::emit::{Emission, EmitError, Emitter, Give};

/// The module.
pub static ENVIRONMENT: Emitter = Emitter { name: "typescript-environment", folders: super::folders, emit };

/// What Inngest itself needs outside its development server.
pub(super) const KEYS: [&str; 2] = ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"];

/// `environment.ts`: static reads of `process.env`.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EnvironmentModule")]
pub(super) struct View {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// Every variable that generated code reads, sorted.
    variables: Vec<Variable>,
    /// Whether a variable is read as a number.
    numbers: bool,
}

view!(View, "typescript/environment.ts.j2");

/// A variable.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReadVariable")]
struct Variable {
    /// Its name.
    name: String,
    /// The member of the type of the environment.
    member: String,
    /// The property that reads it.
    read: String,
}

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let Some(target) = super::target(emission.contract) else { return Ok(()) };
    let variables = variables(emission.contract).into_iter().map(|name| Variable {
        member: layout::union(2, &format!("readonly {name}?:"), &["string".to_owned(), "undefined".to_owned()]),
        read: layout::environment_read(4, &name),
        name,
    });
    let view = View {
        server_only: target.server_only.value,
        variables: variables.collect(),
        numbers: super::generated_events(emission.contract).any(|(_, event)| reads_numbers(event))
            || emission.contract.offloads.values().any(|o| matches!(o.window.as_deref(), Some(Window::Env { .. }))),
    };
    super::module(emission, give, target, "environment", &view)
}

/// Every variable that generated code reads, sorted.
pub(super) fn variables(contract: &Contract) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for flag in contract.flags.values() {
        collect(&flag.enabled_when.value, &mut all);
        all.extend(flag.override_.as_ref().map(|override_| override_.on.value.clone()));
    }
    collect(&contract.dispatch.configured.value, &mut all);
    all.extend(contract.environment.secrets.iter().map(|secret| secret.value.clone()));
    let refuses = contract.dispatch.auth.as_ref().filter(|auth| auth.when_unset.value == WhenUnset::Refuse);
    all.extend(refuses.map(|auth| auth.secret.value.clone()));
    all.extend(KEYS.map(str::to_owned));
    for offload in contract.offloads.values() {
        if let Some(Window::Env { env, .. }) = offload.window.as_deref() {
            all.insert(env.clone());
        }
    }
    for (_, event) in super::generated_events(contract) {
        all.extend(amounts(event).filter_map(|amount| match amount {
            Amount::Env { env, .. } => Some(env.clone()),
            Amount::Fixed(_) => None,
        }));
    }
    all
}

fn reads_numbers(event: &Event) -> bool {
    amounts(event).any(|amount| matches!(amount, Amount::Env { .. }))
}

fn amounts(event: &Event) -> impl Iterator<Item = &Amount> {
    let limits = event.function.concurrency.iter().flat_map(|limits| &limits.value);
    let limits = limits.map(|limit| &limit.limit.value.value);
    event.function.retries.iter().map(|retries| &retries.value.value).chain(limits)
}

fn collect(condition: &Condition, into: &mut BTreeSet<String>) {
    match condition {
        Condition::On(name) | Condition::Set(name) | Condition::Unset(name) => _ = into.insert(name.clone()),
        Condition::AllOf(parts) | Condition::AnyOf(parts) => parts.iter().for_each(|part| collect(part, into)),
        Condition::Not(part) => collect(part, into),
    }
}
