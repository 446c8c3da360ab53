//! Calls of domain code: every way through one is followed once, and from then on it is a call that ends
//! in one of a few ways.
//!
//! The work of a route goes through modules that know nothing of requests, steps and events, ten deep, and
//! each asks twenty questions of rows that nobody knows. To follow each way of each of them from the
//! route's first line again costs the product of both. What such a call does depends on what it is given
//! and on nothing else: so it is followed by itself, and what was found holds wherever it is given the
//! same, on every way, in every world that answers its questions alike, and in every route.
//!
//! A call is told so only when that says the same as running it: it changes nothing that it is given,
//! it gives back data, and it stands at the outermost level of a module from which no import leads to a
//! platform; or it goes one way only and nothing at all shows that it was not run. Any other call is run where it
//! stands. Whether a call was followed before must never be seen.

mod given;
mod join;
mod strict;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::program::{ModuleId, Site, Symbol};
use super::asked::Asked;
use super::effect::until_outside;
use super::explore::Frontier;
use super::shared::is_bare;
use super::walk::Walk;
use super::{Abrupt, Closure, Effect, EffectKind, Frame, FunctionId, Kind, Machine, Outcome, Scope, Taint, Value};
use given::Given;
use strict::is_of_run;

/// Most ways through one call that are followed.
const MOST_PATHS: usize = 24;

/// Most nodes that one of them evaluates, without those of calls that are told in one.
const FUEL: u32 = 20_000;

/// Most calls that are followed inside each other.
const MOST_OPEN: usize = 80;

/// Most calls that are followed anew because they are part of one that calls itself.
const MOST_PARTS: u32 = 48;

/// What tells a call from others: the function, and all that it is given.
pub(super) type Key = (FunctionId, Vec<u8>);

/// What a call does that is given something.
pub(super) struct Summary<'p> {
    /// What it asked of the world.
    pub(super) asked: Asked,
    /// Modules whose variables it read.
    reads: Vec<ModuleId>,
    /// What it was given when it was followed.
    given: Given<'p>,
    /// How it ends; none when it has to be run where it stands.
    ways: Vec<Way<'p>>,
    /// Not all of what it does was followed.
    is_partial: bool,
    /// It read outermost names that hold an object of each run's own.
    has_own: bool,
}

/// One way in which a call ends.
pub(super) struct Way<'p> {
    effects: Rc<[Effect<'p>]>,
    /// Whether another run may be told otherwise.
    asks: bool,
    /// What it gives, or what it throws.
    outcome: Result<Value<'p>, Value<'p>>,
    /// What the way depends on.
    taint: Taint,
    /// Something was decided on it.
    decided: bool,
    /// What all that was decided on it was decided on.
    common: Taint,
    /// Where something was decided on it that nobody knows here.
    unsure: Option<Site>,
    /// The first call of something outside that may throw through it.
    raises: Option<Site>,
    /// How many calls of something outside are made on it.
    outside: usize,
    /// How many nodes are evaluated on it.
    nodes: u32,
}

/// Summaries of one thread.
pub(super) type Summaries<'p> = FxHashMap<Key, Vec<Rc<Summary<'p>>>>;

/// A call that is being followed.
pub(super) struct Open {
    function: FunctionId,
    /// Objects that are older than this were there before it.
    born: u64,
    /// The outermost call that is being followed and that it would have called again.
    head: usize,
    /// How many calls were followed anew for its sake.
    parts: u32,
    /// It changed what was there before it.
    changed: bool,
    /// When values of outermost names were made in it, from the first to the last of what they are made of: they are
    /// there before it wherever it is run.
    made: Vec<(u64, u64)>,
    /// Not all of what it does was followed.
    is_partial: bool,
    /// It is followed to be told where to run it would be the same: for nothing, with more calls of something outside.
    strict: Option<usize>,
    raises: Option<Site>,
}

