//! Event payloads.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// The data of an event.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Payload {
    /// What it says.
    pub description: Option<String>,
    /// A payload whose fields this one also has.
    pub extends: Option<String>,
    /// The fields by name.
    pub fields: IndexMap<String, Field>,
}

/// One field of a payload.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Field {
    /// `string`, `integer`, `number`, `boolean`, `timestamp` (RFC 3339, UTC), `date`, `uuid`, `url`,
    /// `json`, `enum`, `array<T>`, `map<T>` or the name of a payload. Not used together with `fields`.
    #[serde(rename = "type")]
    #[schemars(extend("examples" = ["string", "timestamp", "array<string>", "map<string>"]))]
    pub type_: Option<String>,
    /// The values of an `enum`.
    pub values: Option<Vec<String>>,
    /// The fields of an object without its own name.
    pub fields: Option<IndexMap<String, Field>>,
    /// Whether the field can be absent. Default: false.
    pub optional: Option<bool>,
    /// Whether the value can be null. Default: false.
    pub nullable: Option<bool>,
    /// The value that the dispatcher fills in.
    pub from: Option<Binding>,
    /// What it says.
    pub description: Option<String>,
    /// An example value for the documents.
    pub example: Option<serde_json::Value>,
    /// The value when the field is absent; used in documents and schemas.
    pub default: Option<serde_json::Value>,
    /// Smallest number.
    pub minimum: Option<f64>,
    /// Largest number.
    pub maximum: Option<f64>,
    /// The number must be greater.
    pub exclusive_minimum: Option<f64>,
    /// The number must be less.
    pub exclusive_maximum: Option<f64>,
    /// The number must be a multiple.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub multiple_of: Option<f64>,
    /// Fewest characters.
    pub min_length: Option<u64>,
    /// Most characters.
    pub max_length: Option<u64>,
    /// Regular expression (ECMA 262) that a text must match.
    pub pattern: Option<String>,
    /// Fewest items of an array.
    pub min_items: Option<u64>,
    /// Most items of an array.
    pub max_items: Option<u64>,
    /// Whether the items of an array are all different.
    pub unique_items: Option<bool>,
    /// Fewest entries of a map.
    pub min_properties: Option<u64>,
    /// Most entries of a map.
    pub max_properties: Option<u64>,
}

/// A value that the dispatcher knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Binding {
    /// The offload's source.
    Source,
    /// The time of the call.
    Now,
    /// A random UUID, created once per dispatch.
    Uuid,
    /// The dispatch key.
    DispatchKey,
    /// Start of the window.
    WindowStart,
    /// Size of the window in seconds.
    WindowSeconds,
    /// The allowed query parameters of the request.
    Params,
}
