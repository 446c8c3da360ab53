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
mod open;
mod strict;

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::super::program::{ModuleId, Site};
use super::asked::{Found, Questions};
use super::effect::until_outside;
use super::explore::Frontier;
use super::shared::is_bare;
use super::walk::Walk;
use super::{Abrupt, Closure, Effect, EffectKind, Frame, FunctionId, Kind, Machine, Outcome, Scope, Taint, Value};
use given::Given;
pub(super) use open::Open;
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
    pub(super) asked: Rc<Questions>,
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
pub(super) type Summaries<'p> = FxHashMap<Key, Found<Rc<Summary<'p>>>>;

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
        let is_plain = !closure.function.is_generator && !is_constructor(closure);
        // What is left of an earlier call is in no summary.
        if self.is_again || !is_plain || !is_bare(&closure.scope) {
            return None;
        }
        let function = FunctionId::of(closure.module, closure.function.range);
        let of_package = match self.lent {
            Some(lent) => Some((lent, kept_reader(this, arguments)?)),
            None => None,
        };
        let is_strict = of_package.is_some() || self.is_strict(closure.module);
        let worth = (function, of_package.map_or(0, |(_, reader)| reader), self.world.other_env);
        // One that is part of another is not followed as well: in vain, each would be run twice as often.
        let may_follow = if of_package.is_some() {
            !self.open.iter().any(|open| self.app.is_package(open.function.module))
        } else {
            self.open.is_empty()
        };
        if is_strict && may_follow && !self.shared.is_worth(worth) {
            return None;
        }
        let (given, mut bytes) = Given::of(self, this, arguments)?;
        // What such code does is done where the application calls it.
        if let Some((lent, _)) = of_package {
            bytes.extend([lent.module, lent.start, lent.end].iter().flat_map(|part| part.to_le_bytes()));
        }
        if let Some(head) = self.open.iter().position(|open| open.function == function) {
            if given.is_known() {
                return None;
            }
            return Some(Ok(self.unfollowed(head, at)));
        }
        let key = (function, bytes);
        let summary = match self.shared.summary(&key, |asked| self.answer(asked)) {
            Some(known) => known,
            None if is_strict && !may_follow => return None,
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
                    self.shared.note_worth(worth, is_told);
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
        let asked = self.questions_of(&asking);
        let (answer, reads) = (self.answer(&asked), asking.reads.into_iter().collect());
        let summary = Rc::new(Summary { asked, reads, given, ways, is_partial, has_own });
        if must_run_again {
            if is_changed {
                self.shared.keep_summary(key, answer, summary);
                self.shared.run_again();
            }
            return Err(Abrupt::Halt);
        }
        if is_strict && (summary.is_partial || frontier.next().is_some()) {
            return Ok(summary);
        }
        if open.head >= index {
            self.shared.keep_summary(key, answer, summary.clone());
        } else {
            // Part of a call that calls itself: what was found holds inside of that one only.
            self.open[open.head].parts += 1;
            for above in &mut self.open[open.head + 1..] {
                above.head = above.head.min(open.head);
            }
        }
        Ok(summary)
    }
}

/// When the object was made that reads something, where all runs have it in common and it is given what is known.
fn kept_reader(this: &Value<'_>, arguments: &[Value<'_>]) -> Option<u64> {
    let reader = this.as_object().filter(|reader| reader.kept_for.get().is_some())?;
    let is_plain = |value: &Value<'_>| !matches!(value, Value::Object(_) | Value::Opaque(_));
    arguments.iter().all(is_plain).then_some(reader.born)
}

fn is_constructor(closure: &Closure<'_>) -> bool {
    let Some(Kind::Class { class, .. }) = closure.home.as_ref().and_then(Value::as_object).map(|home| &home.kind)
    else {
        return false;
    };
    class.constructor.as_ref().is_some_and(|constructor| std::ptr::eq(constructor, closure.function))
}
