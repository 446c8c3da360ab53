//! `registry.ts`, the list to serve, and the handlers that it imports: written once, then the team's.

use schemars::JsonSchema;
use serde::Serialize;

use super::imports::Imports;
use super::{functions, layout, literal};
use crate::artifact::Artifact;
use crate::contract::{Event, Offload, Steps, TypeScript};
use crate::emit::templates::view;
use crate::emit::{Emission, EmitError, Emitter, Give};
use crate::names;

/// The list to serve.
pub static REGISTRY: Emitter = Emitter { name: "typescript-registry", folders: super::folders, emit };

/// The handlers.
pub static HANDLERS: Emitter = Emitter { name: "typescript-handlers", folders: |_| Vec::new(), emit: emit_handlers };

/// `registry.ts`: the list to serve.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RegistryModule")]
pub(super) struct View {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// Import statements, each on one or several lines.
    imports: Vec<String>,
    /// Properties: a function by its id.
    entries: Vec<String>,
    /// Names of the functions that record cancelled runs.
    cancelled: Vec<String>,
}

view!(View, "typescript/registry.ts.j2");

/// The stub of a handler, written once.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "HandlerStub")]
pub(super) struct HandlerView {
    /// Whether the module begins with `import "server-only"`.
    server_only: bool,
    /// The import of what defines the function.
    import: String,
    /// Its comment.
    doc: String,
    /// What stands before the body: the exported constant and its function.
    head: String,
    /// What stands before the statement: the beginning of a step, for a job that makes its own; may be empty.
    step: String,
    /// The statement that throws until the stub is filled.
    body: String,
    /// What ends the step; may be empty.
    step_end: String,
    /// What stands after the body.
    tail: String,
}

view!(HandlerView, "typescript/handler.ts.j2");

fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let Some(target) = super::target(contract).filter(|_| contract.generated().next().is_some()) else {
        return Ok(());
    };
    let mut imports = Imports::default();
    imports.type_("InngestFunction", "inngest");
    imports.type_("FunctionId", "./functions");
    imports.type_("JobFunction", "./functions");
    let folder = target.out.value.relative_to(&target.handlers.value);
    let mut entries = Vec::new();
    let mut cancelled = Vec::new();
    for (offload, event) in super::generated_events(contract) {
        let name = handler_name(event);
        let local = local_name(&name);
        let import = if local == name { name } else { format!("{name} as {local}") };
        imports.value(&import, &format!("{folder}/{}", file_stem(offload, event)));
        entries.push(layout::property(2, &literal::key(&event.function.id.value), &local));
        if let Some(name) = functions::record_cancelled(&event.function, contract.ledger.as_ref()) {
            imports.value(&name, "./functions");
            cancelled.push(name);
        }
    }
    let view = View { server_only: target.server_only.value, imports: imports.print(), entries, cancelled };
    super::module(emission, give, target, "registry", &view)
}

fn emit_handlers(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let contract = emission.contract;
    let Some(target) = super::target(contract) else { return Ok(()) };
    super::generated_events(contract).try_for_each(|(offload, event)| {
        give(handler(emission, target, offload, event)?);
        Ok(())
    })
}

fn handler(
    emission: &Emission<'_>,
    target: &TypeScript,
    offload: &Offload,
    event: &Event,
) -> Result<Artifact, EmitError> {
    let path = emission.file(&target.handlers.value, &format!("{}.ts", file_stem(offload, event)))?;
    let id = &event.function.id.value;
    let define = functions::define(&event.function);
    let message = format!("{id} has no handler yet: write it in {path}");
    let module = format!("{}/functions", target.handlers.value.relative_to(&target.out.value));
    let what = event.function.description.as_ref().or(event.description.as_ref()).or(offload.description.as_ref());
    let what = what.map(|text| format!("{}\n\n", text.value)).unwrap_or_default();
    let own = event.function.steps.value == Steps::Own;
    let (how, tried, given) = if own {
        ("in its own steps: what a step returns is kept", "If a step throws, it", "async ({ step })")
    } else {
        ("as one step", "If it throws, it", "()")
    };
    let doc = format!(
        "{what}The work of {}, {how}.\n\n{tried} is retried until the retries are exhausted, except for a \
         `NonRetriableError`.",
        literal::code(id)
    );
    let (head, outer, tail) = layout::callback(&format!("export const {} =", handler_name(event)), &define, given);
    let (indent, pad) = if own { (outer + 2, " ".repeat(outer)) } else { (outer, String::new()) };
    let part = |text: &str| if own { format!("{pad}{text}\n") } else { String::new() };
    let view = HandlerView {
        server_only: target.server_only.value,
        import: layout::import("import", &[define], &literal::string(&module)),
        doc: literal::doc(0, &doc),
        head,
        step: part("await step.run(\"work\", () => {"),
        body: layout::call(indent, "throw new NonRetriableError", &[literal::string(&message)], ";"),
        step_end: part("});"),
        tail,
    };
    let text = emission.templates.render(&view)?;
    Ok(Artifact::handler(path, text, offload.at.clone()))
}

/// The name that a handler's module exports.
fn handler_name(event: &Event) -> String {
    names::camel(&event.function.id.value)
}

/// The name under which the registry knows a handler.
fn local_name(name: &str) -> String {
    if matches!(name, "functions" | "registry") { format!("{name}_") } else { name.to_owned() }
}

/// The file of a handler: named after the job, or after the function where a job has several.
fn file_stem(offload: &Offload, event: &Event) -> String {
    if offload.events().count() == 1 { offload.job.clone() } else { event.function.id.value.clone() }
}
