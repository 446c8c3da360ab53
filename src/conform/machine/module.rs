//! Outermost names: evaluated when they are first needed, across modules.

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::application::Link;
use super::super::program::{Export, Expr, ModuleId, Site, Statement, Symbol, Text, Top};
use super::shared::Setting;
use super::{Abrupt, Closure, Effect, EffectKind, Frame, Kind, Machine, Origin, Outcome, Taint, Value};

/// Most nodes that the value of an outermost name evaluates. They are not taken from the run that reads it first: how
/// far a run goes must not depend on what others have left it.
const FUEL: u32 = 60_000;

/// What was loaded of modules.
#[derive(Default)]
pub(super) struct Loading<'p> {
    /// Exported values that have no name.
    exports: FxHashMap<(ModuleId, Text), Value<'p>>,
    /// Statements that change values of several names: they are run once.
    pub(super) run: FxHashSet<(ModuleId, usize)>,
    /// Names whose values are being made, the innermost last.
    pub(super) making: Vec<(ModuleId, Symbol)>,
    /// The name whose initial value is being evaluated.
    pub(super) initial: Option<(ModuleId, Symbol)>,
    /// How many statements around change values of several names.
    pub(super) several: u32,
    /// The value that was made last is still to be changed, by a statement that waits for another one.
    pub(super) is_waiting: bool,
}

impl<'p> Machine<'p> {
    /// The value of an outermost name of a module.
    pub(super) fn top(&mut self, module: ModuleId, symbol: Symbol) -> Outcome<'p> {
        if let Some(known) = self.walk.tops.get(&(module, symbol)) {
            let known = match known.clone() {
                Some(known) => known,
                // It is being evaluated: modules that need each other. What an import stands for may be there.
                None => match self.app.declared(module, symbol) {
                    name if name == (module, symbol) => Value::Undefined,
                    (of, name) => return self.top(of, name),
                },
            };
            // What is not kept for all runs may be another value in the next one; a class that names itself
            // depends on nothing else.
            if self.walk.loading.making.last() != Some(&(module, symbol)) {
                self.asked += 1;
                self.note_found(module, symbol);
            }
            return Ok(known);
        }
        self.note_read(module);
        if let Some(known) = self.shared.get(module, symbol) {
            return Ok(known);
        }
        if self.amended.is_empty()
            && let Some(setting) = self.shared.setting((module, symbol), |asked| self.answer(asked))
            && !self.shows_enough_after(setting.outside)
        {
            self.walk.tops.insert((module, symbol), Some(setting.value.clone()));
            // What was found when it was made may still have to be made in this run.
            for (of, name) in &setting.found {
                self.top(*of, *name)?;
            }
            self.walk.outside += setting.outside;
            self.note_asked(&setting.asked, &[module]);
            self.tell_loading(module, setting.effects.clone());
            self.asked += 1;
            return Ok(setting.value.clone());
        }
        let before = self.questions();
        let start =
            (self.walk.effects.len(), self.walk.decisions.count(), self.walk.definitions.len(), self.walk.joined);
        let since = super::value::birth();
        let (fuel, told, outside) = (std::mem::replace(&mut self.walk.fuel, FUEL), self.walk.told, self.walk.outside);
        self.begin_asking();
        self.walk.loading.making.push((module, symbol));
        let value = self.make_top(module, symbol);
        self.walk.loading.making.pop();
        let is_waiting = std::mem::take(&mut self.walk.loading.is_waiting);
        let asking = self.end_asking();
        (self.walk.fuel, self.walk.told) = (fuel, told);
        self.note_made(since);
        self.bracket(start.0, module);
        let value = value?;
        if !is_waiting && self.questions() == before && self.shared.keep(module, symbol, &value) {
            // A name that is assigned to later is found in `tops` again.
            self.walk.tops.remove(&(module, symbol));
            return Ok(value);
        }
        self.asked += 1;
        let is_decided = start.1 != self.walk.decisions.count() || start.3 != self.walk.joined;
        let is_alone = !is_decided
            && !is_waiting
            && !asking.uuid
            && !asking.of_run
            && start.2 == self.walk.definitions.len()
            && self.amended.is_empty();
        if is_alone
            && self.walk.effects[start.0..].iter().all(Effect::is_of_loading)
            && self.shared.may_keep((module, symbol), &value)
        {
            let effects: Rc<[Effect<'p>]> = self.walk.effects.split_off(start.0).into();
            self.tell_loading(module, effects.clone());
            let (kept, asked) = (value.clone(), self.questions_of(&asking));
            let answer = self.answer(&asked);
            let mut found: Box<[_]> = asking.found.into_iter().collect();
            found.sort_unstable();
            let setting = Setting { value: kept, asked, effects, found, outside: self.walk.outside - outside };
            self.shared.keep_setting((module, symbol), answer, setting);
        }
        Ok(value)
    }

