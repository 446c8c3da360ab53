//! What of the old contract is what of the new one: by name, else by what it cannot have in common with
//! anything else, such as a route or a function id.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde::Serialize;

use super::Delta;
use super::renames::Renames;
use crate::contract::{Contract, Event, Field, Flag, Function, Offload, Payload, Type};
use crate::pointer::Pointer;

/// What is on both sides, and what is on one only.
#[derive(Debug)]
pub struct Matched<'c, T> {
    /// On both; what is equal in every respect is left out.
    pub both: Vec<Delta<'c, T>>,
    /// Only in the new contract.
    pub added: Vec<Delta<'c, T>>,
    /// Only in the old contract.
    pub removed: Vec<Delta<'c, T>>,
}

impl<T> Default for Matched<'_, T> {
    fn default() -> Self {
        Self { both: Vec::new(), added: Vec::new(), removed: Vec::new() }
    }
}

/// Two contracts, matched.
#[derive(Debug)]
pub struct Evolution<'c> {
    /// The whole contracts.
    pub contract: Delta<'c, Contract>,
    /// The contract before.
    pub old: &'c Contract,
    /// The contract after.
    pub new: &'c Contract,
    /// What is called otherwise.
    pub renames: Renames,
    /// Offloads.
    pub offloads: Matched<'c, Offload>,
    /// Events of offloads that are on both sides.
    pub events: Matched<'c, Event>,
    /// Functions of events that are on both sides.
    pub functions: Vec<Delta<'c, Function>>,
    /// Payloads.
    pub payloads: Matched<'c, Payload>,
    /// Fields of payloads that are on both sides.
    pub fields: Matched<'c, Field>,
    /// Flags.
    pub flags: Matched<'c, Flag>,
}

/// Which old names belong to which new ones.
type Pairs<'c> = Vec<(Option<&'c str>, Option<&'c str>)>;

impl<'c> Evolution<'c> {
    /// Matches two contracts.
    pub fn new(old: &'c Contract, new: &'c Contract) -> Self {
        let contract = Delta {
            old: Some(old),
            new: Some(new),
            path: Pointer::root(),
            was_at: Pointer::root(),
            is_at: Pointer::root(),
            job: None,
            label: new.name.value.clone(),
            is_told_elsewhere: false,
            is_built_in: (false, false),
        };
        let mut evolution = Self {
            contract,
            old,
            new,
            renames: Renames::default(),
            offloads: Matched::default(),
            events: Matched::default(),
            functions: Vec::new(),
            payloads: Matched::default(),
            fields: Matched::default(),
            flags: Matched::default(),
        };
        let jobs = evolution.jobs();
        evolution.name_flags(&jobs);
        evolution.name_payloads(&jobs);
        evolution.match_offloads(&jobs);
        evolution.match_payloads();
        evolution.match_flags();
        evolution
    }

