//! Options of functions on both sides: which way a number went, and what is there on one side only.

use std::cmp::Ordering;

use serde::Serialize;

use super::{Delta, Evolution};
use crate::contract::{Amount, CancelOn, ConcurrencyLimit, Function, Number, UNSET_RETRIES};
use crate::derive::Duration;
use crate::pointer::Pointer;

/// A number as a person says it.
pub(super) fn amount(number: &Amount) -> String {
    crate::explain::number(&Number { value: number.clone(), justification: None })
}

/// Whether the most that a number can be, or what it is when nothing is set, went up or down; `None`
/// when only the variable differs.
pub(super) fn direction(was: &Amount, is: &Amount) -> Option<Ordering> {
    let largest = |amount: &Amount| amount.largest().unwrap_or(i64::MAX);
    let smallest = |amount: &Amount| amount.smallest().unwrap_or(i64::MIN);
    let orders = [
        is.default_value().cmp(&was.default_value()),
        largest(is).cmp(&largest(was)),
        smallest(is).cmp(&smallest(was)),
    ];
    orders.into_iter().find(|order| *order != Ordering::Equal)
}

/// How the retries of a function changed, with both in words.
pub(super) fn retries<'c>(function: &Delta<'c, Function>) -> Option<(Delta<'c, Amount>, Ordering, String)> {
    let delta = function.value("retries", |f| f.retries.as_ref())?.fact("value", |number| Some(&number.value));
    let unset = Amount::Fixed(UNSET_RETRIES);
    let order = direction(delta.old.unwrap_or(&unset), delta.new.unwrap_or(&unset));
    let one = |side: Option<&Amount>| side.map_or_else(|| format!("unset ({UNSET_RETRIES})"), amount);
    // That it is written down, and is what it was, is lower by nothing: the platform's own may move.
    let order = order.or_else(|| (delta.old.is_none() || delta.new.is_none()).then_some(Ordering::Less))?;
    let words = format!("from {} to {}", one(delta.old), one(delta.new));
    Some((delta, order, words))
}

/// The limits of concurrency side by side.
pub(super) fn limits<'c>(function: &Delta<'c, Function>) -> Vec<Delta<'c, ConcurrencyLimit>> {
    let Some(all) = function.value("concurrency", |f| f.concurrency.as_ref()) else { return Vec::new() };
    let count = |side: Option<&Vec<ConcurrencyLimit>>| side.map_or(0, Vec::len);
    let side = |list: Option<&'c Vec<ConcurrencyLimit>>, index: usize| list.and_then(|list| list.get(index));
    let deltas = (0..count(all.old).max(count(all.new))).map(|index| {
        let mut delta = all.with(side(all.old, index), side(all.new, index));
        delta.path = all.path.index(index);
        let at =
            |limit: Option<&ConcurrencyLimit>, or: &Pointer| limit.map_or_else(|| or.clone(), |l| l.limit.at.clone());
        delta.was_at = at(delta.old, &all.was_at);
        delta.is_at = at(delta.new, &all.is_at);
        delta
    });
    deltas.filter(|delta| !super::delta::same(delta)).collect()
}

/// How much a limit of concurrency allows, and which way that went. No limit is the most.
pub(super) fn concurrency<'c>(limit: &Delta<'c, ConcurrencyLimit>) -> Option<(Delta<'c, Amount>, Ordering, String)> {
    let one = |side: Option<&Amount>| side.map_or_else(|| "no limit".to_owned(), amount);
    let amounts = limit.part("limit", |l| Some(&l.limit.value)).at_places_of(limit).fact("value", |n| Some(&n.value));
    let order = match (amounts.old, amounts.new) {
        (Some(was), Some(is)) => direction(was, is)?,
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
    };
    let words = format!("from {} to {}", one(amounts.old), one(amounts.new));
    // A limit that exists on one side only is reported as a whole.
    let whole = if limit.both().is_some() { amounts } else { Delta { path: limit.path.clone(), ..amounts } };
    Some((whole, order, words))
}

