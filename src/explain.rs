//! The whole chain of one offload, every value with where it came from.

use serde::Serialize;

use crate::contract::{Amount, Contract, Delivery, Function, Number, Offload, Origin, Sourced, Window};
use crate::derive::Instant;
use crate::document::{Document, Part};
use crate::pointer::Pointer;

/// One value of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: String,
    /// Where it came from: a place of the spec, a default with its place, or built in.
    pub origin: String,
    /// The place that says so; for a built-in value, what it applies to.
    #[serde(skip)]
    pub at: Option<Pointer>,
}

/// What a name of the contract stands for, and the offloads that have it.
#[derive(Debug)]
pub struct Named<'c> {
    /// `flag`, `event`, `function` or `payload`.
    pub kind: &'static str,
    /// The offloads, in the order of the spec.
    pub offloads: Vec<&'c Offload>,
}

/// A name that is not that of an offload, if the contract has it.
pub fn named<'c>(contract: &'c Contract, name: &str) -> Option<Named<'c>> {
    let declared = [
        ("flag", contract.flags.contains_key(name)),
        ("event", false),
        ("function", false),
        ("payload", contract.payloads.contains_key(name)),
    ];
    declared.into_iter().find_map(|(kind, is_declared)| {
        let has = |offload: &&Offload| names_of(offload, kind).any(|own| own == name);
        let offloads: Vec<&Offload> = contract.offloads.values().filter(has).collect();
        (is_declared || !offloads.is_empty()).then_some(Named { kind, offloads })
    })
}

/// Every name that can be asked for: offloads, flags, events, functions and payloads.
pub fn all_names(contract: &Contract) -> impl Iterator<Item = &str> {
    let of_offloads = contract
        .offloads
        .values()
        .flat_map(|offload| ["event", "function"].into_iter().flat_map(move |kind| names_of(offload, kind)));
    let declared = contract.flags.keys().chain(contract.payloads.keys()).map(String::as_str);
    contract.offloads.keys().map(String::as_str).chain(of_offloads).chain(declared)
}

fn names_of<'c>(offload: &'c Offload, kind: &'static str) -> impl Iterator<Item = &'c str> {
    let flag = offload.flag.iter().filter(move |_| kind == "flag").map(|flag| flag.value.as_str());
    let events = offload.dispatch().into_iter().flat_map(|events| &events.events);
    let of_events = events.filter_map(move |event| match kind {
        "event" => Some(event.name.as_str()),
        "function" => Some(event.function.id.as_str()),
        "payload" => Some(event.payload.as_str()),
        _ => None,
    });
    flag.chain(of_events)
}

/// The chain of an offload, from the route to its owners.
pub fn chain(document: &Document, contract: &Contract, offload: &Offload) -> Vec<Row> {
    let mut chain = Chain { document, rows: Vec::new() };
    chain.optional("description", offload.description.as_ref());
    chain.row("kind", &lower(&offload.kind.value), &offload.kind);
    chain.row("status", &lower(&offload.status.value), &offload.status);
    if let Some(priority) = &offload.priority {
        chain.row("priority", &priority.to_string(), priority);
    }
    chain.row("route", &offload.route, &offload.route);
    if !offload.methods.is_empty() {
        let methods: Vec<String> = offload.methods.iter().map(lower).collect();
        chain.row("methods", &methods.join(", ").to_uppercase(), &offload.methods);
    }
    if let Some(schedule) = &offload.schedule {
        chain.row("schedule", schedule.as_str(), schedule);
    }
    chain.optional("when", offload.when.as_ref());
    if let Some(window) = &offload.window {
        chain.row("window", &window_text(window), window);
    }
    if let Some(duration) = &offload.expected_duration {
        chain.row("expected duration", &duration.to_string(), duration);
    }
    if let Some(params) = &offload.params {
        for name in &params.allow {
            chain.row("parameter", name, name);
        }
        chain.row("parameter hash", &lower(&params.algorithm.value), &params.algorithm);
        chain.row("hash digits", &params.hex_length.to_string(), &params.hex_length);
    }
    chain.delivery(offload);
    chain.flag(contract, offload);
    for owner in &offload.owners {
        chain.row("owner", owner.as_str(), owner);
    }
    for allow in &offload.allow {
        chain.row("accepted", &format!("{}: {}", allow.rule.value, allow.reason.value), &allow.rule);
    }
    for step in contract.rollout.iter().filter(|step| step.offload.value == offload.job) {
        chain.row("rollout", &lower(&step.step.value), &step.step);
        chain.optional("rollout note", step.note.as_ref());
    }
    chain.rows
}

struct Chain<'d> {
    document: &'d Document,
    rows: Vec<Row>,
}