impl<'p> Machine<'p> {
    /// What a call does, when it is one that can be told by itself; `None` when it has to be run.
    pub(super) fn summarised(
        &mut self,
        closure: &Closure<'p>,
        this: &Value<'p>,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Option<Outcome<'p>> {
        // A constructor is there to change what it is given.
        let is_plain = !closure.function.is_generator && !is_constructor(closure) && self.lent.is_none();
        // What is left of an earlier call is in no summary.
        if self.is_again || !is_plain || !is_bare(&closure.scope) {
            return None;
        }
        let function = FunctionId::of(closure.module, closure.function.range);
        let is_strict = self.is_strict(closure.module);
        if is_strict && self.open.is_empty() && !self.shared.is_worth(function, &self.world) {
            return None;
        }
        let (given, bytes) = Given::of(self, this, arguments)?;
        if let Some(head) = self.open.iter().position(|open| open.function == function) {
            if given.is_known() {
                return None;
            }
            return Some(Ok(self.unfollowed(head, at)));
        }
        let key = (function, bytes);
        let summary = match self.shared.summary(&key, &self.world, self.entry) {
            Some(known) => known,
            // One that is part of another is not followed as well: in vain, each would be run twice as often.
            None if is_strict && !self.open.is_empty() => return None,
            None => {
                if let Some(head) = self.open.iter().position(|open| open.parts > MOST_PARTS) {
                    return Some(Ok(self.unfollowed(head, at)));
                }
                if self.open.len() >= MOST_OPEN {
                    return Some(Ok(self.unknown("a deep call", at)));
                }
                let followed = self.follow(closure, this, arguments, given.clone(), key, is_strict);
                if is_strict {
                    let is_told = followed.as_ref().is_ok_and(|summary| self.is_within(summary));
                    self.shared.note_worth(function, &self.world, is_told);
                }
                match followed {
                    Ok(summary) => summary,
                    Err(abrupt) => return Some(Err(abrupt)),
                }
            }
        };
        if is_strict && !self.is_within(&summary) {
            return None;
        }
        if summary.ways.is_empty() || summary.reads.iter().any(|module| self.amended.contains(module)) {
            return None;
        }
        if let Some(open) = self.open.last_mut() {
            open.is_partial |= summary.is_partial;
        }
        self.note_asked(&summary.asked, &summary.reads);
        Some(self.take_way(&summary, &given, is_strict, at))
    }

    /// What a call gives that is part of one that is being followed already.
    fn unfollowed(&mut self, head: usize, at: Site) -> Value<'p> {
        for open in &mut self.open[head + 1..] {
            open.head = open.head.min(head);
        }
        for open in &mut self.open[head..] {
            open.is_partial = true;
        }
        self.unknown("a call of itself", at)
    }

