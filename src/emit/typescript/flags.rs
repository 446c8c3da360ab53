//! `flags.ts`: every flag, what it does and when it is on; and the preflight of an environment.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::environment::KEYS;
use super::imports::Imports;
use super::{layout, literal};
use crate::contract::{Condition, Contract, Delivery, Flag, OverrideMeaning, WhenUnset};
use crate::derive::trim;
use crate::emit::templates::view;
use crate::emit::{Emission, EmitError, Emitter, Give};

/// The module.
pub static FLAGS: Emitter = Emitter { name: "typescript-flags", folders: super::folders, emit };

/// Values that people write to turn a flag off.
const FALSY: [&str; 4] = ["0", "false", "no", "off"];

/// `flags.ts`: the flags, and the check before a deployment.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FlagsModule")]
pub(super) struct View {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// Import statements, each on one or several lines.
    imports: Vec<String>,
    /// Declarations of the flags.
    flags: Vec<String>,
    /// Declaration of the list of all of them.
    all: String,
    /// Declaration of the words that count as on.
    truthy: String,
    /// Declaration of the words that people write for off.
    falsy: String,
    /// Properties of the condition under which Inngest is configured.
    configured: Vec<String>,
    /// Declaration of the variables that hold secrets.
    secrets: String,
    /// Declaration of those that must be set.
    required: String,
    /// Declaration of the keys that Inngest needs in production.
    keys: String,
    /// Declaration of the flags that make a route dispatch.
    dispatching: String,
}

view!(View, "typescript/flags.ts.j2");

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let Some(target) = super::target(contract) else { return Ok(()) };
    let constants = |flags: &mut dyn Iterator<Item = &Flag>| flags.map(|flag| flag.name.clone()).collect::<Vec<_>>();
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
    super::module(emission, give, target, "flags", &view)
}

fn flag_view(contract: &Contract, flag: &Flag) -> String {
    let what = flag.description.as_ref().map_or_else(|| describe(contract, flag), |text| text.value.clone());
    let head = format!("export const {}: Flag =", flag.name);
    literal::doc(0, &what) + &layout::opened(&head, "{", "};", |indent| members(flag, &what, indent))
}

fn members(flag: &Flag, what: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let text = |indent: usize, key: &str, value: &str| layout::property(indent, key, &literal::string(value));
    let mut out = vec![text(indent, "name", &flag.name), text(indent, "description", what)];
    out.extend(flag.since.as_ref().map(|since| text(indent, "since", &since.value)));
    out.push(format!("{pad}enabledWhen: {{"));
    print_condition(&flag.enabled_when.value, indent + 2, &mut out);
    out.push(format!("{pad}}},"));
    if let Some(override_) = &flag.override_ {
        let means = match override_.means.value {
            OverrideMeaning::Inline => "inline",
        };
        out.push(format!("{pad}override: {{"));
        out.push(format!("{pad}  when: {{"));
        print_condition(&Condition::On(override_.on.value.clone()), indent + 4, &mut out);
        out.push(format!("{pad}  }},"));
        out.push(text(indent + 2, "means", means));
        out.extend(override_.for_.as_ref().map(|purpose| text(indent + 2, "for", &purpose.value)));
        out.push(format!("{pad}}},"));
    }
    match &flag.rollback {
        Some(rollback) if rollback.set.value.is_empty() => out.push(format!("{pad}rollback: {{}},")),
        Some(rollback) => {
            out.push(format!("{pad}rollback: {{"));
            out.extend(rollback.set.value.iter().map(|(name, value)| text(indent + 2, &literal::key(name), value)));
            out.push(format!("{pad}}},"));
        }
        None => {}
    }
    out.push(format!("{pad}isEnabled(environment) {{"));
    out.push(layout::call(indent + 2, "return isEnabled", &[flag.name.clone(), "environment".to_owned()], ";"));
    out.push(format!("{pad}}},"));
    out.into_iter().map(|line| line + "\n").collect()
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
