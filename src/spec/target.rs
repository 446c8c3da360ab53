//! What is generated, and where to.

use schemars::JsonSchema;
use serde::Deserialize;

use super::ModuleExport;

/// What is generated, and where.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Targets {
    /// Folder for all outputs, relative to the root. Default: the root itself.
    #[schemars(extend("examples" = ["generated"]))]
    pub within: Option<String>,
    /// TypeScript.
    pub typescript: Option<TypeScript>,
    /// JSON Schemas (draft 2020-12) of payloads, events, responses and the contract.
    pub schemas: Option<OutputFolder>,
    /// Markdown documents, one page of HTML, and AsyncAPI.
    pub docs: Option<OutputFolder>,
    /// Folder with your own templates, relative to the root: each file in it replaces the built-in template
    /// with its name. `inngest-offload templates eject` copies the built-in ones.
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
    /// Folder of the handlers: one stub per function, written once and then maintained by you.
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
