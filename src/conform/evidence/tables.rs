//! What calls outside of the application are done to: the table, the collection, the topic.

use crate::conform::names::calls::last;
use crate::conform::names::sql;
use crate::conform::observe::{Outside, Run};

/// Whether a call says what another one is done to: `from("table")` before `.insert()`.
pub(in crate::conform) fn opens(first: &Outside, then: &Outside) -> bool {
    then.name.strip_prefix(&*first.name).is_some_and(|rest| rest.starts_with("()."))
}

/// Whether a call among some names what it writes to: `prisma.lead.update`, `from("leads").update`.
pub(in crate::conform) fn names_its_table(call: &Outside, all: &[&Outside]) -> bool {
    all.iter().any(|other| opens(other, call) && !other.said.is_empty())
        || model(call).is_some()
        || !call.said.is_empty()
}

/// What a call of a run is done to, where its name says that or a call before it: `lead` of `prisma.lead.update`,
/// `leads` of `from("leads").update`.
pub(in crate::conform) fn table_of(call: &Outside, run: &Run) -> Option<String> {
    if let Some(change) = sql::change(&call.said) {
        return Some(change.table);
    }
    let before = run.outside.iter().rev().filter(|other| other.order < call.order && other.parent == call.parent);
    let opened = before.filter(|other| opens(other, call)).find_map(|other| other.said.first());
    opened.map(ToString::to_string).or_else(|| model(call).map(ToOwned::to_owned))
}

/// The model of a client: `lead` of `prisma.lead.update`.
fn model(call: &Outside) -> Option<&str> {
    let owner = call.name.strip_suffix(last(&call.name))?.strip_suffix('.')?;
    (owner.contains('.') && !owner.ends_with("()")).then(|| last(owner))
}

/// The letters and digits of a name, in lower case.
pub(in crate::conform) fn letters(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
