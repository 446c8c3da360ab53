//! Payloads with inherited fields.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Sourced;
use crate::pointer::Pointer;
pub use crate::spec::Binding;

/// The data of an event.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Payload {
    /// Its name.
    pub name: String,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Sourced<String>>,
    /// The payload whose fields it has as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extends: Option<Sourced<String>>,
    /// All fields, inherited ones first.
    pub fields: Vec<Field>,
    /// Where it is written.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
}

/// A field.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub type_: Sourced<Type>,
    /// It can be absent.
    pub optional: bool,
    /// It can be null.
    pub nullable: bool,
    /// What the dispatcher fills it with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Sourced<Binding>>,
    /// What it says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Sourced<String>>,
    /// A value for the documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Sourced<serde_json::Value>>,
    /// The value when it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Sourced<serde_json::Value>>,
    /// JSON Schema bounds by keyword.
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    pub bounds: serde_json::Map<String, serde_json::Value>,
    /// The payload that declares it, when it is inherited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inherited: Option<String>,
    /// Where it is written.
    #[serde(skip)]
    #[schemars(skip)]
    pub at: Pointer,
}

/// The type of a field.
#[derive(Debug, Clone)]
pub enum Type {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// RFC 3339, UTC.
    Timestamp,
    /// `YYYY-MM-DD`.
    Date,
    /// A UUID.
    Uuid,
    /// A URL.
    Url,
    /// Any JSON value.
    Json,
    /// One of some texts.
    Enum(Vec<String>),
    /// A list.
    Array(Box<Type>),
    /// A map from text.
    Map(Box<Type>),
    /// A payload by name; it exists.
    Payload(String),
    /// An object with fields of its own.
    Object(Vec<Field>),
}

impl Type {
    /// As it is written in the spec.
    pub fn text(&self) -> String {
        match self {
            Self::String => "string".into(),
            Self::Integer => "integer".into(),
            Self::Number => "number".into(),
            Self::Boolean => "boolean".into(),
            Self::Timestamp => "timestamp".into(),
            Self::Date => "date".into(),
            Self::Uuid => "uuid".into(),
            Self::Url => "url".into(),
            Self::Json => "json".into(),
            Self::Enum(_) => "enum".into(),
            Self::Array(item) => format!("array<{}>", item.text()),
            Self::Map(value) => format!("map<{}>", value.text()),
            Self::Payload(name) => name.clone(),
            Self::Object(_) => "object".into(),
        }
    }

    /// Whether its JSON form is a string.
    pub fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Timestamp | Self::Date | Self::Uuid | Self::Url | Self::Enum(_))
    }
}

impl Serialize for Type {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        match self {
            Self::Enum(values) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("enum", values)?;
                map.end()
            }
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("fields", fields)?;
                map.end()
            }
            other => serializer.serialize_str(&other.text()),
        }
    }
}

impl JsonSchema for Type {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Type".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let field = generator.subschema_for::<Field>();
        schemars::json_schema!({
            "description": "A type by name, or an enum with its values, or an object with its fields.",
            "anyOf": [
                { "type": "string" },
                { "type": "object", "properties": { "enum": { "type": "array", "items": { "type": "string" } } }, "required": ["enum"] },
                { "type": "object", "properties": { "fields": { "type": "array", "items": field } }, "required": ["fields"] }
            ]
        })
    }
}
