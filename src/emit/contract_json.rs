//! `contract.json`: the resolved contract for other tools, and for comparing two of them. Canonical:
//! the order of the spec, printed in one way, nothing in it that depends on the machine.

use serde_json::{Map, Value};

use super::{Emission, EmitError, Emitter, Give, json};
use crate::artifact::{Artifact, Style};
use crate::contract::Contract;
use crate::pointer::Pointer;

/// Its file name.
pub const FILE: &str = "contract.json";

/// The emitter.
pub(super) static CONTRACT_JSON: Emitter = Emitter {
    name: FILE,
    folders: |contract| contract.targets.typescript.iter().map(|t| t.out.value.clone()).collect(),
    emit,
};

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let Some(typescript) = &emission.contract.targets.typescript else { return Ok(()) };
    let path = emission.file(&typescript.out.value, FILE)?;
    let mut body = Map::new();
    if let Some(schemas) = &emission.contract.targets.schemas {
        let schema = emission.file(&schemas.value, super::schemas::CONTRACT)?;
        body.insert("$schema".into(), typescript.out.value.relative_to(&schema).into());
    }
    if let Value::Object(contract) = value(emission.contract) {
        body.extend(contract);
    }
    let text = json::print(&Value::Object(body));
    give(Artifact::generated(path, Style::Json, emission.spec, text, Pointer::root()));
    Ok(())
}

/// The contract as a JSON value.
fn value(contract: &Contract) -> Value {
    // Every type of the contract serialises: keys are text, numbers are finite.
    serde_json::to_value(contract).unwrap_or_default()
}
