//! An option as it is given to a function, and what to point at when two of them do not go together.

use crate::contract::{Function, Origin, Sourced};
use crate::findings::Findings;
use crate::lint::once::Once;
use crate::pointer::Pointer;
use crate::rule::Meta;

/// An option that a function has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given<'c> {
    /// Its name.
    pub(super) name: &'static str,
    at: &'c Pointer,
    origin: Origin,
}

impl<'c> Given<'c> {
    /// The option, if the function has it.
    pub(super) fn of<T>(name: &'static str, option: &'c Option<Sourced<T>>) -> Option<Self> {
        option.as_ref().map(|option| Self { name, at: &option.at, origin: option.origin })
    }

    /// Reports that options do not go together: once where the nearest of them is written, with the
    /// places of the others. Of options equally near, the first is pointed at.
    pub(super) fn report(
        options: &[Self],
        once: &mut Once,
        findings: &mut Findings<'_>,
        rule: &'static Meta,
        message: String,
        help: &str,
    ) {
        let distance = |origin: Origin| match origin {
            Origin::Written => 0,
            Origin::Default => 1,
            Origin::BuiltIn => 2,
        };
        let Some(nearest) = options.iter().min_by_key(|option| distance(option.origin)) else { return };
        let place = Sourced { value: (), origin: nearest.origin, at: nearest.at.clone() };
        if !once.first(&place) {
            return;
        }
        let mut finding = findings.report_key(rule, nearest.at, message, help);
        for other in options.iter().filter(|other| other.at != nearest.at && other.origin != Origin::BuiltIn) {
            finding = finding.also(other.at, format!("`{}` is set here", other.name));
        }
    }
}

/// What makes the server refuse a function that takes batches.
pub(super) fn refused_with_batch(function: &Function) -> Vec<Given<'_>> {
    let cancel_on = Given::of("cancelOn", &function.cancel_on);
    let cancels = function.cancel_on.as_ref().is_some_and(|list| !list.is_empty());
    let options = [
        cancel_on.filter(|_| cancels),
        Given::of("debounce", &function.debounce),
        Given::of("singleton", &function.singleton),
        Given::of("priority", &function.priority),
    ];
    options.into_iter().flatten().collect()
}

/// The names as one reads them: `` `a`, `b` and `c` ``.
pub(super) fn names(options: &[Given<'_>]) -> String {
    let names: Vec<String> = options.iter().map(|option| format!("`{}`", option.name)).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