/// Every number of a function that the environment may set, with its key.
pub(super) fn numbers<'c>(function: &Delta<'c, Function>) -> Vec<(&'static str, Delta<'c, Number>)> {
    let mut out = Vec::new();
    out.extend(function.value("retries", |f| f.retries.as_ref()).map(|delta| ("retries", delta)));
    for limit in limits(function).iter().filter(|limit| limit.both().is_some()) {
        let number = limit.part("limit", |l| Some(&l.limit.value)).at_places_of(limit);
        if !super::delta::same(&number) {
            out.push(("concurrency", number));
        }
    }
    out
}

/// Whether a duration went up or down; `None` when it did neither.
pub(super) fn longer(was: Duration, is: Duration) -> Option<bool> {
    match is.cmp(&was) {
        Ordering::Equal => None,
        order => Some(order == Ordering::Greater),
    }
}

/// How many runs may start in a time, and how many of them at once.
pub(super) type Rate = (i64, Duration, Option<i64>);

/// A rate, when it went down (`tighter`) or up: what differs, and both sides in words. No limit is the
/// most.
pub(super) fn rate<'c, T: Serialize>(
    option: &Delta<'c, T>,
    get: impl Fn(&T) -> Rate,
    tighter: bool,
) -> Option<(Delta<'c, T>, String)> {
    let (was, is) = (option.old.map(&get), option.new.map(&get));
    let order = match (was, is) {
        (Some((limit, period, burst)), Some((other, time, at_once))) => {
            let per = |limit: i64, period: Duration| i128::from(limit) * i128::from(period.seconds());
            // `limit / period`, both sides multiplied by both periods.
            per(other, period).cmp(&per(limit, time)).then(at_once.cmp(&burst)).then(other.cmp(&limit))
        }
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
    };
    let one = |side: Option<Rate>| match side {
        None => "no limit".to_owned(),
        Some((limit, period, None)) => format!("{limit} in {period}"),
        Some((limit, period, Some(burst))) => format!("{limit} in {period} and {burst} at once"),
    };
    let words = format!("from {} to {}", one(was), one(is));
    let path = if option.both().is_some() { option.path.key("limit") } else { option.path.clone() };
    let wanted = if tighter { Ordering::Less } else { Ordering::Greater };
    (order == wanted).then(|| (Delta { path, ..option.clone() }, words))
}

/// A cancelling event with the end of its path.
pub(super) type Cancellation<'c> = Option<(&'c CancelOn, String)>;

/// The events that cancel runs, on both sides.
pub(super) fn cancellations<'e, 'c>(
    evolution: &'e Evolution<'c>,
) -> Vec<(&'e Delta<'c, Function>, Cancellation<'c>, Cancellation<'c>)> {
    let mut out = Vec::new();
    for function in &evolution.functions {
        let side = |function: Option<&'c Function>| {
            let mut named: Vec<(String, &'c CancelOn)> = Vec::new();
            for cancel in function.and_then(|f| f.cancel_on.as_ref()).into_iter().flat_map(|list| &list.value) {
                let name = &cancel.event.value;
                let before = named.iter().filter(|(_, other)| other.event.value == *name).count();
                let name = if before > 0 { format!("{name} ({})", before + 1) } else { name.clone() };
                named.push((name, cancel));
            }
            named
        };
        let (old, new) = (side(function.old), side(function.new));
        let find = |list: &[(String, &'c CancelOn)], name: &str| -> Cancellation<'c> {
            list.iter().find(|(other, _)| other == name).map(|(name, cancel)| (*cancel, name.clone()))
        };
        let came = new.iter().filter(|(name, _)| find(&old, name).is_none());
        for (name, _) in old.iter().chain(came) {
            out.push((function, find(&old, name), find(&new, name)));
        }
    }
    out
}

/// The timeouts that differ, with what they bound.
pub(super) fn timeouts<'e, 'c>(
    evolution: &'e Evolution<'c>,
) -> Vec<(&'e Delta<'c, Function>, &'static str, Delta<'c, Duration>)> {
    let mut out = Vec::new();
    for function in &evolution.functions {
        let all = function.part("timeouts", |f| f.timeouts.as_ref()).unwrapped();
        out.extend(all.value("start", |t| t.start.as_ref()).map(|delta| (function, "wait to start", delta)));
        out.extend(all.value("finish", |t| t.finish.as_ref()).map(|delta| (function, "run", delta)));
    }
    out
}
