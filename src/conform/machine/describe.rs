//! What unknown values are, for people.

use std::rc::Rc;

use super::{Opaque, Origin};

impl Opaque<'_> {
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
