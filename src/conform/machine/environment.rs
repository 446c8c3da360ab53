//! The environment gone through as a whole: the variables that are set, and one that stands for all of which nobody knows.

use super::super::names::variables::OF_DEPLOYMENT;
use super::super::program::{Site, Text};
use super::{Machine, Opaque, Origin, Rest, Taint, Value, Variable};

/// The name of a variable of which nothing is known.
const OTHER_NAME: &str = "the name of another variable";

impl<'p> Machine<'p> {
    /// The names of the variables that are there with their values, in an order of their own.
    pub(super) fn variables(&mut self, at: Site) -> Vec<(Value<'p>, Value<'p>)> {
        let world = self.world.clone();
        let mut names: Vec<Text> = world.env.keys().chain(world.required.iter()).cloned().collect();
        names.extend(OF_DEPLOYMENT.map(Text::from));
        names.sort();
        names.dedup();
        let mut variables = Vec::new();
        for name in names {
            self.note_env(&name);
            match world.variable(&name) {
                Variable::Set(value) => variables.push((Value::Text(name), Value::Text(value))),
                Variable::Required => {
                    let value = self.read_env(&name, at);
                    variables.push((Value::Text(name), value));
                }
                Variable::Unset | Variable::Unknown => {}
            }
        }
        if world.other_env == Rest::Unknown {
            let name = self.opaque(Origin::Other(OTHER_NAME), Taint::ENV, at);
            let value = self.opaque(Origin::Other("an environment variable"), Taint::ENV, at);
            variables.push((name, value));
        }
        variables
    }

    /// Whether the name of an unknown variable is surely not this one: whoever is known is told by its own name.
    pub(super) fn is_another_variable(&mut self, opaque: &Opaque<'p>, name: &Text) -> bool {
        if !matches!(opaque.origin, Origin::Other(OTHER_NAME)) {
            return false;
        }
        self.note_env(name);
        self.world.variable(name) != Variable::Unknown
    }
}
