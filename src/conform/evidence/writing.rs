//! Which calls outside of the application write, and what they do, for people.

use crate::conform::names::calls::{Judged, observes, says_that_it_writes, writes_a_row};
use crate::conform::names::sql;
use crate::conform::observe::{Data, Outside};

/// What a call does, for people: what it calls, or what its statement of SQL does.
pub(in crate::conform) fn what(call: &Outside) -> String {
    match sql::change(&call.said) {
        Some(change) => format!("runs `{}`", format!("{} {}", change.verb, change.table).trim_end()),
        None => format!("calls `{}`", call.name),
    }
}

/// Which calls write.
pub(in crate::conform) struct Writing<'n>(Judged<'n>);

impl Default for Writing<'_> {
    fn default() -> Self {
        Self(Judged::by(says_that_it_writes))
    }
}

impl<'n> Writing<'n> {
    /// Which calls write, also what only observes the work: numbers about it, in a table of their own.
    pub(in crate::conform) fn of_any_table() -> Self {
        Self(Judged::by(writes_a_row))
    }

    /// Whether a call writes, by its name; `fetch` by its method, a statement of SQL by its first word.
    pub(in crate::conform) fn has(&mut self, call: &'n Outside) -> bool {
        let name = &*call.name;
        if name == "fetch" || name == "globalThis.fetch" {
            let reads = ["GET", "HEAD", "OPTIONS"];
            return matches!(&call.method, Data::Text(method) if !reads.contains(&method.to_uppercase().as_str()));
        }
        let writes = self.0.says(name) || (sql::change(&call.said).is_some() && !observes(name));
        writes && !call.package.as_deref().is_some_and(observes)
    }
}