    /// Goes one of the ways in which a call ends.
    fn take_way(&mut self, summary: &Summary<'p>, given: &Given<'p>, is_strict: bool, at: Site) -> Outcome<'p> {
        let last = summary.ways.len() - 1;
        let decided = summary.ways.iter().filter(|way| way.decided).map(|way| way.common);
        let common = self.decided_on(decided.reduce(Taint::common).unwrap_or_default());
        let is_doubtful = summary.ways.iter().any(|way| way.unsure.is_some());
        let common = if is_doubtful { common.with(Taint::UNREAD) } else { common };
        let mut chosen = 0;
        while chosen < last && !self.walk.decisions.decide((at, 2 + chosen as u8), self.walk.depth, common) {
            chosen += 1;
        }
        let way = &summary.ways[chosen];
        self.walk.outside += way.outside;
        self.walk.told = self.walk.told.saturating_add(way.nodes);
        if is_strict {
            self.walk.fuel = self.walk.fuel.saturating_sub(way.nodes);
        }
        self.walk.joined += usize::from(way.decided);
        self.walk.path_taint = self.walk.path_taint.with(way.taint);
        self.walk.unsure = self.walk.unsure.or(way.unsure);
        if summary.asked.has_clock() || way.asks {
            self.asked += 1;
        }
        let in_step = self.walk.steps > 0;
        if let Some(site) = way.raises {
            let before = self.walk.effects.len();
            if let Err(abrupt) = self.may_throw(site) {
                // It threw amid the call.
                let threw = self.walk.effects.split_off(before);
                until_outside(&way.effects, site, in_step, &mut self.walk.effects);
                let (mut calls, mut loads) = (0_usize, 0_usize);
                for effect in &self.walk.effects[before..] {
                    match effect.kind {
                        EffectKind::Enter(..) => calls += 1,
                        EffectKind::Leave(_) => calls = calls.saturating_sub(1),
                        EffectKind::Load(true) => loads += 1,
                        EffectKind::Load(false) => loads = loads.saturating_sub(1),
                        _ => {}
                    }
                }
                self.walk.effects.extend(threw);
                // What was being loaded or called when it threw is so no longer.
                (0..loads).for_each(|_| self.effect(EffectKind::Load(false), at));
                (0..calls).for_each(|_| self.effect(EffectKind::Leave(true), at));
                return Err(abrupt);
            }
        }
        if !way.effects.is_empty() {
            self.walk.effects.push(Effect { kind: EffectKind::Told(way.effects.clone()), at, in_step });
        }
        let (Ok(value) | Err(value)) = &way.outcome;
        let value = self.renewed(value, &summary.given, given, at);
        if way.outcome.is_ok() { Ok(value) } else { Err(Abrupt::Throw(value)) }
    }

    /// Follows every way through a call; the first one alone where only a call that has no other is told.
    fn follow(
        &mut self,
        closure: &Closure<'p>,
        this: &Value<'p>,
        arguments: &[Value<'p>],
        given: Given<'p>,
        key: Key,
        is_strict: bool,
    ) -> Outcome<'p, Rc<Summary<'p>>> {
        let index = self.open.len();
        let most_outside = self.world.most_outside.map(|most| most.saturating_sub(self.walk.outside));
        self.open.push(Open { strict: is_strict.then(|| most_outside.unwrap_or(usize::MAX)), ..Open::new(key.0) });
        self.begin_asking();
        let aside = std::mem::take(&mut self.walk);
        let mut frontier = Frontier::default();
        let mut ways: Vec<Way<'p>> = Vec::new();
        let (mut must_run_again, mut has_own) = (false, false);
        let most_paths = if is_strict { 1 } else { MOST_PATHS };
        while ways.len() < most_paths
            && let Some(script) = frontier.next()
        {
            // It knows nothing but what the call is given.
            self.walk = Walk::new(FUEL, frontier.decisions(script));
            self.walk.truths = given.truths.iter().copied().collect();
            self.open[index].raises = None;
            let scope = Scope::of_call(closure);
            let frame = Frame { module: closure.module, scope, this: this.clone(), home: closure.home.clone() };
            let outcome = self.body(closure, &frame, &mut arguments.to_vec());
            let outcome = self.fire_all().and(outcome);
            must_run_again = self.shared.must_run_again() || self.open[index].changed;
            if must_run_again {
                break;
            }
            let outcome = match outcome {
                Ok(value) => Ok(value),
                Err(Abrupt::Throw(error)) => Err(error),
                Err(Abrupt::Halt) => {
                    self.open[index].is_partial = true;
                    Ok(self.unknown("a call that takes too long", frame.site(closure.function.range)))
                }
            };
            frontier.note(&self.walk.decisions, self.walk.nodes());
            self.open[index].is_partial |= !self.walk.definitions.is_empty();
            has_own |= self.walk.tops.values().flatten().any(is_of_run);
            ways.push(Way {
                asks: self.walk.effects.iter().any(Effect::asks),
                effects: std::mem::take(&mut self.walk.effects).into(),
                outcome,
                taint: self.walk.path_taint,
                decided: self.walk.decisions.count() + self.walk.joined > 0,
                common: if self.walk.joined > 0 { Taint::default() } else { self.walk.decisions.common() },
                unsure: self.walk.unsure,
                raises: self.open[index].raises,
                outside: self.walk.outside,
                nodes: self.walk.nodes(),
            });
        }
        self.walk = aside;
        let Some(open) = self.open.pop() else { return Err(Abrupt::Halt) };
        let asking = self.end_asking();
        let (is_changed, is_partial) = (open.changed, open.is_partial);
        let ways = if must_run_again { Vec::new() } else { self.joined_ways(ways, &given, asking.uuid) };
        let (asked, reads) = (asking.answered(&self.world, self.entry), asking.reads.into_iter().collect());
        let summary = Rc::new(Summary { asked, reads, given, ways, is_partial, has_own });
        if must_run_again {
            if is_changed {
                self.shared.keep_summary(key, summary);
                self.shared.run_again();
            }
            return Err(Abrupt::Halt);
        }
        if is_strict && (summary.is_partial || frontier.next().is_some()) {
            return Ok(summary);
        }
        if open.head >= index {
            self.shared.keep_summary(key, summary.clone());
        } else {
            // Part of a call that calls itself: what was found holds inside of that one only.
            self.open[open.head].parts += 1;
            for above in &mut self.open[open.head + 1..] {
                above.head = above.head.min(open.head);
            }
        }
        Ok(summary)
    }

    /// Whether a call that is followed will not be told.
    pub(super) fn follows_in_vain(&self) -> bool {
        let most = self.open.last().and_then(|open| open.strict);
        most.is_some_and(|most| self.walk.outside > most || self.walk.decisions.count() + self.walk.joined > 0)
    }

    /// The value of an outermost name was made, of what was made since.
    pub(super) fn note_made(&mut self, since: u64) {
        if let Some(open) = self.open.last_mut() {
            open.made.push((since, super::value::birth()));
        }
    }

    /// The request is asked for by who was not given it: what is told of a call holds for one request alone.
    pub(super) fn note_request(&mut self) {
        self.open.iter_mut().for_each(|open| open.changed = true);
    }

    /// An object, or a name around a function, is about to be changed.
    pub(super) fn note_change(&mut self, born: u64) {
        for open in &mut self.open {
            open.changed |= born < open.born || open.made.iter().any(|(from, to)| (*from..*to).contains(&born));
        }
    }

    /// A variable of a module is about to be given a value. One that was read and held nothing is given it
    /// on demand, as a client that is made when it is first used: whoever reads it next makes it again.
    pub(super) fn note_assigned(&mut self, module: ModuleId, symbol: Symbol) {
        let held = self.walk.tops.get(&(module, symbol));
        if matches!(held, Some(Some(Value::Undefined | Value::Null | Value::Opaque(_)))) {
            return;
        }
        if self.open.is_empty() {
            self.amended.insert(module);
        }
        for open in &mut self.open {
            open.changed = true;
        }
    }

    /// Something outside is called that nothing around it would catch.
    pub(super) fn note_raise(&mut self, at: Site) {
        if let Some(open) = self.open.last_mut() {
            open.raises.get_or_insert(at);
        }
    }
}

fn is_constructor(closure: &Closure<'_>) -> bool {
    let Some(Kind::Class { class, .. }) = closure.home.as_ref().and_then(Value::as_object).map(|home| &home.kind)
    else {
        return false;
    };
    class.constructor.as_ref().is_some_and(|constructor| std::ptr::eq(constructor, closure.function))
}

impl Open {
    fn new(function: FunctionId) -> Self {
        Self {
            function,
            born: super::value::birth(),
            head: usize::MAX,
            parts: 0,
            changed: false,
            made: Vec::new(),
            is_partial: false,
            strict: None,
            raises: None,
        }
    }
}
