//! JSON as prettier prints it, so that a formatter in the team's repository finds nothing to change.

/// The text of a value, with a final line break.
pub fn pretty(value: &serde_json::Value) -> String {
    format!("{value:#}\n")
}
