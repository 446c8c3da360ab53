//! Work that an inline run and a function have in common.

use rustc_hash::FxHashSet as HashSet;

use super::frames::{around, is_within};
use super::functions::{Pair, names, pairs_of};
use crate::conform::facts::Facts;
use crate::conform::machine::FunctionId;
use crate::conform::names::calls::{Judged, observes};
use crate::conform::observe::{Entered, OffloadFacts, Run};
use crate::conform::program::Site;
use crate::contract::Offload;

/// An offload whose work is in the code twice over: inline and in functions.
pub(in crate::conform) struct Twice<'f> {
    pub(in crate::conform) offload: &'f Offload,
    pub(in crate::conform) seen: &'f OffloadFacts,
    pub(in crate::conform) pairs: Vec<Pair<'f>>,
    common: &'f Common,
}

/// What the two places of an offload's work have in common.
#[derive(Debug)]
pub(in crate::conform) struct Common {
    /// Functions of the application that both enter and that do something outside.
    shared: HashSet<FunctionId>,
    /// All that the functions enter.
    entered: HashSet<FunctionId>,
    /// All that both enter.
    both: HashSet<FunctionId>,
}

/// Every offload whose work is in the code twice over.
pub(in crate::conform) fn twice<'f>(facts: &'f Facts<'_>) -> Vec<Twice<'f>> {
    let contract: &'f crate::contract::Contract = facts.contract;
    let all = contract.offloads.values().zip(&facts.offloads).enumerate();
    all.map(|(index, (offload, seen))| (offload, seen, Common::of(facts, index)))
        .filter(|(.., common)| !common.shared.is_empty())
        .map(|(offload, seen, common)| Twice { offload, seen, pairs: pairs_of(facts, offload), common })
        .collect()
}

impl Common {
    /// What the offload at a place of the contract has in common, found out once for all that ask.
    pub(in crate::conform) fn of<'f>(facts: &'f Facts<'_>, index: usize) -> &'f Self {
        facts.evidence[index]
            .common
            .get_or_init(|| common(facts, &facts.contract.offloads[index], &facts.offloads[index]))
    }
}

fn common<'f>(facts: &'f Facts<'_>, offload: &'f Offload, seen: &OffloadFacts) -> Common {
    let pairs = pairs_of(facts, offload);
    let runs = || pairs.iter().flat_map(|pair| &pair.seen.runs);
    let entered: HashSet<FunctionId> = runs().flat_map(|run| &run.entered).map(|entered| entered.id).collect();
    let mut observing = Judged::by(observes);
    let mut inline: HashSet<FunctionId> = HashSet::default();
    for run in &seen.inline {
        working(run, &mut observing, |id| _ = inline.insert(id));
    }
    let mut shared: HashSet<FunctionId> = HashSet::default();
    for run in runs() {
        working(run, &mut observing, |id| _ = inline.contains(&id) && shared.insert(id));
    }
    let both = seen.inline.iter().flat_map(|run| &run.entered).map(|call| call.id).filter(|id| entered.contains(id));
    Common { shared, both: both.collect(), entered }
}

/// Gives the functions of the application inside of which something outside is called that does not only observe.
fn working<'r>(run: &'r Run, observing: &mut Judged<'r>, mut give: impl FnMut(FunctionId)) {
    let mut seen = vec![false; run.entered.len()];
    for outside in run.outside.iter().filter(|outside| !observing.says(&outside.name)) {
        for index in around(run, outside.parent) {
            // Whatever is around this one was given with it.
            if std::mem::replace(&mut seen[index], true) {
                break;
            }
            give(run.entered[index].id);
        }
    }
}

impl<'f> Twice<'f> {
    /// Whether its functions enter a function of the application.
    pub(in crate::conform) fn enters(&self, id: FunctionId) -> bool {
        self.common.entered.contains(&id)
    }

    /// The runs of its functions.
    pub(in crate::conform) fn runs(&self) -> impl Iterator<Item = &'f Run> {
        self.pairs.iter().flat_map(|pair| &pair.seen.runs)
    }

    /// Calls of shared work in a run, but for those inside of others. What is given a callback that only one side
    /// has, and does the work in it, is a wrapper.
    pub(in crate::conform) fn work(&self, run: &'f Run) -> Vec<usize> {
        self.work_but(run, |_| false)
    }

    /// The same where some functions are none of it, whatever they do.
    pub(in crate::conform) fn work_but(&self, run: &'f Run, is_none: impl Fn(&Entered) -> bool) -> Vec<usize> {
        let shares = |index: usize| {
            let entered = &run.entered[index];
            self.common.shared.contains(&entered.id) && !is_none(entered)
        };
        let mut wraps = vec![false; run.entered.len()];
        for index in (0..run.entered.len()).filter(|index| shares(*index)) {
            let around: Vec<usize> = around(run, run.entered[index].parent).collect();
            let is_own = |index: usize| !self.common.both.contains(&run.entered[index].id);
            for (place, own) in around.iter().enumerate().filter(|(_, index)| is_own(**index)) {
                let above = &around[place + 1..];
                let given = |index: &usize| run.entered[*index].given.contains(&run.entered[*own].id);
                if let Some(giver) = above.iter().rposition(given) {
                    above[..=giver].iter().for_each(|index| wraps[*index] = true);
                }
            }
        }
        let is_shared = |index: usize| shares(index) && !wraps[index];
        let outermost = |index: &usize| !around(run, run.entered[*index].parent).any(is_shared);
        (0..run.entered.len()).filter(|index| is_shared(*index)).filter(outermost).collect()
    }

    /// The ids of its functions, for people.
    pub(in crate::conform) fn name(&self) -> String {
        names(&self.pairs)
    }

    /// Whether a call is made on the way to the dispatch as well.
    pub(in crate::conform) fn is_dispatching(&self, id: FunctionId, at: Site) -> bool {
        let runs = self.seen.dispatch.iter().flat_map(|call| &call.runs);
        runs.flat_map(|run| &run.entered).any(|entered| entered.id == id && entered.at == at)
    }

    /// What a call did outside of the application, by place and in order; a callback that only one side
    /// has, as it is given to a wrapper, is no part of it.
    pub(in crate::conform) fn trace(&self, run: &Run, index: usize) -> Vec<Site> {
        let is_common = |parent: Option<usize>| parent.is_some_and(|at| self.enters(run.entered[at].id));
        let inside = run.outside.iter().filter(|call| is_within(run, call.parent, index) && is_common(call.parent));
        inside.map(|call| call.at).collect()
    }
}
