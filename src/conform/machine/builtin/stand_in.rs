//! What code asks that stands for a package: it says what is not known, and what the world made up.

use super::super::super::program::{Site, Text};
use super::super::world::IS_OTHER;
use super::super::{Kind, Machine, Origin, Taint, Value};

impl<'p> Machine<'p> {
    pub(super) fn asked_by_package(
        &mut self,
        name: &str,
        first: Value<'p>,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Value<'p> {
        match name {
            "$given" => self.opaque(Origin::Other("a value"), Taint::GIVEN, at),
            "$isUnknown" => Value::Bool(matches!(first, Value::Opaque(_))),
            "$isLate" => Value::Bool(self.is_late),
            "$fits" => self.compared("fits", &first, &Value::Undefined, at),
            "$isOther" => Value::Bool(self.is_other(arguments)),
            "$isMadeUp" => Value::Bool(self.is_made_up(&first)),
            "$open" => {
                first.as_object().inspect(|object| object.open());
                first
            }
            _ => self.unknown("a value", at),
        }
    }

    /// Whether a variable of an environment is one that neither contract nor secret names.
    fn is_other(&mut self, arguments: &[Value<'p>]) -> bool {
        let [Value::Object(environment), Value::Text(name)] = arguments else { return false };
        self.note_env(&Text::from(format!("{name}{IS_OTHER}")));
        (matches!(environment.kind, Kind::Env) || environment.has_variables()) && self.world.is_other(name)
    }

    /// Whether a text is one that the world made up.
    fn is_made_up(&mut self, value: &Value<'p>) -> bool {
        // Another world has other texts.
        self.asked += 1;
        let Value::Text(text) = value else { return false };
        value.taint().has(Taint::GIVEN) || self.world.env.values().any(|known| known.as_ref() == Some(text))
    }
}
