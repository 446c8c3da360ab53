//! Statements of the outermost level that change values of outermost names: each is run when one of these is made.

use super::super::program::{ModuleId, Symbol};
use super::{Frame, Machine, Outcome};

impl<'p> Machine<'p> {
    /// Runs the statements of the outermost level that may change a value: those of its own module, and those of others
    /// that are loaded with it, in the order in which they are evaluated.
    pub(super) fn amend(&mut self, module: ModuleId, symbol: Symbol) -> Outcome<'p, ()> {
        let app = self.app;
        let amending = app.amendments.amending((module, symbol));
        let own = amending.iter().take_while(|place| place.0 == module).count();
        for (of, index) in &amending[..own] {
            self.amended_by(*of, *index)?;
        }
        let others = &amending[own..];
        if let Some(entry) = self.entry.filter(|_| !others.is_empty()) {
            self.note_entry();
            let order = self.shared.order(app, entry);
            let mut others: Vec<_> = others.iter().filter(|(of, _)| order.contains_key(of)).collect();
            others.sort_by_key(|(of, index)| (order[of], *index));
            for (of, index) in others {
                self.amended_by(*of, *index)?;
            }
        }
        Ok(())
    }

    /// Runs a statement of the outermost level for what it changes; once where that is several values.
    fn amended_by(&mut self, module: ModuleId, index: usize) -> Outcome<'p, ()> {
        // What it changes as well is being made for the first time: it comes after that.
        let waits_for = |name: &(ModuleId, Symbol)| {
            matches!(self.walk.tops.get(name), Some(None))
                && self.app.amendments.amending(*name).contains(&(module, index))
        };
        if self.walk.loading.making.iter().any(waits_for) {
            self.walk.loading.is_waiting = true;
            return Ok(());
        }
        let is_wide = self.app.amendments.is_wide((module, index));
        if is_wide && !self.walk.loading.run.insert((module, index)) {
            return Ok(());
        }
        let statement = &self.app.module(module).statements[index];
        self.walk.loading.several += u32::from(is_wide);
        let done = self.loaded(statement, &Frame::of_module(module));
        self.walk.loading.several -= u32::from(is_wide);
        done.map(|_| ())
    }

    /// An outermost name is given another value. Where that is done to several at once, none of them is kept: who
    /// reads one of them would find the others as they were.
    pub(super) fn reassigned(&mut self, module: ModuleId, symbol: Symbol) {
        self.note_assigned(module, symbol);
        if self.walk.loading.several > 0 {
            self.shared.spoil((module, symbol));
        }
    }
}
