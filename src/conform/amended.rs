//! Which values of outermost names the statements of the outermost level change, by whatever way: `list.push(x)`,
//! `container.bind(a).bind(b)`, `register(container)`, `setup()`, an alias, and what another module brings here.
//!
//! Values are made when they are first needed, and a statement that may change one is run then. So a name too many
//! costs time, and a name too few leaves a value as it never is.

mod body;
mod reach;

use rustc_hash::{FxHashMap, FxHashSet};

use super::application::{Application, Link};
use super::program::{Export, ExprKind, ModuleId, Symbol, Text, Top};
use reach::Reach;

/// An outermost name, where it is declared.
pub(super) type Name = (ModuleId, Symbol);

/// A statement of the outermost level: of which module, and which.
pub(super) type Place = (ModuleId, usize);

/// What statements of the outermost level change.
#[derive(Debug, Default)]
pub struct Amendments {
    /// The statements that may change the value of a name: those of its own module first.
    of: FxHashMap<Name, Vec<Place>>,
    /// Statements that may change several values, or one of another module.
    wide: FxHashSet<Place>,
    /// For each module, statements that change nothing that it declares itself.
    effects: Vec<Vec<usize>>,
}

impl Amendments {
    /// Finds them in an application whose imports are known.
    pub fn of(app: &Application) -> Self {
        let mut all = Self::default();
        let mut reach = Reach::new(app);
        for (module, program) in app.modules.iter().enumerate() {
            let module = module as ModuleId;
            let mut effects = Vec::new();
            for (index, statement) in program.statements.iter().enumerate() {
                let names = reach.changed_by(module, statement);
                let place = (module, index);
                if !names.iter().any(|(of, _)| *of == module) {
                    effects.push(index);
                }
                if names.len() > 1 || names.iter().any(|(of, _)| *of != module) {
                    all.wide.insert(place);
                }
                names.into_iter().for_each(|name| all.of.entry(name).or_default().push(place));
            }
            all.effects.push(effects);
        }
        for ((module, _), places) in &mut all.of {
            places.sort_by_key(|place| place.0 != *module);
        }
        all
    }

    /// The statements that may change the value of a name.
    pub fn amending(&self, name: Name) -> &[Place] {
        self.of.get(&name).map_or(&[], Vec::as_slice)
    }

    /// Whether a statement may change several values, or one of another module: it is run once.
    pub fn is_wide(&self, place: Place) -> bool {
        self.wide.contains(&place)
    }

    /// Statements of a module that change nothing that it declares itself.
    pub fn effects(&self, module: ModuleId) -> &[usize] {
        self.effects.get(module as usize).map_or(&[], Vec::as_slice)
    }
}

impl Application {
    /// Where an outermost name is declared: imports are followed as far as the application goes.
    pub(super) fn declared(&self, module: ModuleId, symbol: Symbol) -> Name {
        self.declared_within(module, symbol, MOST_LINKS)
    }

    fn declared_within(&self, module: ModuleId, symbol: Symbol, left: u32) -> Name {
        let found = match self.module(module).top.get(&symbol) {
            Some(Top::Import(request, name)) => self.exporter(module, request, name, left),
            _ => None,
        };
        found.unwrap_or((module, symbol))
    }

    /// Where the name is declared that an import of a module names.
    pub(super) fn exporter(&self, module: ModuleId, request: &str, name: &Text, left: u32) -> Option<Name> {
        match self.link(module, request) {
            Link::Module(other) => self.exported(other, name, left.checked_sub(1)?),
            Link::Package(_) | Link::Absent(_) | Link::Missing => None,
        }
    }

    /// Where the name is declared that a module exports.
    fn exported(&self, module: ModuleId, name: &Text, left: u32) -> Option<Name> {
        let program = self.module(module);
        match program.exports.get(name) {
            Some(Export::Symbol(symbol, _)) => match program.top.get(symbol) {
                Some(Top::Import(request, name)) => self.exporter(module, request, name, left),
                Some(Top::Variable(index)) => match &program.declarations[*index].init {
                    // `export default name`
                    Some(init) if *symbol == super::program::DEFAULT => match init.kind {
                        ExprKind::Top(inner) => Some(self.declared_within(module, inner, left)),
                        _ => Some((module, *symbol)),
                    },
                    _ => Some((module, *symbol)),
                },
                _ => Some((module, *symbol)),
            },
            Some(Export::From(request, original, _)) => self.exporter(module, request, original, left),
            Some(Export::Namespace(_) | Export::Value(_)) => None,
            None => program.stars.iter().find_map(|star| self.exporter(module, star, name, left)),
        }
    }
}

/// Most modules that a name is handed through.
const MOST_LINKS: u32 = 32;