    fn jobs(&mut self) -> Pairs<'c> {
        let by_route = |a: &Offload, b: &Offload| a.route.value == b.route.value;
        let by_event = |a: &Offload, b: &Offload| {
            let same = |event: &Event| {
                b.events().any(|other| {
                    other.function.id.value == event.function.id.value || other.name.value == event.name.value
                })
            };
            a.events().any(same)
        };
        let pairs = pair(&self.old.offloads, &self.new.offloads, &[&by_route, &by_event]);
        self.renames.jobs = renamed(&pairs);
        pairs
    }

    /// A flag is renamed when an offload has another one that was not there, in place of one that is
    /// there no more.
    fn name_flags(&mut self, jobs: &Pairs<'c>) {
        let mut taken = HashSet::new();
        for (old, new) in self.paired(jobs) {
            let (Some(was), Some(is)) = (&old.flag, &new.flag) else { continue };
            let (was, is) = (was.value.as_str(), is.value.as_str());
            let free = !self.new.flags.contains_key(was) && !self.old.flags.contains_key(is);
            if was != is && free && !self.renames.flags.contains_key(was) && taken.insert(is) {
                self.renames.flags.insert(was.to_owned(), is.to_owned());
            }
        }
    }

    fn name_payloads(&mut self, jobs: &Pairs<'c>) {
        let mut sent: HashSet<(&str, &str)> = HashSet::new();
        for (old, new) in self.paired(jobs) {
            for (was, is) in old.events().zip(new.events()) {
                sent.insert((was.payload.value.as_str(), is.payload.value.as_str()));
            }
        }
        let fields = |payload: &Payload| {
            let fields = payload.fields.iter().map(|field| (field.name.clone(), field.type_.text()));
            let mut fields: Vec<(String, String)> = fields.collect();
            fields.sort();
            fields
        };
        let alike = |a: &Payload, b: &Payload| fields(a) == fields(b);
        let close = |a: &Payload, b: &Payload| {
            let (a_fields, b_fields) = (fields(a), fields(b));
            let shared = a_fields.iter().filter(|field| b_fields.contains(field)).count();
            sent.contains(&(a.name.as_str(), b.name.as_str())) && shared * 2 >= a_fields.len().max(b_fields.len())
        };
        let pairs = pair(&self.old.payloads, &self.new.payloads, &[&alike, &close]);
        self.renames.payloads = renamed(&pairs);
    }

    fn paired(&self, jobs: &Pairs<'c>) -> Vec<(&'c Offload, &'c Offload)> {
        let get = |(old, new): &(Option<&str>, Option<&str>)| {
            self.old.offloads.get((*old)?).zip(self.new.offloads.get((*new)?))
        };
        jobs.iter().filter_map(get).collect()
    }

    fn match_offloads(&mut self, jobs: &Pairs<'c>) {
        let at = Pointer::root().key("offloads");
        for (was, is) in jobs {
            let (old, new) =
                (was.and_then(|job| self.old.offloads.get(job)), is.and_then(|job| self.new.offloads.get(job)));
            let delta = self.delta(old, new, &at, *was, *is);
            let delta = Delta { job: is.or(*was), ..delta };
            if let Some((old, new)) = delta.both() {
                self.match_events(&delta, old, new);
            }
            place(delta, &mut self.offloads);
        }
    }

    fn match_events(&mut self, offload: &Delta<'c, Offload>, old: &'c Offload, new: &'c Offload) {
        let (Some(before), Some(after)) = (old.dispatch(), new.dispatch()) else { return };
        let named = |events: &'c [Event]| -> IndexMap<String, &'c Event> {
            events.iter().map(|event| (event.name.value.clone(), event)).collect()
        };
        let (was, is) = (named(&before.events), named(&after.events));
        let by_function = |a: &&Event, b: &&Event| a.function.id.value == b.function.id.value;
        let the_last = |_: &&Event, _: &&Event| true;
        let base = offload.path.key("delivery").key("events").key("events");
        for (was_name, is_name) in pair(&was, &is, &[&by_function, &the_last]) {
            let old = was_name.and_then(|name| was.get(name).copied());
            let new = is_name.and_then(|name| is.get(name).copied());
            let Some(name) = is_name.or(was_name) else { continue };
            if let (Some(was_name), Some(is_name)) = (was_name, is_name)
                && was_name != is_name
            {
                let job = new_job(offload);
                self.renames.events.insert((job, was_name.to_owned()), is_name.to_owned());
            }
            let mut delta = offload.with(old, new);
            delta.path = base.key(name);
            delta.was_at = old.map_or_else(|| offload.was_at.clone(), |event| event.at.clone());
            delta.is_at = new.map_or_else(|| offload.is_at.clone(), |event| event.at.clone());
            delta.label = name.to_owned();
            if let Some((old, new)) = delta.both() {
                let mut function = delta.part("function", |event: &Event| Some(&event.function));
                function.was_at = old.function.at.clone();
                function.is_at = new.function.at.clone();
                function.label = new.function.id.value.clone();
                self.functions.extend(Some(function).filter(|function| !super::delta::same(function)));
            }
            place(delta, &mut self.events);
        }
    }

    fn match_payloads(&mut self) {
        let at = Pointer::root().key("payloads");
        for (was, is) in self.pairs_of(&self.old.payloads, &self.new.payloads, |renames| &renames.payloads) {
            let old = was.and_then(|name| self.old.payloads.get(name));
            let new = is.and_then(|name| self.new.payloads.get(name));
            let mut delta = self.delta(old, new, &at, was, is);
            // Where it is written; a built-in one, nowhere.
            delta.was_at = old.map_or(delta.was_at, |payload| payload.at.clone());
            delta.is_at = new.map_or(delta.is_at, |payload| payload.at.clone());
            if let Some((old, new)) = delta.both() {
                let label = delta.label.clone();
                self.match_fields(&delta, &label, &old.fields, &new.fields);
            }
            place(delta, &mut self.payloads);
        }
    }

    fn match_fields<T: ?Sized>(&mut self, of: &Delta<'c, T>, label: &str, old: &'c [Field], new: &'c [Field]) {
        let named = |fields: &'c [Field]| -> IndexMap<String, &'c Field> {
            fields.iter().map(|field| (field.name.clone(), field)).collect()
        };
        let (was, is) = (named(old), named(new));
        let base = of.path.key("fields");
        let described = |a: &&Field, b: &&Field| {
            let text = |field: &Field| field.description.as_ref().map(|text| text.value.clone());
            a.type_.text() == b.type_.text() && text(a).is_some() && text(a) == text(b)
        };
        let bound = |a: &&Field, b: &&Field| {
            a.from.is_some() && a.from.as_ref().map(|from| from.value) == b.from.as_ref().map(|from| from.value)
        };
        let alike = |a: &&Field, b: &&Field| {
            a.type_.text() == b.type_.text() && (a.optional, a.nullable) == (b.optional, b.nullable)
        };
        for (was_name, is_name) in pair(&was, &is, &[&described, &bound, &alike]) {
            let old = was_name.and_then(|name| was.get(name).copied());
            let new = is_name.and_then(|name| is.get(name).copied());
            let Some(name) = is_name.or(was_name) else { continue };
            if let (Some(was_name), Some(is_name)) = (was_name, is_name)
                && was_name != is_name
            {
                self.renames.fields.insert((base.as_str().to_owned(), was_name.to_owned()), is_name.to_owned());
            }
            let mut delta = of.with(old, new);
            delta.path = base.key(name);
            delta.was_at = old.map_or_else(|| of.was_at.key("fields"), |field| field.at.clone());
            delta.is_at = new.map_or_else(|| of.is_at.key("fields"), |field| field.at.clone());
            delta.label = format!("{label}.{name}");
            delta.is_told_elsewhere = of.is_told_elsewhere || self.is_inherited(old, new);
            if let Some((Type::Object(before), Type::Object(after))) =
                delta.both().map(|(old, new)| (&old.type_.value, &new.type_.value))
            {
                let label = delta.label.clone();
                let inner = delta.part("type", |field: &Field| Some(field));
                let inner = Delta { was_at: delta.was_at.clone(), is_at: delta.is_at.clone(), ..inner };
                self.match_fields(&inner, &label, before, after);
            }
            place(delta, &mut self.fields);
        }
    }

    /// A field is reported where it is written, if the payload that writes it is on both sides.
    fn is_inherited(&self, old: Option<&Field>, new: Option<&Field>) -> bool {
        let was = old.map(|field| field.inherited.as_deref().map(|name| self.renames.payload(name)));
        let is = new.map(|field| field.inherited.as_deref());
        let on_both = |name: &str| {
            self.new.payloads.contains_key(name)
                && self.old.payloads.keys().any(|old| self.renames.payload(old) == name)
        };
        match (was, is) {
            (Some(was), Some(is)) => was == is && is.is_some_and(on_both),
            (Some(one), None) | (None, Some(one)) => one.is_some_and(on_both),
            (None, None) => false,
        }
    }

    fn match_flags(&mut self) {
        let at = Pointer::root().key("flags");
        for (was, is) in self.pairs_of(&self.old.flags, &self.new.flags, |renames| &renames.flags) {
            let old = was.and_then(|name| self.old.flags.get(name));
            let new = is.and_then(|name| self.new.flags.get(name));
            let mut delta = self.delta(old, new, &at, was, is);
            delta.was_at = old.map_or_else(|| at.key("declared"), |flag| flag.at.clone());
            delta.is_at = new.map_or_else(|| at.key("declared"), |flag| flag.at.clone());
            let job = delta.new.or(delta.old).and_then(|flag| flag.offloads.first());
            delta.job = job.map(String::as_str);
            place(delta, &mut self.flags);
        }
    }

    /// Pairs by name, where some names have changed.
    fn pairs_of<T>(
        &self,
        old: &'c IndexMap<String, T>,
        new: &'c IndexMap<String, T>,
        names: impl Fn(&Renames) -> &HashMap<String, String>,
    ) -> Pairs<'c> {
        let names = names(&self.renames);
        let mut pairs: Pairs<'c> = Vec::new();
        let mut used = HashSet::new();
        for name in old.keys() {
            let is = names.get(name).unwrap_or(name);
            let is = new.get_key_value(is).map(|(is, _)| is.as_str());
            used.extend(is);
            pairs.push((Some(name), is));
        }
        pairs.extend(new.keys().filter(|name| !used.contains(name.as_str())).map(|name| (None, Some(name.as_str()))));
        pairs
    }

    fn delta<T>(
        &self,
        old: Option<&'c T>,
        new: Option<&'c T>,
        at: &Pointer,
        was: Option<&str>,
        is: Option<&str>,
    ) -> Delta<'c, T> {
        let name = is.or(was).unwrap_or_default();
        let mut delta = self.contract.with(old, new);
        delta.path = at.key(name);
        delta.was_at = was.map_or_else(|| at.clone(), |name| at.key(name));
        delta.is_at = is.map_or_else(|| at.clone(), |name| at.key(name));
        delta.label = name.to_owned();
        delta
    }
}