impl Chain<'_> {
    fn row<T>(&mut self, label: &str, value: &str, from: &Sourced<T>) {
        let origin = self.origin(from.origin, &from.at);
        self.rows.push(Row { label: label.to_owned(), value: value.to_owned(), origin, at: Some(from.at.clone()) });
    }

    fn optional(&mut self, label: &str, value: Option<&Sourced<String>>) {
        if let Some(value) = value {
            self.row(label, value, value);
        }
    }

    fn origin(&self, origin: Origin, at: &Pointer) -> String {
        let location = self.document.locate(at, Part::Value);
        match origin {
            Origin::Written => location.to_string(),
            Origin::Default => format!("{location} (default)"),
            Origin::BuiltIn => "built in".to_owned(),
        }
    }

    fn delivery(&mut self, offload: &Offload) {
        match &offload.delivery {
            Delivery::Queue(queue) => self.row("queue", queue, queue),
            Delivery::Events(events) => {
                self.row("source", &events.source, &events.source);
                self.row("dispatch key", &events.dispatch_key.to_string(), &events.dispatch_key);
                for event in &events.events {
                    self.row("event", &event.name, &event.name);
                    self.row("  constant", &event.constant, &event.constant);
                    self.row("  payload", &event.payload, &event.payload);
                    self.row("  event id", &event.event_id.to_string(), &event.event_id);
                    self.function(&event.function);
                }
                if let Some(derived) = worked(offload, events) {
                    self.rows.push(derived);
                }
            }
        }
    }

    fn function(&mut self, function: &Function) {
        self.row("  function", &function.id, &function.id);
        self.optional("    name", function.name.as_ref());
        self.row("    job name", &function.job_name, &function.job_name);
        if let Some(retries) = &function.retries {
            self.row("    retries", &number(retries), retries);
            self.justification(retries);
        }
        for limit in function.concurrency.iter().flat_map(|limits| &limits.value) {
            self.row("    concurrency", &number(&limit.limit), &limit.limit);
            self.justification(&limit.limit);
            self.optional("      key", limit.key.as_ref());
            if let Some(scope) = &limit.scope {
                self.row("      scope", &lower(&scope.value), scope);
            }
        }
        self.optional("    idempotency", function.idempotency.as_ref());
        // Rarer options are shown as they are resolved: one row each, in the words of the contract.
        self.json("    rate limit", function.rate_limit.as_ref());
        self.json("    throttle", function.throttle.as_ref());
        self.json("    debounce", function.debounce.as_ref());
        self.json("    priority", function.priority.as_ref());
        self.json("    batch", function.batch_events.as_ref());
        self.json("    cancel on", function.cancel_on.as_ref());
        self.json("    timeouts", function.timeouts.as_ref());
        self.json("    singleton", function.singleton.as_ref());
        self.row("    steps", &lower(&function.steps.value), &function.steps);
    }

    fn json<T: Serialize>(&mut self, label: &str, value: Option<&Sourced<T>>) {
        if let Some(value) = value {
            let text = serde_json::to_string(&value.value).unwrap_or_default();
            self.row(label, &text, value);
        }
    }

    fn justification(&mut self, value: &Sourced<Number>) {
        if let Some(justification) = &value.justification {
            let text = format!("{} ({})", justification.reason, justification.evidence);
            self.row("      justified by", &text, value);
        }
    }

    fn flag(&mut self, contract: &Contract, offload: &Offload) {
        let Some(name) = &offload.flag else { return };
        self.row("flag", name, name);
        let Some(flag) = contract.flags.get(&name.value) else { return };
        self.row("  on when", &flag.enabled_when.to_string(), &flag.enabled_when);
        if let Some(override_) = &flag.override_ {
            self.row("  override", &format!("if {} is on, the work runs inline", override_.on.value), &override_.on);
        }
        if let Some(rollback) = &flag.rollback {
            let set: Vec<String> = rollback.set.iter().map(|(name, value)| format!("{name}={value}")).collect();
            self.row("  rollback", &set.join(", "), &rollback.set);
        }
    }
}

/// Key and ids of a call at a fixed instant, to see the patterns at work.
fn worked(offload: &Offload, events: &crate::contract::Events) -> Option<Row> {
    const AT: &str = "2026-02-18T05:59:49Z";
    let at = Instant::parse(AT)?;
    let derived = crate::derive::derive(offload, events, at, None, &[], "{uuid}")?;
    let ids: Vec<&str> = derived.events.iter().map(|(_, id)| id.as_str()).collect();
    Some(Row { label: format!("at {AT}"), value: ids.join(", "), origin: "derived".to_owned(), at: None })
}

/// A window in words.
pub(crate) fn window_text(window: &Window) -> String {
    match window {
        Window::Fixed(size) => size.to_string(),
        Window::Env { env, default, min, max } => {
            let bound = |name: &str, value: &Option<_>| {
                value.as_ref().map(|value: &crate::derive::Duration| format!(", {name} {value}")).unwrap_or_default()
            };
            format!("{env}, else {default}{}{}", bound("min", min), bound("max", max))
        }
    }
}

/// A number in words.
pub(crate) fn number(number: &Number) -> String {
    match &number.value {
        Amount::Fixed(value) => value.to_string(),
        Amount::Env { env, default, min, max } => {
            let bound =
                |name: &str, value: &Option<i64>| value.map(|value| format!(", {name} {value}")).unwrap_or_default();
            format!("{env}, else {default}{}{}", bound("min", min), bound("max", max))
        }
    }
}

/// The word of the language for a choice.
pub(crate) fn lower<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
