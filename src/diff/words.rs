//! Values in words.

use serde::Serialize;

use super::Delta;

/// What is shown of a value: its word, or its JSON.
pub(super) fn shown<T: Serialize + ?Sized>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(value) => value.to_string(),
        Err(_) => String::new(),
    }
}

/// `` from `a` to `b` ``; what is missing is called unset.
pub(super) fn from_to(was: Option<String>, is: Option<String>) -> String {
    let one = |side: Option<String>| side.map_or_else(|| "unset".to_owned(), |text| format!("`{text}`"));
    format!("from {} to {}", one(was), one(is))
}

/// Both sides of a delta in words.
pub(super) fn change<T: Serialize + ?Sized>(delta: &Delta<'_, T>) -> String {
    from_to(delta.old.map(shown), delta.new.map(shown))
}

/// A list of names in backticks.
pub(super) fn list<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    const MOST: usize = 5;
    let names: Vec<T> = names.into_iter().collect();
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", name.as_ref())).collect();
    let more = if names.len() > MOST { format!(" and {} more", names.len() - MOST) } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

/// The ids of the functions that do the work of an offload.
pub(super) fn functions(offload: &crate::contract::Offload) -> String {
    let ids: Vec<&str> = offload.events().map(|event| event.function.id.value.as_str()).collect();
    if ids.is_empty() { "the queue".to_owned() } else { list(ids) }
}

/// A text of the spec at the end of a message, which has no final dot.
pub(super) fn ending(text: &str) -> &str {
    text.trim_end().trim_end_matches('.')
}

/// How a change of an offload is shipped that no run and no event in flight outlives: with the flag off,
/// the route works inline in the meantime.
pub(super) fn drained(evolution: &super::Evolution<'_>, job: Option<&str>) -> String {
    let offload = job.and_then(|job| evolution.old.offloads.get(job).or_else(|| evolution.new.offloads.get(job)));
    let runs = offload.map_or_else(|| "its functions".to_owned(), functions);
    match offload.and_then(|offload| offload.flag.as_ref()) {
        Some(flag) => format!(
            "turn `{}` off, so that the route works inline, wait until the runs of {runs} have ended, deploy, and turn \
             it on again",
            flag.value
        ),
        None => format!("stop what sends the event, wait until the runs of {runs} have ended, and deploy"),
    }
}
