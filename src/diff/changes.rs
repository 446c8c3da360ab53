//! Where rules put the changes that they recognise: findings with a place in both specs, and the facts
//! that they account for.

use std::collections::HashSet;

use super::{Delta, Evolution};
use crate::diagnostic::{Diagnostic, Related};
use crate::document::{Document, Part};
use crate::pointer::Pointer;
use crate::rule::{Audience, Meta};

/// A rule over two contracts.
#[derive(Debug)]
pub struct ChangeRule {
    /// What it is: the severity is the class of the change.
    pub meta: Meta,
    /// Who is affected.
    pub hits: &'static [Audience],
    /// Reports every change of this kind.
    pub check: fn(&Evolution<'_>, &mut Changes<'_>),
}

/// The label at the old place of what was removed.
pub(super) const GONE: &str = "removed";

/// Collects changes.
#[derive(Debug)]
pub struct Changes<'d> {
    pub(super) old: &'d Document,
    pub(super) new: &'d Document,
    found: Vec<Diagnostic>,
    accounted: HashSet<Pointer>,
    /// The places of both specs that some change points at.
    pub(super) places: HashSet<Pointer>,
}

impl<'d> Changes<'d> {
    pub(super) fn new(old: &'d Document, new: &'d Document) -> Self {
        Self { old, new, found: Vec::new(), accounted: HashSet::new(), places: HashSet::new() }
    }

    /// Reports a change: what it is, and how to ship it. Accounts for all facts at and under its path.
    pub fn tell<T: ?Sized>(
        &mut self,
        rule: &'static ChangeRule,
        delta: &Delta<'_, T>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.account(&delta.path);
        self.places.extend([delta.was_at.clone(), delta.is_at.clone()]);
        if delta.is_told_elsewhere {
            return;
        }
        let part = if delta.new.is_some() { Part::Value } else { Part::Key };
        let mut finding = Diagnostic::new(&rule.meta, self.new.locate(&delta.is_at, part), message, help);
        finding.hits = rule.hits;
        finding.offload = delta.job.map(str::to_owned);
        if delta.new.is_some() && delta.is_built_in.1 {
            finding.label = "now, by default".to_owned();
        }
        // A default of the language is written nowhere: the first line of the document, or a whole section, is no place.
        if delta.old.is_some() && delta.is_built_in.0 && self.old.is_section(&delta.was_at) {
            if delta.new.is_some() && finding.label.is_empty() {
                finding.label = "instead of the default".to_owned();
            }
        } else if delta.old.is_some() {
            let location = self.old.locate(&delta.was_at, Part::Value);
            let message = match (delta.new, delta.is_built_in.0) {
                (None, _) => GONE,
                (_, true) => "before, by default",
                (_, false) => "before",
            };
            finding.related.push(Related { location, message: message.to_owned() });
        }
        self.found.push(finding);
    }

    /// Notes that the facts at and under a path are accounted for.
    pub fn account(&mut self, path: &Pointer) {
        self.accounted.insert(path.clone());
    }

    /// Notes it of several keys under one path.
    pub fn account_keys(&mut self, path: &Pointer, keys: &[&str]) {
        keys.iter().for_each(|key| self.account(&path.key(key)));
    }

    /// Whether some rule has accounted for a fact.
    pub(super) fn is_accounted(&self, path: &Pointer) -> bool {
        let text = path.as_str();
        let above = text.match_indices('/').map(|(end, _)| &text[..end]);
        above.chain([text]).any(|path| self.accounted.contains(&Pointer::parse(path)))
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found
    }
}
