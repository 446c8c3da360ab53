//! What code asks of the world outside of a request, with what it was told: environment variables, the instant, and
//! whether what is outside answers. What was found holds in every world that answers alike.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::program::{ModuleId, Symbol, Text};
use super::{Failing, Machine, Variable, World};

/// What was asked of a world.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub(super) struct Questions {
    /// Variables, in order, each once.
    env: Vec<Text>,
    clock: bool,
    /// Something outside was called.
    outside: bool,
    /// It was asked what the modules change that are loaded.
    entry: bool,
}

/// What a world says to what was asked.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Answers {
    env: Vec<Variable>,
    clock: Option<u64>,
    /// Whether nothing unknown is the secret.
    unguessable: bool,
    /// What of all that is outside fails.
    failing: Option<Failing>,
    /// The module whose imports are loaded.
    entry: Option<ModuleId>,
}

/// All questions that were asked, and all answers to each: from then on both are compared by where they are.
#[derive(Debug, Default)]
pub(super) struct Asked(FxHashMap<Rc<Questions>, FxHashMap<Answers, u32>>);

/// What was found out in worlds that answer otherwise.
#[derive(Debug)]
pub(super) struct Found<T>(Vec<(Rc<Questions>, FxHashMap<u32, T>)>);

/// What the world of a run says to what was asked so far, where this module is the one that is loaded.
pub(super) type Told = FxHashMap<(*const Questions, Option<ModuleId>), u32>;

/// What is being asked.
#[derive(Debug, Default)]
pub(super) struct Asking {
    own: Questions,
    /// What was asked when that was found out which is told here.
    told: Vec<Rc<Questions>>,
    /// A random text was asked for.
    pub(super) uuid: bool,
    /// Something was read that this run alone has made.
    pub(super) of_run: bool,
    /// Names that had their values already: what was done to make these is told wherever they are needed.
    pub(super) found: FxHashSet<(ModuleId, Symbol)>,
    /// Modules whose variables were read.
    pub(super) reads: FxHashSet<ModuleId>,
}

impl Questions {
    /// Whether the instant was asked for.
    pub(super) fn has_clock(&self) -> bool {
        self.clock
    }

    fn add(&mut self, more: &Self) {
        self.env.extend_from_slice(&more.env);
        self.clock |= more.clock;
        self.outside |= more.outside;
        self.entry |= more.entry;
    }

    fn answered(&self, world: &World, entry: Option<ModuleId>) -> Answers {
        Answers {
            env: self.env.iter().map(|name| world.variable(name)).collect(),
            clock: self.clock.then_some(world.now.to_bits()),
            unguessable: world.unguessable.is_some(),
            failing: world.failing().filter(|_| self.outside),
            entry: entry.filter(|_| self.entry),
        }
    }
}

impl Asked {
    /// The same questions, as they were asked before.
    fn same(&mut self, questions: Questions) -> Rc<Questions> {
        if let Some((known, _)) = self.0.get_key_value(&questions) {
            return known.clone();
        }
        let questions = Rc::new(questions);
        self.0.insert(questions.clone(), FxHashMap::default());
        questions
    }

    /// Which of all answers to them a world gives.
    fn answer(&mut self, questions: &Rc<Questions>, world: &World, entry: Option<ModuleId>) -> u32 {
        let known = self.0.entry(questions.clone()).or_default();
        let next = known.len() as u32;
        *known.entry(questions.answered(world, entry)).or_insert(next)
    }
}

impl<T> Default for Found<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Found<T> {
    /// What was found out in a world that gives these answers.
    pub(super) fn get(&self, mut answer: impl FnMut(&Rc<Questions>) -> u32) -> Option<&T> {
        self.0.iter().rev().find_map(|(questions, found)| found.get(&answer(questions)))
    }

    /// Keeps what was found out.
    pub(super) fn keep(&mut self, questions: &Rc<Questions>, answer: u32, found: T) {
        match self.0.iter_mut().find(|(known, _)| Rc::ptr_eq(known, questions)) {
            Some((_, all)) => drop(all.insert(answer, found)),
            None => self.0.push((questions.clone(), FxHashMap::from_iter([(answer, found)]))),
        }
    }
}

