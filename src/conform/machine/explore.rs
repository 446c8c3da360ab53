//! Paths: every branch is taken both ways once, not every combination of branches.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::application::Application;
use super::super::program::Site;
use super::effect::{Done, flattened};
use super::litter::Litter;
use super::{Abrupt, Definition, Effect, FunctionId, Machine, Outcome, Shared, Taint, Value, World};

/// How far runs go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most paths that are followed.
    pub paths: usize,
    /// Most nodes that one path evaluates.
    pub fuel: u32,
}

/// Most nodes that all paths together evaluate: with more no further one is begun.
const MOST_NODES: u32 = 4_000_000;

/// How many nodes an answer takes that is given right away.
const SOON: u32 = 200;

/// What is decided: the place, and which of its questions.
pub(super) type Question = (Site, u8);

/// The bit of a question that a later call of the process asks.
const AGAIN: u8 = 128;

/// What was decided on a path, in order: a way that another one can be led along.
#[derive(Debug, Clone, Default)]
pub struct Course(Box<[Decided]>);

#[derive(Debug, Clone, Copy)]
struct Decided {
    question: Question,
    choice: bool,
    /// What it was decided on.
    taint: Taint,
}

impl Course {
    /// Whether this way parts from another one by what is decided on something, and by nothing else: what only this
    /// one decides is decided on it as well.
    pub fn parts_by(&self, taint: Taint, other: &Self) -> bool {
        let mut parts = false;
        for Decided { question, choice, taint: of } in &self.0 {
            let theirs = other.0.iter().find(|theirs| theirs.question == *question);
            if theirs.is_some_and(|theirs| theirs.choice == *choice) {
                continue;
            }
            if !of.has(taint) {
                return false;
            }
            parts |= theirs.is_some();
        }
        parts
    }
}

/// What is decided on a path, and what was.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    script: Vec<bool>,
    taken: Vec<Taken>,
    /// Ways that threw on other paths.
    throwing: Rc<[(Question, bool)]>,
    /// How far ways led on other paths.
    reach: Rc<RefCell<Reach>>,
    /// The last one that was taken before a statement threw on this one.
    threw: Option<usize>,
    /// What is still to be decided as on another path.
    course: Vec<Decided>,
    /// The process was called before: what this call decides is another question than the same in the first one.
    is_again: bool,
}

#[derive(Debug, Clone, Copy)]
struct Taken {
    question: Question,
    choice: bool,
    /// What it was decided on.
    taint: Taint,
    /// How many calls were around it.
    depth: u32,
    /// How many nodes were evaluated before it.
    nodes: u32,
    /// The other way was seen to throw, and it fell to this one.
    is_again: bool,
}

/// The most nodes that were evaluated after a decision that fell so.
type Reach = FxHashMap<(Question, bool), u32>;

impl Decisions {
    /// A decision that may fall either way; true comes first.
    pub(super) fn decide(&mut self, question: Question, depth: u32, taint: Taint) -> bool {
        let question = self.asked(question);
        self.next(Taken { question, choice: true, taint, depth, nodes: 0, is_again: false })
    }

    /// From here on another call of the process decides.
    pub(super) fn begin_again(&mut self) {
        self.is_again = true;
    }

    fn asked(&self, (at, which): Question) -> Question {
        (at, if self.is_again { which | AGAIN } else { which })
    }

    /// A decision on a value of the code. Where one way was seen to throw, as in `if (error) throw error`, it falls to
    /// the other way on all further paths: else what comes after several of these would never be seen. So does one that
    /// ended the run on another path, as in `if (test) return`: what comes after it may be something else by now.
    pub(super) fn decide_on_value(&mut self, question: Question, depth: u32, nodes: u32, taint: Taint) -> bool {
        let question = self.asked(question);
        let throws = |choice| self.throwing.contains(&(question, choice));
        let is_again = throws(true) && !throws(false);
        let choice = !is_again && !self.is_guard(question);
        self.next(Taken { question, choice, taint, depth, nodes, is_again })
    }

    /// Whether true soon ends a run, and false leads farther or was not tried. Of a loop only the first round is asked.
    fn is_guard(&self, question: Question) -> bool {
        let reach = self.reach.borrow();
        let Some(by_true) = reach.get(&(question, true)).filter(|nodes| **nodes <= SOON) else { return false };
        reach.get(&(question, false)).is_none_or(|by_false| by_false > by_true)
            && !self.taken.iter().any(|taken| taken.question == question)
    }

    /// Right after what was decided last a statement throws.
    pub(super) fn threw(&mut self) {
        self.threw = self.taken.len().checked_sub(1);
    }

    /// A decision that falls to false first.
    pub(super) fn decide_unlikely(&mut self, question: Question, depth: u32) -> bool {
        let question = self.asked(question);
        self.next(Taken { question, choice: false, taint: Taint::default(), depth, nodes: 0, is_again: false })
    }

