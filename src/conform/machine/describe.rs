//! What unknown values are, for people, and the names that they were given.

use std::fmt;
use std::rc::Rc;

use super::{Machine, Opaque, Origin, Value};
use crate::conform::program::Text;

/// The property under which what is made when a module is loaded keeps the name that it was given: that of a table.
const NAMED: &str = "\0named";

impl<'p> Machine<'p> {
    /// What is made when a module is loaded may be given a name first: `webhook_events` in
    /// `pgTable("webhook_events", …)`, `mails` in `new Queue("mails")`.
    pub(super) fn name_what_is_made(&self, made: &Value<'p>, first: Option<&Value<'p>>) {
        if let (Value::Opaque(made), Some(Value::Text(name)), true) = (made, first, self.walk.outermost > 0) {
            made.known.borrow_mut().push((Text::from(NAMED), Value::Text(name.clone())));
        }
    }
}

impl Opaque<'_> {
    /// The name that it was given when it was made.
    pub fn named(&self) -> Option<Text> {
        let known = self.known.borrow();
        known.iter().find(|(name, _)| &**name == NAMED).and_then(|(_, value)| value.as_text().cloned())
    }

    /// The name of what it is a method of.
    pub fn owner_named(&self) -> Option<Text> {
        match &self.origin {
            Origin::Property(of, _) => of.named().or_else(|| of.owner_named()),
            _ => None,
        }
    }

    /// What it is, for people: `prisma.lead.findMany()`.
    pub fn describe(&self) -> String {
        let mut text = String::new();
        self.describe_to(&mut text);
        text
    }

    fn describe_to(&self, text: &mut String) {
        let (before, of, after): (&str, Option<&Rc<Self>>, &str) = match &self.origin {
            // All of a package goes by the package's name, whatever it is imported as.
            Origin::Package(package, name) if matches!(&**name, "*" | "default") => (package, None, ""),
            Origin::Package(_, name) => (name, None, ""),
            Origin::Property(of, name) => {
                of.describe_to(text);
                text.push('.');
                (name, None, "")
            }
            Origin::Call(of) | Origin::Made(of) | Origin::Wrapped(of, _) => ("", Some(of), "()"),
            Origin::Argument(of) => ("", Some(of), "(…)"),
            Origin::Template(_) => ("a text", None, ""),
            Origin::Number(_) => ("a number", None, ""),
            Origin::OneOf(_) => ("one of several values", None, ""),
            Origin::Json(_) => ("JSON", None, ""),
            Origin::Not(of) => ("!", Some(of), ""),
            Origin::Env(name) => ("process.env.", None, name),
            Origin::Event => ("event", None, ""),
            Origin::EventData => ("event.data", None, ""),
            Origin::EventField(name) => ("event.data.", None, name),
            Origin::TypeOf(of) => ("typeof ", Some(of), ""),
            Origin::StepResult => ("the result of a step", None, ""),
            Origin::Other(what) => (what, None, ""),
        };
        text.push_str(before);
        if let Some(of) = of {
            of.describe_to(text);
        }
        text.push_str(after);
    }
}

impl fmt::Debug for Opaque<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.describe())
    }
}