    /// A value that the run has already is read while another is made: that one depends on what this one asked.
    fn note_found(&mut self, module: ModuleId, symbol: Symbol) {
        if self.walk.loading.making.is_empty() {
            return;
        }
        match self.shared.setting((module, symbol), |asked| self.answer(asked)) {
            Some(setting) => {
                self.note_asked(&setting.asked, &[module]);
                self.note_needed((module, symbol));
            }
            None => self.note_of_run(),
        }
    }

    /// Marks what was done since as the making of an outermost name, where something outside was called.
    fn bracket(&mut self, start: usize, module: ModuleId) {
        let is_called = |effect: &Effect<'p>| matches!(effect.kind, EffectKind::Outside(..) | EffectKind::Told(_));
        if self.walk.effects[start..].iter().any(is_called) {
            let at = Site { module, ..Site::default() };
            let mark = |begins| Effect { kind: EffectKind::Load(begins), at, in_step: false };
            self.walk.effects.insert(start, mark(true));
            self.walk.effects.push(mark(false));
        }
    }

    /// Tells what was done when a value of a module was made.
    fn tell_loading(&mut self, module: ModuleId, effects: Rc<[Effect<'p>]>) {
        if !effects.is_empty() {
            let at = Site { module, ..Site::default() };
            self.walk.effects.push(Effect { kind: EffectKind::Told(effects), at, in_step: self.walk.steps > 0 });
        }
    }

    fn make_top(&mut self, module: ModuleId, symbol: Symbol) -> Outcome<'p> {
        let program = self.app.module(module);
        let Some(top) = program.top.get(&symbol) else { return Ok(Value::Undefined) };
        self.walk.tops.insert((module, symbol), None);
        let frame = Frame::of_module(module);
        let value = match top {
            Top::Function(index) => {
                let function = &program.functions[*index];
                let closure =
                    Closure { function, module, scope: frame.scope.clone(), this: Value::Undefined, home: None };
                self.object(Kind::Function(closure), frame.site(function.range))
            }
            Top::Class(index) => self.class(&program.classes[*index], &frame)?,
            Top::Import(request, name) => {
                let site = self.request_site(module, request);
                self.imported(module, request, name, site)?
            }
            Top::Namespace(request) => {
                let site = self.request_site(module, request);
                self.import(module, request, site)
            }
            Top::Variable(index) => {
                let declaration = &program.declarations[*index];
                // Reading a variable of the module is no way that the code chose.
                let (taint, steps) = (self.walk.path_taint, std::mem::take(&mut self.walk.steps));
                let made = match &declaration.init {
                    Some(init) => {
                        let around = self.walk.loading.initial.replace((module, symbol));
                        let value = self.outermost(init, &frame);
                        self.walk.loading.initial = around;
                        value
                    }
                    None => Ok(Value::Undefined),
                };
                let made = made.and_then(|value| {
                    let value = self.settle(value, Site { module, ..Site::default() })?;
                    self.bind(&declaration.pattern, value, &frame)
                });
                (self.walk.path_taint, self.walk.steps) = (taint, steps);
                made?;
                self.walk.tops.get(&(module, symbol)).cloned().flatten().unwrap_or(Value::Undefined)
            }
        };
        self.walk.tops.insert((module, symbol), Some(value));
        self.amend(module, symbol)?;
        Ok(self.walk.tops.get(&(module, symbol)).cloned().flatten().unwrap_or(Value::Undefined))
    }

    /// The value of a name that is being made, for what is made with it.
    pub(super) fn is_being_made(&mut self, module: ModuleId, symbol: Symbol, value: &Value<'p>) {
        if let Some(top @ None) = self.walk.tops.get_mut(&(module, symbol)) {
            *top = Some(value.clone());
        }
    }