fn new_job(offload: &Delta<'_, Offload>) -> String {
    offload.new.or(offload.old).map(|offload| offload.job.clone()).unwrap_or_default()
}

fn place<'c, T: Serialize>(delta: Delta<'c, T>, into: &mut Matched<'c, T>) {
    match (delta.old, delta.new) {
        (Some(_), Some(_)) if super::delta::same(&delta) => {}
        (Some(_), Some(_)) => into.both.push(delta),
        (Some(_), None) => into.removed.push(delta),
        _ => into.added.push(delta),
    }
}

/// Says whether two values of different names are the same thing.
type IsSame<'f, T> = &'f dyn Fn(&T, &T) -> bool;

/// Pairs by name; what is left, by each test in turn, where exactly one of each side passes it.
fn pair<'c, T>(
    old: &'c IndexMap<String, T>,
    new: &'c IndexMap<String, T>,
    tests: &[IsSame<'_, T>],
) -> Vec<(Option<&'c str>, Option<&'c str>)> {
    let mut left: Vec<(&str, &T)> =
        old.iter().filter(|(name, _)| !new.contains_key(*name)).map(|(name, value)| (name.as_str(), value)).collect();
    let mut came: Vec<(&str, &T)> =
        new.iter().filter(|(name, _)| !old.contains_key(*name)).map(|(name, value)| (name.as_str(), value)).collect();
    let mut found: HashMap<&str, &str> = HashMap::new();
    // Too many names changed at once to tell which is which, and the tests would be run on all pairs.
    const MOST: usize = 2_000;
    if left.len().min(came.len()) > 0 && left.len().max(came.len()) <= MOST {
        for test in tests {
            let mut now: Vec<(&str, &str)> = Vec::new();
            for (was, value) in &left {
                let mut candidates = came.iter().filter(|(_, other)| test(value, other));
                if let (Some((is, other)), None) = (candidates.next(), candidates.next())
                    && left.iter().filter(|(_, rival)| test(rival, other)).count() == 1
                {
                    now.push((was, is));
                }
            }
            left.retain(|(name, _)| !now.iter().any(|(was, _)| was == name));
            came.retain(|(name, _)| !now.iter().any(|(_, is)| is == name));
            found.extend(now);
        }
    }
    let mut pairs: Vec<(Option<&str>, Option<&str>)> = Vec::with_capacity(old.len());
    for name in old.keys() {
        let is = found.get(name.as_str()).copied().or_else(|| new.get_key_value(name).map(|(name, _)| name.as_str()));
        pairs.push((Some(name), is));
    }
    pairs.extend(came.iter().map(|(name, _)| (None, Some(*name))));
    pairs
}

fn renamed(pairs: &[(Option<&str>, Option<&str>)]) -> HashMap<String, String> {
    let both = pairs.iter().filter_map(|(was, is)| was.zip(*is));
    both.filter(|(was, is)| was != is).map(|(was, is)| (was.to_owned(), is.to_owned())).collect()
}
