//! The environment gone through as a whole: the variables that are set, and one that stands for all of which nobody knows.
//!
//! What is made of them by their names, as a copy without those that are empty, is asked for a variable as the
//! environment is. A variable that is not in it is not set, or was left out.

use std::rc::Rc;

use super::super::names::variables::OF_DEPLOYMENT;
use super::super::program::{Site, Text};
use super::object::OTHERS;
use super::world::ALL;
use super::{Beyond, EffectKind, Kind, Machine, Object, Opaque, Origin, Outcome, Rest, Slot, Taint, Value, Variable};

/// The name of a variable of which nothing is known.
const OTHER_NAME: &str = "the name of another variable";

/// Its value.
const OTHER_VALUE: &str = "an environment variable";

/// Names of variables with their values.
type Variables<'p> = Vec<(Value<'p>, Value<'p>)>;

impl<'p> Machine<'p> {
    /// The names of the variables that are there with their values, in an order of their own.
    fn variables(&mut self, at: Site) -> Variables<'p> {
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
                    let value = self.required_text(&name, at);
                    variables.push((Value::Text(name), value));
                }
                Variable::Unset | Variable::Unknown => {}
            }
        }
        // Another world may have variables that this one does not name.
        self.note_env(&Text::from(ALL));
        self.asked += 1;
        if world.other_env == Rest::Unknown {
            variables.push((self.other_name(at), self.other_variable(at)));
        }
        variables
    }

    fn other_name(&mut self, at: Site) -> Value<'p> {
        self.opaque(Origin::Other(OTHER_NAME), Taint::ENV, at)
    }

    /// A variable whose name is not known.
    pub(super) fn other_variable(&mut self, at: Site) -> Value<'p> {
        self.opaque(Origin::Other(OTHER_VALUE), Taint::ENV, at)
    }

    /// The variables in the environment, or in what was made of them; `None` where what it has are no others than its
    /// own properties.
    pub(super) fn variables_of(&mut self, object: &Rc<Object<'p>>) -> Option<Variables<'p>> {
        let beyond = object.beyond.get();
        let is_whole = matches!(object.kind, Kind::Env) || beyond == Beyond::Environment;
        if !is_whole && beyond != Beyond::OtherVariables {
            return None;
        }
        let mut variables = if is_whole { self.variables(object.at) } else { Vec::new() };
        for slot in object.listed() {
            variables.retain(|(name, _)| name.as_text() != Some(&slot.name));
            variables.push((Value::Text(slot.name), slot.value));
        }
        if let Some((others, _)) = object.own(OTHERS) {
            variables.push((self.other_name(object.at), others));
        }
        Some(variables)
    }

    /// Whether the name of an unknown variable is surely not this one: whoever is known is told by its own name.
    pub(super) fn is_another_variable(&mut self, opaque: &Opaque<'p>, name: &Text) -> bool {
        if !matches!(opaque.origin, Origin::Other(OTHER_NAME)) {
            return false;
        }
        self.note_env(name);
        self.world.variable(name) != Variable::Unknown
    }

    /// A variable is asked for.
    pub(super) fn note_variable(&mut self, name: &Text, at: Site) {
        self.effect(EffectKind::Env(name.clone()), at);
        self.note_env(name);
    }

    /// A variable, as the environment has it or what was made of its variables.
    pub(super) fn variable_of(&mut self, object: &Rc<Object<'p>>, name: &str, at: Site) -> Value<'p> {
        if let Some((own, false)) = object.own(name) {
            self.note_variable(&Text::from(name), at);
            return own;
        }
        if matches!(object.kind, Kind::Env) || object.beyond.get() == Beyond::Environment {
            return self.read_env(name, at);
        }
        let others = object.own(OTHERS).map(|(others, _)| others);
        let value = self.variable_left(others.as_ref(), &Text::from(name), at);
        // What was made of it is one and the same, whoever asks.
        if matches!(&value, Value::Opaque(opaque) if !matches!(opaque.origin, Origin::Env(_))) {
            object.set(Slot { name: Text::from(name), value: value.clone(), is_getter: false, at });
        }
        value
    }

    /// A variable that is not among those by their names; `others` is what stands for all of which nobody knows.
    fn variable_left(&mut self, others: Option<&Value<'p>>, name: &Text, at: Site) -> Value<'p> {
        match others {
            Some(others) if self.world.variable(name) == Variable::Unknown => {
                let is_itself =
                    matches!(others, Value::Opaque(opaque) if matches!(opaque.origin, Origin::Other(OTHER_VALUE)));
                if is_itself {
                    return self.read_env(name, at);
                }
                self.note_variable(name, at);
                self.opaque(Origin::Other("a property"), Taint::ENV.with(others.taint()), at)
            }
            _ => {
                self.note_variable(name, at);
                Value::Undefined
            }
        }
    }

    /// A variable in a map of variables, which has these entries: its value, or whether it is there.
    pub(super) fn variable_in(&mut self, entries: &[(Value<'p>, Value<'p>)], name: &Text, at: Site) -> Value<'p> {
        if let Some((_, value)) = entries.iter().find(|(known, _)| known.as_text() == Some(name)) {
            self.note_variable(name, at);
            return value.clone();
        }
        let others = entries.iter().find(|(known, _)| is_other_name(known)).map(|(_, value)| value);
        self.variable_left(others, name, at)
    }

    /// Does what goes through a list of variables: what comes of that is made of them.
    pub(super) fn among_variables(&mut self, method: impl FnOnce(&mut Self) -> Outcome<'p>) -> Outcome<'p> {
        self.walk.among_variables += 1;
        let made = method(self);
        self.walk.among_variables -= 1;
        if let Ok(Value::Object(made)) = &made {
            of_variables(made);
        }
        made
    }
}

/// From now on it is known that something was made of the variables of the environment.
pub(super) fn of_variables(made: &Object<'_>) {
    if made.beyond.get() == Beyond::Nothing && matches!(made.kind, Kind::Plain | Kind::List(_) | Kind::Map(_)) {
        made.beyond.set(Beyond::Variables);
    }
}

/// Variables are copied into an object.
pub(super) fn of_variables_as<'p>(to: &Object<'p>, from: &Object<'p>) {
    match from.own(OTHERS) {
        Some((others, _)) => put_others(to, others),
        None => of_variables(to),
    }
}

/// What stands for all variables of which nobody knows is put under their names.
pub(super) fn put_others<'p>(to: &Object<'p>, value: Value<'p>) {
    if matches!(to.beyond.get(), Beyond::Nothing | Beyond::Variables | Beyond::OtherVariables) {
        to.mark(OTHERS, value);
        to.beyond.set(Beyond::OtherVariables);
    } else {
        to.open_to_writing();
    }
}

/// Whether something is the name of a variable of which nobody knows.
pub(super) fn is_other_name(value: &Value<'_>) -> bool {
    matches!(value, Value::Opaque(opaque) if matches!(opaque.origin, Origin::Other(OTHER_NAME)))
}
