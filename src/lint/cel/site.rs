//! Where a contract writes CEL, and the one way in which rules report its faults.

use std::collections::{HashMap, HashSet};

use super::judge::{Fault, Kind, judge};
use super::path::Scope;
use crate::contract::{CancelOn, Contract, Event, Origin, Payload, Scope as Sharing, Sourced, Window};
use crate::findings::Findings;
use crate::pointer::Pointer;
use crate::rule::Meta;

/// What an expression is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Site {
    /// Which events are one.
    Idempotency,
    /// The key of an option.
    Key {
        /// The option.
        option: &'static str,
        /// Whether other functions can have the same key.
        shared: bool,
    },
    /// Which runs go first.
    Priority,
    /// Which runs an event cancels.
    CancelIf,
    /// The same as a path that must be equal in both events.
    CancelMatch,
}

impl Site {
    /// How people know it.
    pub(super) fn text(self) -> String {
        match self {
            Self::Idempotency => "`idempotency`".to_owned(),
            Self::Key { option, .. } => format!("the key of `{option}`"),
            Self::Priority => "`priority.run`".to_owned(),
            Self::CancelIf => "`if` of `cancelOn`".to_owned(),
            Self::CancelMatch => "`match` of `cancelOn`".to_owned(),
        }
    }
}

/// Judges every expression, and reports each fault by the rule for its kind. An expression under
/// `defaults` is reported once a payload.
pub(in crate::lint) fn report(contract: &Contract, findings: &mut Findings<'_>, rule: fn(Kind) -> &'static Meta) {
    let mut judged: HashMap<(&str, Site, Scoped<'_>), Vec<Fault>> = HashMap::new();
    let mut reported: HashSet<(Pointer, Scoped<'_>)> = HashSet::new();
    let mut payloads: Option<HashMap<&str, &Payload>> = None;
    for (offload, event) in contract.events() {
        let Some(payload) = contract.payloads.get(event.payload.as_str()) else { continue };
        each(event, &mut |site, text, cancel| {
            let cancels = cancel.map(|cancel| {
                let known = payloads.get_or_insert_with(|| by_event(contract));
                (cancel.event.as_str(), known.get(cancel.event.as_str()).copied())
            });
            let fixed_window = matches!(offload.window.as_ref().map(|w| &w.value), Some(Window::Fixed(_)));
            let scoped = (payload.name.as_str(), offload.params.is_some(), fixed_window, cancels.map(|(name, _)| name));
            let faults = judged.entry((text.as_str(), site, scoped)).or_insert_with(|| {
                let scope = Scope { contract, payload, params: offload.params.is_some(), cancels };
                judge(text, site, &scope, fixed_window)
            });
            let inherited = text.origin != Origin::Written;
            if faults.is_empty() || (inherited && !reported.insert((text.at.clone(), scoped))) {
                return;
            }
            for fault in faults.iter() {
                let found = findings.report(rule(fault.kind), &text.at, fault.message.as_str(), fault.help.as_str());
                let found = found.within(text, fault.span.clone());
                if let Some((at, label)) = &fault.also {
                    found.also(at, *label);
                }
            }
        });
    }
}

/// What the judgement of a text depends on besides the text.
type Scoped<'c> = (&'c str, bool, bool, Option<&'c str>);

fn by_event(contract: &Contract) -> HashMap<&str, &Payload> {
    let events = contract.events();
    events
        .filter_map(|(_, event)| Some((event.name.as_str(), contract.payloads.get(event.payload.as_str())?)))
        .collect()
}

/// Visits every expression of an event's function.
fn each<'c>(event: &'c Event, visit: &mut dyn FnMut(Site, &'c Sourced<String>, Option<&'c CancelOn>)) {
    let function = &event.function;
    if let Some(text) = &function.idempotency {
        visit(Site::Idempotency, text, None);
    }
    for limit in function.concurrency.iter().flat_map(|limits| limits.iter()) {
        let shared = limit.scope.as_ref().is_some_and(|scope| scope.value != Sharing::Fn);
        if let Some(text) = &limit.key {
            visit(Site::Key { option: "concurrency", shared }, text, None);
        }
    }
    let keys = [
        ("rateLimit", function.rate_limit.as_ref().and_then(|option| option.key.as_ref())),
        ("throttle", function.throttle.as_ref().and_then(|option| option.key.as_ref())),
        ("debounce", function.debounce.as_ref().and_then(|option| option.key.as_ref())),
        ("batchEvents", function.batch_events.as_ref().and_then(|option| option.key.as_ref())),
        ("singleton", function.singleton.as_ref().and_then(|option| option.key.as_ref())),
    ];
    for (option, key) in keys {
        if let Some(text) = key {
            visit(Site::Key { option, shared: false }, text, None);
        }
    }
    if let Some(priority) = &function.priority {
        visit(Site::Priority, &priority.run, None);
    }
    for cancel in function.cancel_on.iter().flat_map(|list| list.iter()) {
        // With both, the SDK takes `match` and never looks at `if`.
        match (&cancel.match_, &cancel.if_) {
            (Some(text), _) => visit(Site::CancelMatch, text, Some(cancel)),
            (None, Some(text)) => visit(Site::CancelIf, text, Some(cancel)),
            (None, None) => {}
        }
    }
}
