//! What is asked of the application only once a rule wants to know.

use super::{Facts, state_fields};
use crate::conform::observe::{Asker, FunctionFacts, InlinePath, Keeper, Kept, Run, Runs, Trial, retraced, try_out};
use crate::contract::Offload;

impl<'a> Facts<'a> {
    /// The run of a function that does the same as another run where both decide something.
    pub fn retraced(&self, function: &FunctionFacts, run: &Run) -> Option<Run> {
        let index = self.functions.iter().position(|other| std::ptr::eq(other, function))?;
        Some(retraced(&self.asker(), &self.basis, self.found.get(index)?, &run.course))
    }

    /// What the handler of a function does in another attempt of a run that is made up.
    pub fn try_out(&self, function: &FunctionFacts, trial: &Trial<'_>) -> Option<Runs> {
        let index = self.functions.iter().position(|other| std::ptr::eq(other, function))?;
        try_out(&self.asker(), self.contract, &self.basis, self.found.get(index)?, trial)
    }

    /// What the writer of the ledger does with a record of a state in the first attempt of a run.
    pub fn kept_at_first(&self, state: &'static str) -> Option<Kept> {
        let named = state_fields(&self.functions);
        let keeper = Keeper::of(self.loaded, self.contract, &self.basis, &named)?;
        Some(keeper.give(state, 0.0, &[], None))
    }

    /// For each parameter whether the inline path of an offload does something else with it; `None` where that is not
    /// known.
    pub fn changes_inline<'n>(&self, offload: &Offload, names: &[&'n str]) -> Vec<(&'n str, Option<bool>)> {
        let seen = self.seen_of(offload);
        let path = InlinePath::of(self.loaded, self.contract, offload, seen.and_then(|seen| seen.route));
        path.map(|path| path.changes(&self.asker(), &self.basis, names)).unwrap_or_default()
    }

    /// The value of a variable that the contract names, in the runs of functions.
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.basis.env.get(name)?.as_deref()
    }

    fn asker(&self) -> Asker<'a> {
        Asker::new(self.loaded, self.writer)
    }
}
