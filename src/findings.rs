//! Where resolving and rules put what they find: pointers in, diagnostics with places out.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fix, Related};
use crate::document::{Document, Part};
use crate::pointer::Pointer;
use crate::rule::Meta;
use crate::source::{Location, Span};

/// Collects findings about one document.
#[derive(Debug)]
pub struct Findings<'d> {
    document: &'d Document,
    found: Vec<Diagnostic>,
    about: Option<String>,
}

impl<'d> Findings<'d> {
    /// An empty collection.
    pub fn new(document: &'d Document) -> Self {
        Self { document, found: Vec::new(), about: None }
    }

    /// The document that findings are about.
    pub fn document(&self) -> &'d Document {
        self.document
    }

    /// Reports a fault of the value at `at`: what is wrong, and what to do.
    pub fn report(
        &mut self,
        rule: &'static Meta,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding<'_> {
        self.add(rule, at, Part::Value, message, help)
    }

    /// Reports a fault of the key at `at`, or of something missing under it.
    pub fn report_key(
        &mut self,
        rule: &'static Meta,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding<'_> {
        self.add(rule, at, Part::Key, message, help)
    }

    /// Reports a fault of one part of what is at `at`.
    pub fn add(
        &mut self,
        rule: &'static Meta,
        at: &Pointer,
        part: Part,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding<'_> {
        let mut diagnostic = Diagnostic::new(rule, self.document.locate(at, part), message, help);
        let own = at.as_str().strip_prefix("/offloads/").map(|rest| {
            let job = rest.split('/').next().unwrap_or(rest);
            job.replace("~1", "/").replace("~0", "~")
        });
        diagnostic.offload = own.or_else(|| self.about.clone());
        self.found.push(diagnostic);
        let last = self.found.len() - 1;
        Finding { document: self.document, diagnostic: &mut self.found[last] }
    }

    /// Reports a fault at a place of another file, such as one of the code.
    pub fn report_at(
        &mut self,
        rule: &'static Meta,
        location: Location,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding<'_> {
        let mut diagnostic = Diagnostic::new(rule, location, message, help);
        diagnostic.offload = self.about.clone();
        self.found.push(diagnostic);
        let last = self.found.len() - 1;
        Finding { document: self.document, diagnostic: &mut self.found[last] }
    }

    /// From now on, what is reported elsewhere, such as at a default, is about this offload.
    pub fn about(&mut self, job: Option<&str>) {
        self.about = job.map(str::to_owned);
    }

    /// Nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How much was reported.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// What was reported.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// A finding that was just reported; says more about it.
#[derive(Debug)]
pub struct Finding<'f> {
    document: &'f Document,
    diagnostic: &'f mut Diagnostic,
}

impl Finding<'_> {
    /// Another place that explains it. A whole section of the document, or its first line, explains nothing and is
    /// left out: that is where a value leads that the language gives and nobody wrote.
    pub fn also(self, at: &Pointer, message: impl Into<String>) -> Self {
        if self.document.is_section(at) {
            return self;
        }
        let location = self.document.locate(at, Part::Value);
        self.diagnostic.related.push(Related { location, message: message.into() });
        self
    }

    /// Another place of another file that explains it.
    pub fn also_at(self, location: Location, message: impl Into<String>) -> Self {
        self.diagnostic.related.push(Related { location, message: message.into() });
        self
    }

    /// What mends it.
    pub fn fixed_by(self, fix: Option<Fix>) -> Self {
        self.diagnostic.fix = fix;
        self
    }

    /// A few words at the underlined place.
    pub fn label(self, label: impl Into<String>) -> Self {
        self.diagnostic.label = label.into();
        self
    }

    /// Narrows the place to a part of the value, whose whole text is `value`; leaves it as it is when
    /// the spec writes the text in another way (escaped, folded, or not at all).
    pub fn within(self, value: &str, part: Range<usize>) -> Self {
        let location = &mut self.diagnostic.location;
        let written = location.source.slice(location.span);
        let quoted = usize::from(written.starts_with(['"', '\'']));
        if written.get(quoted..written.len().saturating_sub(quoted)) == Some(value) && value.get(part.clone()).is_some()
        {
            let start = location.span.start + quoted;
            location.span = Span::new(start + part.start, start + part.end);
        }
        self
    }

    /// The offload it is about, where the place alone does not tell (a default, a payload).
    pub fn offload(self, job: &str) -> Self {
        self.diagnostic.offload = Some(job.to_owned());
        self
    }
}

/// A rule over an input: the resolved contract, later also the facts of the code or two contracts.
#[derive(Debug)]
pub struct Rule<Input: ?Sized + 'static> {
    /// What it is.
    pub meta: Meta,
    /// Adds a finding for every instance.
    pub check: fn(&Input, &mut Findings<'_>),
}