    /// How many were taken.
    pub(super) fn count(&self) -> usize {
        self.taken.len()
    }

    /// Takes a decision, which falls as it does by itself unless another way is led.
    fn next(&mut self, by_itself: Taken) -> bool {
        let led = self.course.iter().position(|decided| decided.question == by_itself.question);
        let led = led.map(|next| self.course.remove(next).choice);
        let choice = self.script.get(self.taken.len()).copied().or(led).unwrap_or(by_itself.choice);
        self.taken.push(Taken { choice, ..by_itself });
        choice
    }

    /// What all that was decided so far was decided on.
    pub(super) fn common(&self) -> Taint {
        self.taken.iter().map(|taken| taken.taint).reduce(Taint::common).unwrap_or_default()
    }
}

/// Paths that are still to be followed, those with the fewest calls around what is new first; what threw on
/// another path and is asked again comes last.
pub(super) struct Frontier {
    waiting: BTreeMap<(bool, u32, usize), Vec<bool>>,
    count: usize,
    seen: FxHashSet<(Question, bool, bool)>,
    /// How many decisions the path at hand was given.
    given: usize,
    /// Ways that threw.
    throwing: Rc<[(Question, bool)]>,
    reach: Rc<RefCell<Reach>>,
}

impl Default for Frontier {
    fn default() -> Self {
        Self {
            waiting: BTreeMap::from([((false, 0, 0), Vec::new())]),
            count: 0,
            seen: FxHashSet::default(),
            given: 0,
            throwing: Rc::default(),
            reach: Rc::default(),
        }
    }
}

impl Frontier {
    /// How the next path begins.
    pub(super) fn next(&mut self) -> Option<Vec<bool>> {
        let (_, script) = self.waiting.pop_first()?;
        self.given = script.len();
        Some(script)
    }

    /// The decisions of a path that begins so.
    pub(super) fn decisions(&self, script: Vec<bool>) -> Decisions {
        Decisions { script, throwing: self.throwing.clone(), reach: self.reach.clone(), ..Decisions::default() }
    }

    /// Notes where the path at hand, on which so many nodes were evaluated, could have gone elsewhere.
    pub(super) fn note(&mut self, decisions: &Decisions, nodes: u32) {
        let taken = &decisions.taken;
        let mut reach = self.reach.borrow_mut();
        for taken in taken.iter().rev() {
            let after = reach.entry((taken.question, taken.choice)).or_default();
            *after = (*after).max(nodes.saturating_sub(taken.nodes));
        }
        drop(reach);
        if let Some(threw) = decisions.threw {
            self.note_threw(&taken[..=threw]);
        }
        for (index, Taken { question, choice, depth, is_again, .. }) in
            taken.iter().copied().enumerate().skip(self.given)
        {
            self.seen.insert((question, is_again, choice));
            if self.seen.insert((question, is_again, !choice)) {
                let before = taken[..index].iter().map(|taken| taken.choice);
                self.count += 1;
                self.waiting.insert((is_again, depth, self.count), before.chain([!choice]).collect());
            }
        }
    }

    /// The way that was taken last throws; where the other one does too, the one before it does.
    fn note_threw(&mut self, taken: &[Taken]) {
        for Taken { question, choice, .. } in taken.iter().rev() {
            if !self.throwing.contains(&(*question, *choice)) {
                self.throwing = self.throwing.iter().copied().chain([(*question, *choice)]).collect();
            }
            if !self.throwing.contains(&(*question, !*choice)) {
                break;
            }
        }
    }

    /// With how many calls around it the nearest branch is that was not followed.
    fn nearest(&self) -> Option<u32> {
        let (is_again, depth, _) = self.waiting.first_key_value()?.0;
        (!is_again).then_some(*depth)
    }
}

/// One way through the code.
pub struct Path<'p> {
    /// What was done, in order; of calls that were followed by themselves all in one.
    effects: Vec<Effect<'p>>,
    /// What came out: a value, what was thrown, or nothing because it took too long.
    pub result: Result<Value<'p>, Abrupt<'p>>,
    /// Inngest functions that were defined on the way.
    pub definitions: Vec<Definition<'p>>,
    /// It was ended because it had shown enough.
    pub enough: bool,
    /// How many decisions were taken: 0 when everything was known.
    pub decisions: usize,
    /// What was decided.
    pub course: Course,
    /// Where something was decided that the world says: who runs the code knows how, and the machine does not.
    pub unsure: Option<Site>,
    /// How many calls of something outside were made.
    pub outside: usize,
    /// Empties what holds itself, when all else of the path is gone.
    _litter: Litter<'p>,
    /// What it has in common with others is emptied with the last of them.
    _shared: Rc<Shared<'p>>,
}

