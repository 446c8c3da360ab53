//! `flags.ts`: every flag, what it does and when it is on; and the preflight of an environment.

use std::collections::BTreeSet;

use serde::Serialize;

use super::environment::KEYS;
use super::imports::Imports;
use super::{layout, literal};
use crate::artifact::Artifact;
use crate::contract::{Condition, Contract, Delivery, Flag, OverrideMeaning, WhenUnset};
use crate::derive::trim;
use crate::emit::{Emission, EmitError, Emitter};
use crate::names;

/// The module.
pub static FLAGS: Emitter = Emitter { name: "typescript-flags", folders: super::folders, emit };

/// Values that people write to turn a flag off.
const FALSY: [&str; 4] = ["0", "false", "no", "off"];

/// What `flags.ts` itself declares; a flag of one of these names gets a `_` at the end.
const DECLARED: [&str; 22] = [
    "Condition",
    "Flag",
    "PreflightProblem",
    "checkConfiguration",
    "checkFlagValues",
    "checkOverrides",
    "checkSecrets",
    "configured",
    "dispatching",
    "environment",
    "falsy",
    "flags",
    "holds",
    "isEnabled",
    "isInngestConfigured",
    "isOverridden",
    "normalize",
    "platform",
    "preflight",
    "productionKeys",
    "requiredSecrets",
    "secrets",
];

#[derive(Serialize)]
struct View {
    server_only: bool,
    imports: Vec<String>,
    flags: Vec<FlagView>,
    all: String,
    truthy: String,
    falsy: String,
    configured: Vec<String>,
    secrets: String,
    required: String,
    keys: String,
    dispatching: String,
}

#[derive(Serialize)]
struct FlagView {
    doc: String,
    constant: String,
    members: Vec<String>,
    is_enabled: String,
}

fn emit(emission: &Emission<'_>) -> Result<Vec<Artifact>, EmitError> {
    let contract = emission.contract;
    let Some(target) = super::target(contract) else { return Ok(Vec::new()) };
    let constants = |flags: &mut dyn Iterator<Item = &Flag>| flags.map(|flag| constant(&flag.name)).collect::<Vec<_>>();
    let variables = |name: &str, values: &[String]| {
        let head = format!("const {name}: readonly Variable[] = ");
        layout::array(0, &head, &quoted(values), ";")
    };
    let truthy = words(contract.truthy.value.iter().map(String::as_str));
    let falsy: Vec<String> =
        FALSY.iter().map(|word| (*word).to_owned()).filter(|word| !truthy.contains(word)).collect();
    let secrets: Vec<String> = contract.environment.secrets.iter().map(|secret| secret.value.clone()).collect();
    let refuses = contract.dispatch.auth.as_ref().filter(|auth| auth.when_unset.value == WhenUnset::Refuse);
    let required: Vec<String> = refuses.map(|auth| auth.secret.value.clone()).into_iter().collect();
    let mut imports = Imports::default();
    imports.value("environment as platform", "./environment");
    imports.type_("OffloadEnvironment", "./environment");
    let mut configured = Vec::new();
    print_condition(&contract.dispatch.configured.value, 2, &mut configured);
    let view = View {
        server_only: target.server_only.value,
        imports: imports.print(),
        flags: contract.flags.values().map(|flag| flag_view(contract, flag)).collect(),
        all: layout::array(0, "export const flags: readonly Flag[] = ", &constants(&mut contract.flags.values()), ";"),
        truthy: layout::array(0, "const truthy: readonly string[] = ", &quoted(&truthy), ";"),
        falsy: layout::array(0, "const falsy: readonly string[] = ", &quoted(&falsy), ";"),
        configured,
        secrets: variables("secrets", &secrets),
        required: variables("requiredSecrets", &required),
        keys: variables("productionKeys", &KEYS.map(str::to_owned)),
        dispatching: layout::array(
            0,
            "const dispatching: readonly Flag[] = ",
            &constants(&mut contract.flags.values().filter(|flag| dispatches(contract, flag))),
            ";",
        ),
    };
    super::module(emission, target, "flags", &view)
}

/// The name of a flag's constant.
pub(super) fn constant(flag: &str) -> String {
    if names::is_reserved(flag) || DECLARED.contains(&flag) || flag == "truthy" || flag == "switches" {
        format!("{flag}_")
    } else {
        flag.to_owned()
    }
}

