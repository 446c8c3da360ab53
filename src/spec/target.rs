//! What is generated, and where to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::ModuleExport;

/// What is generated, and where to.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Targets {
    /// Folder, relative to the root, under which all outputs lie. Default: the root itself.
    #[schemars(extend("examples" = ["generated"]))]
    pub within: Option<String>,
    /// TypeScript.
    pub typescript: Option<TypeScript>,
    /// JSON Schemas (draft 2020-12) of payloads, events, responses and the contract.
    pub schemas: Option<OutputFolder>,
    /// Markdown documents, one page of HTML, and AsyncAPI.
    pub docs: Option<OutputFolder>,
    /// Folder of your own templates, relative to the root: each file in it takes the place of the built-in
    /// one of its name. `inngest-offload templates eject` copies those.
    #[schemars(extend("examples" = ["templates/offload"]))]
    pub templates: Option<String>,
}

/// A folder that is rewritten on every run.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutputFolder {
    /// The folder, relative to `within`.
    pub out: String,
}

/// TypeScript for a Next.js application.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TypeScript {
    /// Folder of the generated modules, rewritten on every run.
    #[schemars(extend("examples" = ["lib/inngest/generated"]))]
    pub out: String,
    /// Folder of the handlers: one stub a function, written once, then yours.
    #[schemars(extend("examples" = ["lib/inngest/functions"]))]
    pub handlers: String,
    /// Major version of the `inngest` package.
    #[schemars(extend("enum" = [3, 4]))]
    pub sdk: i64,
    /// The Inngest client of the application.
    pub client: ModuleExport,
    /// Whether modules begin with `import "server-only"`. Default: false.
    pub server_only: Option<bool>,
    /// Pattern of the names of event constants; `{EVENT}` is the event name in
    /// SCREAMING_SNAKE_CASE. Default: `INNGEST_EVENT_{EVENT}`.
    pub event_constant: Option<String>,
}
