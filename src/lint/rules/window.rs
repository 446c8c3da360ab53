//! A window, the key that prints it and the schedule that fills it: what rules over windows look at.

use crate::contract::{Offload, Origin, Sourced, Window};
use crate::derive::{Duration, Gaps, Pattern, Schedule, ValueName};
use crate::findings::Findings;
use crate::rule::Meta;

/// An offload whose dispatch key names its window. Of others the window means nothing.
pub(super) struct Windowed<'c> {
    /// The window.
    pub(super) window: &'c Sourced<Window>,
    /// The key.
    pub(super) key: &'c Sourced<Pattern>,
    offload: &'c Offload,
}

impl<'c> Windowed<'c> {
    /// The window of an offload, if its key names it.
    pub(super) fn of(offload: &'c Offload) -> Option<Self> {
        let key = &offload.dispatch()?.dispatch_key;
        let window = offload.window.as_ref()?;
        let named = key.names(ValueName::Window) || key.names(ValueName::WindowStart);
        named.then_some(Self { window, key, offload })
    }

    /// When calls come, and how far apart they are.
    pub(super) fn schedule(&self) -> Option<(&'c Schedule, Gaps)> {
        let schedule = self.offload.schedule.as_ref()?;
        Some((&schedule.value, schedule.gaps()))
    }

    /// Its size is part of the contract.
    pub(super) fn is_fixed(&self) -> bool {
        matches!(self.window.value, Window::Fixed(_))
    }

    /// The variable that sets its size, for people.
    pub(super) fn variable(&self) -> String {
        match &self.window.value {
            Window::Fixed(_) => "nothing".to_owned(),
            Window::Env { env, .. } => format!("`{env}`"),
        }
    }

    /// `is 10m`, or `can become 10m through …`.
    pub(super) fn says(&self, size: Duration, can: &str) -> String {
        match &self.window.value {
            Window::Fixed(_) => format!("is {size}"),
            Window::Env { env, .. } => format!("{can} {size} through `{env}`"),
        }
    }

    /// Reports at the window; shows the schedule.
    pub(super) fn report_window(
        &self,
        findings: &mut Findings<'_>,
        rule: &'static Meta,
        message: String,
        help: impl Into<String>,
    ) {
        let finding = findings.report(rule, &self.window.at, message, help);
        if let Some(schedule) = &self.offload.schedule {
            finding.also(&schedule.at, "the schedule");
        }
    }

    /// Reports at whichever of key and window is the offload's own; shows the other.
    pub(super) fn report(
        &self,
        findings: &mut Findings<'_>,
        rule: &'static Meta,
        message: String,
        help: impl Into<String>,
    ) {
        match self.key.origin {
            Origin::Written => findings.report(rule, &self.key.at, message, help).also(&self.window.at, "the window"),
            Origin::Default => {
                findings.report(rule, &self.window.at, message, help).also(&self.key.at, "the dispatch key")
            }
            Origin::BuiltIn => findings.report(rule, &self.window.at, message, help),
        };
    }
}
