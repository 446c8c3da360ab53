//! Names that several offloads use and only one may have.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::contract::{Origin, Sourced};
use crate::findings::Findings;
use crate::pointer::Pointer;
use crate::rule::Meta;

/// Who uses a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use<'c> {
    /// The name.
    pub(super) name: &'c Sourced<String>,
    /// The job of the offload.
    pub(super) job: &'c str,
    /// The name is a key of the spec, not a value.
    pub(super) key: bool,
}

/// A use of a name that was taken before.
#[derive(Debug)]
struct Repeat<'c> {
    first: Use<'c>,
    again: Use<'c>,
    /// How many more take it from the same default.
    more: usize,
}

/// Reports every use of a name after the first. Offloads that take one name from one default are one
/// finding: the default is at fault.
///
/// `what` is what is named: "the event". `help` is what to do where it is written.
pub(super) fn report<'c>(
    rule: &'static Meta,
    what: &str,
    help: &str,
    uses: impl Iterator<Item = Use<'c>>,
    findings: &mut Findings<'_>,
) {
    for Repeat { first, again, more } in repeats(uses) {
        let (name, job) = (&again.name.value, again.job);
        let mut message = if job == first.job {
            format!("{what} `{name}` occurs twice in `{job}`")
        } else {
            format!("{what} `{name}` of `{job}` is also that of `{}`", first.job)
        };
        if more > 0 {
            message = format!("{message}, and of {more} more");
        }
        let from_default = again.name.origin == Origin::Default;
        let help = if from_default {
            format!("use `{{job}}` or `{{JOB}}` in the default, or {help}")
        } else {
            help.to_owned()
        };
        let at = &again.name.at;
        let finding = if again.key || again.name.origin == Origin::BuiltIn {
            findings.report_key(rule, at, message, help)
        } else {
            findings.report(rule, at, message, help)
        };
        let finding = finding.offload(again.job);
        if first.name.at != *at {
            finding.also(&first.name.at, format!("first used here, by `{}`", first.job));
        }
    }
}

fn repeats<'c>(uses: impl Iterator<Item = Use<'c>>) -> Vec<Repeat<'c>> {
    let mut firsts: HashMap<&str, Use<'_>> = HashMap::new();
    let mut defaults: HashMap<(&Pointer, &str), usize> = HashMap::new();
    let mut out: Vec<Repeat<'_>> = Vec::new();
    for again in uses {
        let name = again.name.value.as_str();
        let first = match firsts.entry(name) {
            Entry::Vacant(entry) => {
                entry.insert(again);
                continue;
            }
            Entry::Occupied(entry) => *entry.get(),
        };
        if again.name.origin == Origin::Default {
            match defaults.entry((&again.name.at, name)) {
                Entry::Occupied(entry) => {
                    out[*entry.get()].more += 1;
                    continue;
                }
                Entry::Vacant(entry) => {
                    entry.insert(out.len());
                }
            }
        }
        out.push(Repeat { first, again, more: 0 });
    }
    out
}