impl Asking {
    fn tell(&mut self, questions: &Rc<Questions>) {
        if !self.told.iter().any(|told| Rc::ptr_eq(told, questions)) {
            self.told.push(questions.clone());
        }
    }
}

impl Machine<'_> {
    /// What was asked, as one value for all that asked the same.
    pub(super) fn questions_of(&self, asking: &Asking) -> Rc<Questions> {
        if let [told] = asking.told.as_slice()
            && asking.own == Questions::default()
        {
            return told.clone();
        }
        let mut all = asking.own.clone();
        asking.told.iter().for_each(|told| all.add(told));
        all.env.sort_unstable();
        all.env.dedup();
        self.shared.asked.borrow_mut().same(all)
    }

    /// Which of all answers to the questions the world of this run gives.
    pub(super) fn answer(&self, questions: &Rc<Questions>) -> u32 {
        let key = (Rc::as_ptr(questions), self.entry.filter(|_| questions.entry));
        if let Some(known) = self.told.borrow().get(&key) {
            return *known;
        }
        let answer = self.shared.asked.borrow_mut().answer(questions, &self.world, self.entry);
        self.told.borrow_mut().insert(key, answer);
        answer
    }

    /// An environment variable is asked for.
    pub(super) fn note_env(&mut self, name: &Text) {
        if let Some(asking) = self.asking.last_mut() {
            asking.own.env.push(name.clone());
        }
    }

    /// The instant is asked for.
    pub(super) fn note_clock(&mut self) {
        self.asked += 1;
        if let Some(asking) = self.asking.last_mut() {
            asking.own.clock = true;
        }
    }

    /// Something outside is called: whether it answers the world says.
    pub(super) fn note_outside(&mut self) {
        if let Some(asking) = self.asking.last_mut() {
            asking.own.outside = true;
        }
    }

    /// What the modules change that are loaded is asked for.
    pub(super) fn note_entry(&mut self) {
        self.asked += 1;
        if let Some(asking) = self.asking.last_mut() {
            asking.own.entry = true;
        }
    }

    /// A random text is asked for.
    pub(super) fn note_uuid(&mut self) {
        if let Some(asking) = self.asking.last_mut() {
            asking.uuid = true;
        }
    }

    /// A variable of a module is read.
    pub(super) fn note_read(&mut self, module: ModuleId) {
        if let Some(asking) = self.asking.last_mut() {
            asking.reads.insert(module);
        }
    }

    /// The value of a name is read that this run has already.
    pub(super) fn note_needed(&mut self, name: (ModuleId, Symbol)) {
        if let Some(asking) = self.asking.last_mut() {
            asking.found.insert(name);
        }
    }

    /// A value is read that this run has made, and that another may make otherwise.
    pub(super) fn note_of_run(&mut self) {
        if let Some(asking) = self.asking.last_mut() {
            asking.of_run = true;
        }
    }

    /// What was asked before is asked here as well.
    pub(super) fn note_asked(&mut self, questions: &Rc<Questions>, reads: &[ModuleId]) {
        if let Some(asking) = self.asking.last_mut() {
            asking.tell(questions);
            asking.reads.extend(reads);
        }
    }

    /// From here on is noted what is asked.
    pub(super) fn begin_asking(&mut self) {
        self.asking.push(Asking::default());
    }

    /// What was asked since; whatever is around asked it as well.
    pub(super) fn end_asking(&mut self) -> Asking {
        let asking = self.asking.pop().unwrap_or_default();
        if let Some(around) = self.asking.last_mut() {
            around.own.add(&asking.own);
            asking.told.iter().for_each(|told| around.tell(told));
            around.uuid |= asking.uuid;
            around.of_run |= asking.of_run;
            around.found.extend(&asking.found);
            around.reads.extend(&asking.reads);
        }
        asking
    }
}
