//! The queue that takes the work of an offload, as its route writes to it.

use rustc_hash::FxHashSet as HashSet;

use super::tables::{letters, opens};
use super::writing::Writing;
use crate::conform::names::calls::{may_write, observes};
use crate::conform::names::sql;
use crate::conform::observe::{About, OffloadFacts, Outside, Run, Runs};
use crate::conform::program::{Site, Text};
use crate::contract::{Delivery, Offload, Sourced};

/// A queue that takes work, and what its route was seen to do in the lines of the flag's truth table.
pub(in crate::conform) struct Queue<'f> {
    /// Its name.
    pub(in crate::conform) name: &'f Sourced<String>,
    seen: &'f OffloadFacts,
    letters: String,
}

impl<'f> Queue<'f> {
    /// The queue of an offload that has one.
    pub(in crate::conform) fn of(offload: &'f Offload, seen: &'f OffloadFacts) -> Option<Self> {
        let Delivery::Queue(name) = &offload.delivery else { return None };
        Some(Self { name, seen, letters: letters(&name.value) })
    }

    /// The runs of each line of the truth table in which the flag is on, or off.
    pub(in crate::conform) fn rows(&self, on: bool) -> impl Iterator<Item = &'f Runs> {
        let rows = self.seen.states.iter().filter(move |probe| probe.about == About::Row && probe.expected == on);
        rows.map(|probe| &*probe.runs)
    }

    /// Whether every way of every line was followed: to its end, or to a place where as many ways of all lines end
    /// for something that is not known here, and which has nothing to do with the flag then.
    pub(in crate::conform) fn is_whole(&self) -> bool {
        let mut rows = self.rows(true).chain(self.rows(false));
        let first = rows.next().and_then(lost);
        first.is_some() && rows.all(|runs| lost(runs) == first)
    }

    /// Whether every way of a call was followed as those of the lines are.
    pub(in crate::conform) fn follows(&self, runs: &Runs) -> bool {
        self.is_whole() && lost(runs) == self.rows(true).next().and_then(lost)
    }

    /// What a run writes to the queue.
    pub(in crate::conform) fn writes<'r>(&self, run: &'r Run) -> Option<&'r Outside> {
        let mut writing = Writing::default();
        run.outside.iter().find(|call| {
            let table = || run.outside.iter().rev().find(|other| other.order < call.order && opens(other, call));
            writing.has(call) && (self.is_of_it(call) || table().is_some_and(|table| self.is_named(table)))
        })
    }

    /// Whether a run names the queue in whatever it calls that does not only read.
    pub(in crate::conform) fn is_named_in(&self, run: &Run) -> bool {
        let may_write = |call: &Outside| may_write(&call.name, &call.said);
        // A table that is opened may be written to much later.
        let is_written =
            |table: &Outside| may_write(table) || run.outside.iter().any(|call| opens(table, call) && may_write(call));
        run.outside.iter().any(|call| self.is_named(call) && is_written(call))
    }

    /// Whether a call is done to the queue, where its statement of SQL says what it is done to.
    fn is_of_it(&self, call: &Outside) -> bool {
        match sql::change(&call.said) {
            Some(change) => {
                letters(&change.table).rsplit_once(&*self.letters).is_some_and(|(_, rest)| KINDS.contains(&rest))
            }
            None => self.is_named(call),
        }
    }

    /// Whether a call names the queue: `prisma.webhookEvent.create`, `from("webhook_events")`.
    fn is_named(&self, call: &Outside) -> bool {
        let is_it =
            |part: &str| letters(part).strip_prefix(&*self.letters).is_some_and(|rest| matches!(rest, "" | "s"));
        // `webhook_event_log` is another table, `inbound-webhook-event-queue` is not.
        let ends =
            |word: &str| letters(word).rsplit_once(&*self.letters).is_some_and(|(_, rest)| KINDS.contains(&rest));
        let is_mark = |letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-'));
        call.name.split('.').any(is_it) || call.said.iter().chain(&call.owner).any(|said| said.split(is_mark).any(ends))
    }

    /// What is called in lines with the flag on and in none with it off, or the other way round.
    pub(in crate::conform) fn only(&self, on: bool) -> Vec<&'f Outside> {
        let there: HashSet<(&Text, Site)> = calls(self.rows(!on)).map(|call| (&call.name, call.at)).collect();
        calls(self.rows(on)).filter(|call| !there.contains(&(&call.name, call.at))).collect()
    }
}

/// What a queue is called beside its name.
const KINDS: [&str; 7] = ["", "s", "queue", "table", "topic", "stream", "jobs"];

/// Where ways of a call end for something that is not known, in order; `None` where others were not followed to their
/// end, or none was.
fn lost(runs: &Runs) -> Option<Vec<Site>> {
    if !runs.are_all() || runs.iter().all(Run::is_cut) {
        return None;
    }
    let mut lost: Vec<Site> = runs.iter().filter(|run| run.is_cut()).map(|run| run.unsure).collect::<Option<_>>()?;
    lost.sort_unstable();
    Some(lost)
}

/// Every call that does not only observe, but for those of modules that are loaded.
fn calls<'r>(rows: impl Iterator<Item = &'r Runs>) -> impl Iterator<Item = &'r Outside> {
    rows.flatten().flat_map(|run| &run.outside).filter(|call| !call.loading && !observes(&call.name))
}