impl<'p> Path<'p> {
    /// What was done, in order.
    pub fn done(&self) -> Vec<Done<'_, 'p>> {
        flattened(&self.effects)
    }

    /// It ended before its end.
    pub fn is_cut(&self) -> bool {
        matches!(self.result, Err(Abrupt::Halt)) && !self.enough
    }
}

/// What came of following every branch.
pub struct Explored<'p> {
    /// The paths that were followed, in order.
    pub paths: Vec<Path<'p>>,
    /// With how many calls around it the nearest branch is that was not followed.
    pub unfollowed: Option<u32>,
    /// Whether every branch was followed.
    pub is_whole: bool,
}

impl Explored<'_> {
    /// Whether each decision that is in doubt fell both ways on some of the paths.
    pub fn has_both_of_doubts(&self) -> bool {
        let all = || self.paths.iter().flat_map(|path| &path.course.0);
        let taken: FxHashSet<(Question, bool)> = all().map(|decided| (decided.question, decided.choice)).collect();
        all()
            .filter(|decided| decided.taint.is_doubtful())
            .all(|decided| taken.contains(&(decided.question, !decided.choice)))
    }
}

/// A path that was gone.
struct Gone<'p> {
    path: Path<'p>,
    decisions: Decisions,
    /// How many nodes were evaluated.
    nodes: u32,
    /// The same with those of calls that were told.
    reached: u32,
}

/// Follows code of an application, and keeps what it found out about calls for what it follows next. Every thread has
/// its own.
pub struct Explorer<'p> {
    app: &'p Application,
    /// The function that takes status records.
    writer: Option<FunctionId>,
    shared: Rc<Shared<'p>>,
}

impl<'p> Explorer<'p> {
    /// One that has found out nothing. The writer is the function that takes status records, where it is known.
    pub fn new(app: &'p Application, writer: Option<FunctionId>) -> Self {
        Self { app, writer, shared: Rc::default() }
    }

    /// Follows every branch of `run` in a world, those with the fewest calls around them first.
    pub fn explore(&self, world: World, limits: Limits, run: impl Fn(&mut Machine<'p>) -> Outcome<'p>) -> Explored<'p> {
        let world = Rc::new(world);
        let mut frontier = Frontier::default();
        let mut paths = Vec::new();
        let mut nodes = 0;
        while paths.len() < limits.paths
            && nodes < MOST_NODES
            && let Some(script) = frontier.next()
        {
            let gone = self.go(&world, limits, &run, || frontier.decisions(script.clone()));
            frontier.note(&gone.decisions, gone.reached);
            nodes += gone.nodes;
            paths.push(gone.path);
        }
        Explored { paths, unfollowed: frontier.nearest(), is_whole: frontier.waiting.is_empty() }
    }

    /// Follows the one path of `run` on which what was decided on another one falls as it did there.
    pub fn retrace(
        &self,
        world: World,
        limits: Limits,
        course: &Course,
        run: impl Fn(&mut Machine<'p>) -> Outcome<'p>,
    ) -> Path<'p> {
        let decisions = || Decisions { course: course.0.to_vec(), ..Decisions::default() };
        self.go(&Rc::new(world), limits, &run, decisions).path
    }

    fn go(
        &self,
        world: &Rc<World>,
        limits: Limits,
        run: &dyn Fn(&mut Machine<'p>) -> Outcome<'p>,
        decisions: impl Fn() -> Decisions,
    ) -> Gone<'p> {
        let (machine, result, enough) = loop {
            let (world, shared) = (world.clone(), self.shared.clone());
            let mut machine = Machine::new(self.app, world, shared, self.writer, limits.fuel, decisions());
            let result = run(&mut machine);
            let enough = machine.has_shown_enough();
            // A run that has shown enough has an end of its own already.
            let result = if enough { result } else { machine.fire_all_after(result) };
            let again = self.shared.begins_again();
            machine.litter = self.shared.leavings(std::mem::take(&mut machine.litter));
            if !again {
                break (machine, result, enough);
            }
        };
        let reached = machine.walk.nodes();
        let decided = |taken: &Taken| Decided { question: taken.question, choice: taken.choice, taint: taken.taint };
        let path = Path {
            course: Course(machine.walk.decisions.taken.iter().map(decided).collect()),
            result,
            enough,
            decisions: machine.walk.decisions.count() + machine.walk.joined,
            unsure: machine.walk.unsure,
            outside: machine.walk.outside,
            effects: machine.walk.effects,
            definitions: machine.walk.definitions,
            _litter: machine.litter,
            _shared: machine.shared,
        };
        Gone { path, decisions: machine.walk.decisions, nodes: limits.fuel.saturating_sub(machine.walk.fuel), reached }
    }
}
