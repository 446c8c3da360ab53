//! `keys.ts`: windows, dispatch keys and event ids, derived from one call.

use schemars::JsonSchema;
use serde::Serialize;

use super::imports::Imports;
use super::{layout, literal, types};
use crate::contract::{Event, Events, Offload, Params, Window};
use crate::derive::{Part, Pattern, ValueName};
use crate::emit::templates::view;
use crate::emit::{Emission, EmitError, Emitter, Give};
use crate::names;

/// The module.
pub static KEYS: Emitter = Emitter { name: "typescript-keys", folders: super::folders, emit };

/// The longest size of a window that nothing else bounds: a year.
const LONGEST_WINDOW: u64 = 366 * 86_400;

/// `keys.ts`: windows, dispatch keys and event ids.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "KeysModule")]
pub(super) struct View {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// Import statements, each on one or several lines.
    imports: Vec<String>,
    /// The offloads that send events, in the order of the contract.
    offloads: Vec<OffloadView>,
    /// Whether an offload has a window.
    windows: bool,
    /// Whether an offload has parameters.
    params: bool,
    /// Whether something is hashed.
    hashes: bool,
}

view!(View, "typescript/keys.ts.j2");

/// The keys of one offload.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DerivedKeys")]
struct OffloadView {
    /// The job, as code in a comment.
    job: String,
    /// The route, as code in a comment.
    route: String,
    /// The comment of its function.
    doc: String,
    /// Declaration of its allowed parameters, if it has some.
    params: Option<String>,
    /// Declaration of its keys, where it sends several events.
    keys: Option<String>,
    /// Declaration of its function up to the opening brace.
    signature: String,
    /// Statements before the return; may be empty.
    statements: String,
    /// Properties of what is returned.
    members: String,
}

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let Some(target) = super::target(contract).filter(|_| contract.events().next().is_some()) else {
        return Ok(());
    };
    let dispatched: Vec<(&Offload, &Events)> =
        contract.offloads.values().filter_map(|offload| Some((offload, offload.dispatch()?))).collect();
    let offloads: Vec<OffloadView> = dispatched.iter().map(|(offload, events)| offload_view(offload, events)).collect();
    let params = dispatched.iter().any(|(offload, _)| offload.params.is_some());
    let env_window = |(offload, _): &(&Offload, &Events)| matches!(offload.window.as_deref(), Some(Window::Env { .. }));
    let mut imports = Imports::default();
    if params {
        imports.namespace("events", "./events", true);
    }
    if dispatched.iter().any(env_window) {
        imports.value("environment as platform", "./environment");
        imports.value("readInteger", "./environment");
    }
    imports.type_("OffloadEnvironment", "./environment");
    let view = View {
        server_only: target.server_only.value,
        imports: imports.print(),
        windows: dispatched.iter().any(|(offload, _)| offload.window.is_some()),
        hashes: params || dispatched.iter().any(|(_, events)| patterns(events).any(hashes)),
        params,
        offloads,
    };
    super::module(emission, give, target, "keys", &view)
}

fn offload_view(offload: &Offload, events: &Events) -> OffloadView {
    let pascal = names::pascal(&offload.job);
    let hashed_params = patterns(events).any(|pattern| pattern.names(ValueName::ParamsHash));
    let asynchronous = hashed_params || patterns(events).any(hashes);
    let mut statements = window_statements(offload);
    if let Some(params) = offload.params.as_ref().filter(|_| hashed_params) {
        let arguments = [params_const(offload), "call.params".to_owned(), params.hex_length.value.to_string()];
        statements.push(layout::call(2, "const paramsHash = await hashParams", &arguments, ";"));
    }
    if patterns(events).any(|pattern| pattern.names(ValueName::Uuid)) {
        statements.push("  const uuid = call.uuid ?? crypto.randomUUID();".to_owned());
    }
    statements.push(layout::assign(2, "const dispatchKey =", &expression(&events.dispatch_key, offload), ";"));
    let mut members = Vec::new();
    if offload.window.is_some() {
        members.push("    ...window,".to_owned());
    }
    members.push("    dispatchKey,".to_owned());
    let (declared, keys) = match events.events.as_slice() {
        [event] => {
            members.push(layout::property(4, "eventId", &expression(&event.event_id, offload)));
            (None, if offload.window.is_some() { "WindowedKeys" } else { "DispatchKeys" }.to_owned())
        }
        several => {
            members.push("    eventIds: {".to_owned());
            for event in several {
                let key = literal::key(&event.name.value);
                members.push(layout::property(6, &key, &expression(&event.event_id, offload)));
            }
            members.push("    },".to_owned());
            let name = format!("{pascal}Keys");
            (Some(several_keys(&name, several, offload)), name)
        }
    };
    let head = format!("export {}function derive{pascal}Keys", if asynchronous { "async " } else { "" });
    let call = match &offload.params {
        Some(_) => format!("call: DispatchCall<events.{}>", types::params_type(offload)),
        None => "call: DispatchCall".to_owned(),
    };
    let returns = if asynchronous { format!(": Promise<{keys}> {{") } else { format!(": {keys} {{") };
    OffloadView {
        job: literal::code(&offload.job),
        route: literal::code(&offload.route.value),
        doc: literal::doc(0, &format!("Derives the keys of one call of {}.", literal::code(&offload.route.value))),
        params: offload.params.as_ref().map(|params| params_line(offload, params)),
        keys: declared,
        signature: layout::call(0, &head, &[call], &returns),
        statements: statements.join("\n"),
        members: members.join("\n"),
    }
}