fn flag_view(contract: &Contract, flag: &Flag) -> FlagView {
    let what = flag.description.as_ref().map_or_else(|| describe(contract, flag), |text| text.value.clone());
    let mut members = vec![
        layout::property(2, "name", &literal::string(&flag.name)),
        layout::property(2, "description", &literal::string(&what)),
    ];
    if let Some(since) = &flag.since {
        members.push(layout::property(2, "since", &literal::string(&since.value)));
    }
    members.push("  enabledWhen: {".to_owned());
    print_condition(&flag.enabled_when.value, 4, &mut members);
    members.push("  },".to_owned());
    if let Some(override_) = &flag.override_ {
        members.push("  override: {".to_owned());
        members.push("    when: {".to_owned());
        print_condition(&Condition::On(override_.on.value.clone()), 6, &mut members);
        members.push("    },".to_owned());
        let means = match override_.means.value {
            OverrideMeaning::Inline => "inline",
        };
        members.push(layout::property(4, "means", &literal::string(means)));
        if let Some(purpose) = &override_.for_ {
            members.push(layout::property(4, "for", &literal::string(&purpose.value)));
        }
        members.push("  },".to_owned());
    }
    match &flag.rollback {
        Some(rollback) if rollback.set.value.is_empty() => members.push("  rollback: {},".to_owned()),
        Some(rollback) => {
            members.push("  rollback: {".to_owned());
            for (name, value) in &rollback.set.value {
                members.push(layout::property(4, &literal::key(name), &literal::string(value)));
            }
            members.push("  },".to_owned());
        }
        None => {}
    }
    let constant = constant(&flag.name);
    let arguments = [constant.clone(), "environment".to_owned()];
    FlagView {
        doc: literal::doc(0, &what),
        is_enabled: layout::call(4, "return isEnabled", &arguments, ";"),
        constant,
        members,
    }
}

/// What a flag does, where the spec does not say it.
fn describe(contract: &Contract, flag: &Flag) -> String {
    let sentences = flag.offloads.iter().filter_map(|job| {
        let offload = contract.offloads.get(job)?;
        let route = literal::code(&offload.route.value);
        let calls = offload.when.as_ref().map(|when| format!(" {}", literal::code(&when.value))).unwrap_or_default();
        Some(match &offload.delivery {
            Delivery::Events(_) => format!("Makes {route} dispatch{calls} to Inngest."),
            Delivery::Queue(queue) => {
                format!("Makes {route} hand{calls} to the queue {}.", literal::code(&queue.value))
            }
        })
    });
    let sentences: Vec<String> = sentences.collect();
    if sentences.is_empty() { "Switches nothing of the contract.".to_owned() } else { sentences.join(" ") }
}

fn dispatches(contract: &Contract, flag: &Flag) -> bool {
    flag.offloads.iter().filter_map(|job| contract.offloads.get(job)).any(|offload| offload.dispatch().is_some())
}

/// Values as they are compared: trimmed, lower case, each once.
fn words<'w>(values: impl Iterator<Item = &'w str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    values.map(|word| trim(word).to_lowercase()).filter(|word| seen.insert(word.clone())).collect()
}

fn quoted(values: &[String]) -> Vec<String> {
    values.iter().map(|value| literal::string(value)).collect()
}

/// The members of a condition's object, one a line.
fn print_condition(condition: &Condition, indent: usize, out: &mut Vec<String>) {
    let pad = " ".repeat(indent);
    let mut one = |key: &str, name: &str| out.push(layout::property(indent, key, &literal::string(name)));
    match condition {
        Condition::On(name) => one("on", name),
        Condition::Set(name) => one("set", name),
        Condition::Unset(name) => one("unset", name),
        Condition::AllOf(parts) | Condition::AnyOf(parts) => {
            let key = if matches!(condition, Condition::AllOf(_)) { "allOf" } else { "anyOf" };
            if parts.is_empty() {
                return out.push(format!("{pad}{key}: [],"));
            }
            out.push(format!("{pad}{key}: ["));
            for part in parts {
                out.push(format!("{pad}  {{"));
                print_condition(part, indent + 4, out);
                out.push(format!("{pad}  }},"));
            }
            out.push(format!("{pad}],"));
        }
        Condition::Not(part) => {
            out.push(format!("{pad}not: {{"));
            print_condition(part, indent + 2, out);
            out.push(format!("{pad}}},"));
        }
    }
}
