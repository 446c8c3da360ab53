//! `consumer-field-optional`: a function treats a required field of its event as optional.

use super::CodeRule;
use crate::conform::evidence::consumers::{Consumer, consumers, reads};
use crate::conform::facts::Facts;
use crate::conform::observe::{ATTEMPT, Answer, Data, Run, Trial};
use crate::conform::program::{Site, Text};
use crate::contract::{Field, Type};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "consumer-field-optional",
        severity: Severity::Warning,
        group: Group::CodeEvents,
        summary: "A function treats a required field of its event as optional.",
        why: "A default for a field that is always present hides an event that lacks it: its run is recorded under a made-up key.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "const { dispatchKey, correlationId, requestedAt } = event.data;
    const record",
                r#"const { dispatchKey = "unknown", correlationId, requestedAt } = event.data;
    const record"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let consumers = consumers(facts);
        let every = |consumer: &Consumer<'_>, name: &str, is_fault: &dyn Fn(&Field) -> bool| {
            let fields = consumer.fields(facts.contract, name);
            fields.iter().all(|field| field.is_some_and(|field| !field.optional && !field.nullable && is_fault(field)))
        };
        let asked = reads(&consumers, |run| &run.optional, |consumer, name| every(consumer, name, &|_| true));
        // `0`, `false` and an empty text are values: a test is useless only for fields that never hold one of them.
        let never_false = |field: &Field| {
            let is_key = matches!(field.type_.value, Type::String) && field.from.is_some();
            is_key || matches!(field.type_.value, Type::Timestamp | Type::Date | Type::Uuid | Type::Url | Type::Enum(_))
        };
        let mut tested = reads(&consumers, |run| &run.tested, |consumer, name| every(consumer, name, &never_false));
        tested.retain(|(consumer, name, at)| !refuses(consumer, name, *at));
        let mut told: Vec<(&Text, Site)> = Vec::new();
        for (consumer, name, at) in asked.into_iter().chain(tested) {
            // What is handed to other code may be absent where others call that.
            if told.contains(&(name, at)) || is_handed(facts, consumer, name, at) && !is_made_up(facts, consumer, name)
            {
                continue;
            }
            told.push((name, at));
            let field = consumer.fields(facts.contract, name).into_iter().flatten().next();
            let (Some((offload, event)), Some(field)) = (consumer.events.first(), field) else { continue };
            let message = format!(
                "{} treats `event.data.{name}` as optional; `{}` requires it",
                consumer.name(),
                event.payload.value
            );
            findings
                .report_at(
                    &RULE.meta,
                    facts.location(at),
                    message,
                    "read the field without a default or a test, or make it optional in the contract",
                )
                .offload(&offload.job)
                .also(&field.at, "the field in the contract");
        }
    },
};

/// Whether a field is read of the event nowhere in the function, class or constant around a place, but handed to it.
fn is_handed(facts: &Facts<'_>, consumer: &Consumer<'_>, name: &Text, at: Site) -> bool {
    let module = facts.loaded.app.module(at.module);
    let around = module.outermost().find(|range| range.of(at.module).contains(at));
    let is_here = |read: Site| match around {
        Some(range) => range.of(at.module).contains(read),
        None => read.module == at.module,
    };
    !consumer.runs().flat_map(|run| &run.fields).any(|(read, place)| read == name && is_here(*place))
}

/// Whether a record says something else than nothing where it holds a field, once the event lacks that.
fn is_made_up(facts: &Facts<'_>, consumer: &Consumer<'_>, name: &Text) -> bool {
    let Some(made_up) = &consumer.function.made_up else { return false };
    let Some((_, value)) = made_up.data.iter().find(|(field, _)| **field == **name) else { return false };
    let written = |runs: &[Run]| {
        let fields = runs.iter().flat_map(|run| &run.statuses).flat_map(|write| write.record.fields());
        fields.map(|field| (field.name.clone(), field.at, field.value.clone())).collect::<Vec<_>>()
    };
    let holding = written(&made_up.runs).into_iter().filter(|(.., held)| held.as_text() == Some(value.as_str()));
    let holding: Vec<_> = holding.map(|(name, at, _)| (name, at)).collect();
    let trial = Trial { attempt: ATTEMPT, without: Some(name), set: None };
    let without = facts.try_out(consumer.function, &trial).map(|runs| written(&runs)).unwrap_or_default();
    without
        .into_iter()
        .any(|(name, at, held)| !matches!(held, Data::Undefined | Data::Null) && holding.contains(&(name, at)))
}

/// Whether a function throws immediately wherever it finds the field absent: then it makes up no value, and its run
/// ends with a visible error.
fn refuses(consumer: &Consumer<'_>, name: &Text, at: Site) -> bool {
    let missed =
        |run: &'_ Run| run.missed.iter().find(|(missed, place, _)| missed == name && *place == at).map(|m| m.2);
    let mut runs = consumer.runs().filter_map(|run| Some((run, missed(run)?)));
    let mut is_any = false;
    let refused = runs.all(|(run, order)| {
        is_any = true;
        let after = |other: usize| other > order;
        let thrown = run.thrown.iter().map(|thrown| thrown.order).find(|other| after(*other));
        let is_between = |until: usize| run.outside.iter().any(|call| after(call.order) && call.order < until);
        matches!(run.answer, Answer::Thrown(_)) && thrown.is_some_and(|until| !is_between(until))
    });
    is_any && refused
}