/// The keys of an offload that sends several events.
fn several_keys(name: &str, events: &[Event], offload: &Offload) -> String {
    let opening = if offload.window.is_some() { "DispatchWindow & {" } else { "{" };
    layout::opened(&format!("export type {name} ="), opening, "};", |indent| {
        let pad = " ".repeat(indent);
        let mut text = literal::doc(indent, "The same for calls that request the same work.");
        text += &format!("{pad}readonly dispatchKey: string;\n\n");
        text += &literal::doc(indent, "The id to send each event with: Inngest drops a second event with the same id.");
        text += &format!("{pad}readonly eventIds: {{\n");
        for event in events {
            text += &format!("{pad}  readonly {}: string;\n", literal::key(&event.name.value));
        }
        text + &format!("{pad}}};\n")
    })
}

/// The name of the list of an offload's parameters.
pub(super) fn params_const(offload: &Offload) -> String {
    names::guarded(format!("{}_PARAMS", names::constant(&offload.job)))
}

fn params_line(offload: &Offload, params: &Params) -> String {
    let items: Vec<String> = params.sorted().iter().map(|name| literal::string(name)).collect();
    let head =
        format!("export const {}: readonly events.{}Name[] = ", params_const(offload), types::params_type(offload));
    layout::array(0, &head, &items, ";")
}

fn window_statements(offload: &Offload) -> Vec<String> {
    match offload.window.as_deref() {
        None => Vec::new(),
        Some(Window::Fixed(size)) => vec![format!("  const window = windowAt(call.instant, {});", size.seconds())],
        Some(Window::Env { env, default, min, max }) => vec![
            "  const environment = call.environment ?? platform;".to_owned(),
            "  const windowSeconds = readInteger({".to_owned(),
            layout::property(4, "from", &format!("environment.{env}")),
            layout::property(4, "default", &default.seconds().to_string()),
            layout::property(4, "min", &min.map_or(1, |min| min.seconds()).to_string()),
            layout::property(4, "max", &max.map_or(LONGEST_WINDOW, |max| max.seconds()).to_string()),
            "  });".to_owned(),
            "  const window = windowAt(call.instant, windowSeconds);".to_owned(),
        ],
    }
}

fn patterns(events: &Events) -> impl Iterator<Item = &Pattern> {
    std::iter::once(&events.dispatch_key.value).chain(events.events.iter().map(|event| &event.event_id.value))
}

fn hashes(pattern: &Pattern) -> bool {
    pattern.values().any(|(value, _)| value.sha256.is_some())
}

/// A pattern as TypeScript: a template literal, which never breaks, or a string literal.
fn expression(pattern: &Pattern, offload: &Offload) -> String {
    match pattern.constant() {
        Some(text) => literal::string(&text),
        None => format!("`{}`", template(&pattern.parts, offload)),
    }
}

fn template(parts: &[Part], offload: &Offload) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Text(text) => out += &literal::template(text),
            Part::Value(value) => {
                let plain = value_of(value.name, offload);
                out += &match value.sha256 {
                    Some(length) => format!("${{await sha256({plain}, {length})}}"),
                    None => format!("${{{plain}}}"),
                };
            }
            Part::Optional(inside) => {
                let inner = template(inside, offload);
                let absent = Pattern { parts: inside.clone() }.names(ValueName::ParamsHash);
                out += &if absent { format!("${{paramsHash === undefined ? \"\" : `{inner}`}}") } else { inner };
            }
        }
    }
    out
}

/// The expression for a value of the call.
fn value_of(name: ValueName, offload: &Offload) -> String {
    match name {
        ValueName::Window => "window.window".to_owned(),
        ValueName::WindowStart => "window.windowStart".to_owned(),
        ValueName::WindowSeconds => "String(window.windowSeconds)".to_owned(),
        ValueName::ParamsHash => "paramsHash".to_owned(),
        ValueName::DispatchKey => "dispatchKey".to_owned(),
        ValueName::Now => "call.instant.toISOString()".to_owned(),
        ValueName::Uuid => "uuid".to_owned(),
        // Known when the contract is compiled, so that none of them is left in a pattern.
        ValueName::Job | ValueName::JobConstant | ValueName::Event | ValueName::EventConstant | ValueName::Source => {
            literal::string(&offload.job)
        }
    }
}
