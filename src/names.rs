//! Names in the cases and forms that TypeScript, the environment and file systems take.

use heck::{ToLowerCamelCase, ToShoutySnakeCase, ToUpperCamelCase};

/// `cron/response-timing.requested` → `CRON_RESPONSE_TIMING_REQUESTED`. It may begin with a digit: it is
/// a part of a name; [`guarded`] makes it one of its own.
pub fn constant(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// `response-timing` → `ResponseTiming`.
pub fn pascal(name: &str) -> String {
    guarded(name.to_upper_camel_case())
}

/// `response-timing` → `responseTiming`. Reserved words get a `_` at the end.
pub fn camel(name: &str) -> String {
    let name = guarded(name.to_lower_camel_case());
    if is_reserved(&name) { format!("{name}_") } else { name }
}

/// A name for a message about characters that cannot be seen: they are written out.
pub fn visible(name: &str) -> String {
    let hidden = |c: char| c.is_control() || crate::contract::is_invisible(c);
    name.chars().map(|c| if hidden(c) { c.escape_unicode().to_string() } else { c.to_string() }).collect()
}

/// An identifier cannot begin with a digit.
pub fn guarded(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("_{name}") } else { name }
}

/// Letters, digits and `_`, not beginning with a digit.
pub fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 200
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// An ASCII identifier that TypeScript does not reserve.
pub fn is_identifier(name: &str) -> bool {
    is_variable(&name.replace('$', "_")) && !is_reserved(name)
}

/// Lower case letters and digits in groups joined by `-`.
pub fn is_kebab(name: &str) -> bool {
    !name.is_empty()
        && name
            .split('-')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// Words that TypeScript does not let a module declare as a value or a type (ECMA-262 reserved
/// words in strict mode, and the built-in type names).
pub fn is_reserved(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "any",
        "arguments",
        "as",
        "async",
        "await",
        "bigint",
        "boolean",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "eval",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "from",
        "function",
        "get",
        "if",
        "implements",
        "import",
        "in",
        "infer",
        "instanceof",
        "interface",
        "is",
        "keyof",
        "let",
        "module",
        "namespace",
        "never",
        "new",
        "null",
        "number",
        "object",
        "of",
        "package",
        "private",
        "protected",
        "public",
        "readonly",
        "require",
        "return",
        "set",
        "static",
        "string",
        "super",
        "switch",
        "symbol",
        "this",
        "throw",
        "true",
        "try",
        "type",
        "typeof",
        "undefined",
        "unique",
        "unknown",
        "var",
        "void",
        "while",
        "with",
        "yield",
    ];
    WORDS.binary_search(&name).is_ok()
}

/// Types that `events.ts` declares or imports beside the payloads: no payload can have their names.
pub const GENERATED_TYPES: &[&str] =
    &["Check", "EventType", "Field", "Fields", "InngestEvent", "InngestEvents", "Issue", "StandardSchemaV1"];

/// What `events.ts` and `flags.ts` declare or import beside events and flags: no event constant and no
/// flag can have their names.
pub const GENERATED_VALUES: &[&str] = &[
    "TYPES",
    "asObject",
    "checkConfiguration",
    "checkFlagValues",
    "checkOverrides",
    "checkSecrets",
    "compiled",
    "configured",
    "dispatching",
    "event",
    "eventType",
    "falsy",
    "findFault",
    "findIssues",
    "flags",
    "holds",
    "isEnabled",
    "isInngestConfigured",
    "isInstant",
    "isMultiple",
    "isObject",
    "isOverridden",
    "isUnique",
    "matches",
    "normalize",
    "platform",
    "preflight",
    "productionKeys",
    "requiredSecrets",
    "secrets",
    "sizeOf",
    "switches",
    "truthy",
];

/// What the generated modules use of the platform: a declaration of the same name would hide it.
pub const PLATFORM: &[&str] = &[
    "Array",
    "Boolean",
    "Date",
    "Error",
    "Headers",
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "Omit",
    "Partial",
    "Pick",
    "Promise",
    "Readonly",
    "Record",
    "RegExp",
    "Request",
    "Response",
    "Set",
    "String",
    "TextEncoder",
    "URL",
    "URLSearchParams",
    "Uint8Array",
    "globalThis",
];
