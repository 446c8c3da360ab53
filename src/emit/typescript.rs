//! TypeScript: the modules of the generated folder, and the handlers next to it.
//!
//! Each module has a view that holds what is decided — names, literals, where lines break — and a
//! template that prints it. What comes out is formatted as prettier would, for any name of the spec.

mod dispatch;
mod environment;
mod events;
mod flags;
mod functions;
mod imports;
mod keys;
mod layout;
mod literal;
mod options;
mod registry;
mod status;
mod types;

pub(in crate::emit) use functions::record_cancelled;

use super::templates::{BuiltIn, View};

pub use dispatch::DISPATCH;
pub use environment::ENVIRONMENT;
pub use events::EVENTS;
pub use flags::FLAGS;
pub use functions::FUNCTIONS;
pub use keys::KEYS;
pub use registry::{HANDLERS, REGISTRY};
pub use status::STATUS;

use super::{Emission, EmitError, Give};
use crate::artifact::Style;
use crate::contract::{Contract, Event, Offload, RelPath, TypeScript};
use crate::pointer::Pointer;

/// The target, if the contract has one.
fn target(contract: &Contract) -> Option<&TypeScript> {
    contract.targets.typescript.as_ref()
}

/// The templates.
pub(super) const TEMPLATES: &[BuiltIn] = &[
    BuiltIn::of::<dispatch::View>(),
    BuiltIn::of::<environment::View>(),
    BuiltIn::of::<events::View>(),
    BuiltIn::of::<flags::View>(),
    BuiltIn::of::<functions::View>(),
    BuiltIn::of::<registry::HandlerView>(),
    BuiltIn::of::<keys::View>(),
    BuiltIn::of::<registry::View>(),
    BuiltIn::of::<status::View>(),
];

/// The folder of the modules.
fn folders(contract: &Contract) -> Vec<RelPath> {
    target(contract).map(|target| target.out.value.clone()).into_iter().collect()
}

/// The events whose dispatchers and functions are generated.
fn generated_events(contract: &Contract) -> impl Iterator<Item = (&Offload, &Event)> {
    contract.generated().flat_map(|offload| offload.events().map(move |event| (offload, event)))
}

/// A module of the generated folder, printed by the template of its name.
fn module<V: View>(
    emission: &Emission<'_>,
    give: &Give<'_>,
    target: &TypeScript,
    name: &str,
    view: &V,
) -> Result<(), EmitError> {
    let path = emission.file(&target.out.value, &format!("{name}.ts"))?;
    let mut body = emission.templates.render(view)?;
    // The last block of a template may be one that is left out.
    body.truncate(body.trim_end_matches('\n').len());
    body.push('\n');
    give(emission.printed(&[V::TEMPLATE], path, Style::Slashes, body, Pointer::root()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::names::{GENERATED_TYPES, GENERATED_VALUES};

    /// What a template declares under a name that does not come from the spec.
    fn declared(template: &str, words: &[&str]) -> Vec<String> {
        let name = |line: &str| {
            let line = line.strip_prefix("export ").unwrap_or(line);
            let rest = words.iter().find_map(|word| line.strip_prefix(word)?.strip_prefix(' '))?;
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
            (!name.is_empty()).then_some(name)
        };
        template.lines().filter_map(name).collect()
    }

    #[test]
    fn a_name_of_the_spec_cannot_meet_one_of_the_templates() {
        let events = include_str!("../../templates/typescript/events.ts.j2");
        let flags = include_str!("../../templates/typescript/flags.ts.j2");
        for name in declared(events, &["type", "interface"]) {
            assert!(GENERATED_TYPES.contains(&name.as_str()), "the type {name} is missing from GENERATED_TYPES");
        }
        for name in declared(&format!("{events}{flags}"), &["const", "function"]) {
            assert!(GENERATED_VALUES.contains(&name.as_str()), "{name} is missing from GENERATED_VALUES");
        }
    }
}