    /// Runs a statement of the outermost level.
    pub(super) fn loaded(&mut self, statement: &'p Statement, frame: &Frame<'p>) -> Outcome<'p> {
        self.walk.outermost += 1;
        let (tries, steps) = (std::mem::take(&mut self.walk.tries), std::mem::take(&mut self.walk.steps));
        let (taint, around) = (self.walk.path_taint, self.walk.loading.initial.take());
        let flow = self.statement(statement, frame);
        self.walk.loading.initial = around;
        (self.walk.tries, self.walk.steps, self.walk.path_taint) = (tries, steps, taint);
        self.walk.outermost -= 1;
        flow.map(|_| Value::Undefined)
    }

    fn outermost(&mut self, expr: &'p Expr, frame: &Frame<'p>) -> Outcome<'p> {
        self.walk.outermost += 1;
        let tries = std::mem::take(&mut self.walk.tries);
        let value = self.eval(expr, frame);
        self.walk.tries = tries;
        self.walk.outermost -= 1;
        value
    }

    /// Evaluates everything that a module defines, so that what it does is seen.
    pub fn load(&mut self, module: ModuleId) -> Outcome<'p, ()> {
        self.entry.get_or_insert(module);
        let program = self.app.module(module);
        let mut symbols: Vec<Symbol> = program.top.keys().copied().collect();
        symbols.sort_unstable();
        for symbol in symbols {
            if matches!(program.top.get(&symbol), Some(Top::Variable(_))) {
                self.unless_thrown(|machine| machine.top(module, symbol))?;
            }
        }
        let mut names: Vec<Text> = program.exports.keys().cloned().collect();
        names.sort();
        for name in names {
            if matches!(program.exports.get(&name), Some(Export::Value(_))) {
                self.unless_thrown(|machine| machine.export(module, &name))?;
            }
        }
        for index in self.app.amendments.effects(module) {
            // What it changes elsewhere may have been needed before.
            if self.walk.loading.run.insert((module, *index)) {
                let statement = &program.statements[*index];
                self.unless_thrown(|machine| machine.loaded(statement, &Frame::of_module(module)))?;
            }
        }
        Ok(())
    }

    fn unless_thrown(&mut self, run: impl FnOnce(&mut Self) -> Outcome<'p>) -> Outcome<'p, ()> {
        match run(self) {
            Err(Abrupt::Halt) => Err(Abrupt::Halt),
            Ok(_) | Err(Abrupt::Throw(_)) => Ok(()),
        }
    }

    fn request_site(&self, module: ModuleId, request: &str) -> Site {
        let requests = &self.app.module(module).requests;
        requests.iter().find(|(name, _)| &**name == request).map_or(Site::default(), |(_, range)| range.of(module))
    }

    /// The value that a module exports under a name.
    pub fn export(&mut self, module: ModuleId, name: &str) -> Outcome<'p> {
        self.entry.get_or_insert(module);
        Ok(self.find_export(module, name, &mut Vec::new())?.unwrap_or(Value::Undefined))
    }

    fn find_export(
        &mut self,
        module: ModuleId,
        name: &str,
        seen: &mut Vec<ModuleId>,
    ) -> Outcome<'p, Option<Value<'p>>> {
        if seen.contains(&module) {
            return Ok(None);
        }
        seen.push(module);
        let program = self.app.module(module);
        match program.exports.get(name) {
            Some(Export::Symbol(symbol, _)) => return self.top(module, *symbol).map(Some),
            Some(Export::From(request, original, range)) => {
                return self.imported(module, request, original, range.of(module)).map(Some);
            }
            Some(Export::Namespace(request)) => {
                return Ok(Some(self.import(module, request, Site { module, ..Site::default() })));
            }
            Some(Export::Value(expr)) => {
                let key = (module, Text::from(name));
                if let Some(known) = self.walk.loading.exports.get(&key) {
                    return Ok(Some(known.clone()));
                }
                let frame = Frame::of_module(module);
                let value = self.outermost(expr, &frame)?;
                self.walk.loading.exports.insert(key, value.clone());
                return Ok(Some(value));
            }
            None => {}
        }
        for star in &program.stars {
            match self.app.link(module, star) {
                Link::Module(other) => {
                    if let Some(value) = self.find_export(other, name, seen)? {
                        return Ok(Some(value));
                    }
                }
                Link::Package(package) => {
                    if let Some(value) = self.package_export(&package, name) {
                        return Ok(Some(value));
                    }
                }
                Link::Absent(package) => {
                    return Ok(Some(self.opaque(
                        Origin::Package(package, Text::from(name)),
                        Taint::UNREAD,
                        Site { module, ..Site::default() },
                    )));
                }
                Link::Missing => {}
            }
        }
        Ok(None)
    }

    fn imported(&mut self, module: ModuleId, request: &Text, name: &Text, at: Site) -> Outcome<'p> {
        Ok(match self.app.link(module, request) {
            Link::Module(other) => {
                let found = self.find_export(other, name, &mut Vec::new())?;
                match found {
                    Some(value) => value,
                    // Another kind of module, such as CommonJS: what it gives is not known.
                    None => self.opaque(Origin::Package(request.clone(), name.clone()), Taint::default(), at),
                }
            }
            Link::Package(package) => match self.package_export(&package, name) {
                Some(value) => value,
                None => self.opaque(Origin::Package(package, name.clone()), Taint::default(), at),
            },
            Link::Absent(package) => self.opaque(Origin::Package(package, name.clone()), Taint::UNREAD, at),
            Link::Missing => self.opaque(Origin::Package(request.clone(), name.clone()), Taint::default(), at),
        })
    }

    /// All exports of what an import leads to.
    pub(super) fn import(&mut self, module: ModuleId, request: &str, at: Site) -> Value<'p> {
        match self.app.link(module, request) {
            Link::Module(other) => self.object(Kind::Namespace(other), at),
            Link::Package(package) => match self.package_export(&package, "default") {
                Some(value) => value,
                None => self.opaque(Origin::Package(package, Text::from("*")), Taint::default(), at),
            },
            Link::Absent(package) => self.opaque(Origin::Package(package, Text::from("*")), Taint::UNREAD, at),
            Link::Missing => self.opaque(Origin::Package(Text::from(request), Text::from("*")), Taint::default(), at),
        }
    }
}
