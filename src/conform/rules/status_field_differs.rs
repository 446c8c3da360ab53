//! `status-field-differs`: a field of a status record does not match its run or its event.

use super::CodeRule;
use crate::conform::evidence::functions::Pair;
use crate::conform::evidence::statuses::{known_state, recorded};
use crate::conform::evidence::writer::{lengthened, swapped};
use crate::conform::machine::FUNCTION_ID;
use crate::conform::observe::{ATTEMPT, Data, EVENT_ID, FAILURE_ID, Field, MadeUp, RUN_ID};
use crate::conform::program::Site;
use crate::derive::Instant;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "status-field-differs",
        severity: Severity::Error,
        group: Group::CodeStatus,
        summary: "A field of a status record does not match its run or its event.",
        why: "The record is joined to another run, or to none: failures are looked for in the wrong place.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "async ({ event, step }) => {\n      const { dispatchKey, correlationId, requestedAt } = event.data.event.data;\n      const runId = event.data.run_id;",
                "async ({ event, step, runId }) => {\n      const { dispatchKey, correlationId, requestedAt } = event.data.event.data;",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let Some((ledger, pairs)) = recorded(facts) else { return };
        for (field, other, at) in swapped(facts, ledger) {
            let (name, writer) = (&field.value, &ledger.writer.export.value);
            let message = format!("`{writer}` stores the record's `{other}` in `{name}`");
            findings
                .report_at(&RULE.meta, facts.location(at), message, format!("store the record's `{name}` there"))
                .also(&field.at, "the field in the contract");
        }
        for (name, held, at) in lengthened(facts, ledger) {
            let writer = &ledger.writer.export.value;
            let message =
                format!("`{writer}` stores `{held}` as `{name}`: the next record of the run does not find the row");
            let help = format!("store the record's `{name}` as it is");
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .also(&ledger.at, "the ledger in the contract");
        }
        for pair in pairs {
            let Some(made_up) = &pair.seen.made_up else { continue };
            let mut reported: Vec<(Site, &str)> = Vec::new();
            let runs = made_up.runs.iter().map(|run| (run, false));
            let runs = runs.chain(made_up.failure.iter().map(|run| (run, true)));
            for (write, is_failure) in runs.flat_map(|(run, is)| run.statuses.iter().map(move |write| (write, is))) {
                for name in &ledger.fields {
                    let Some(field) = write.record.field(name) else { continue };
                    let key = (field.at, name.as_str());
                    let of = if name.as_str() == "attempt" {
                        // `attempt` in the record of a final failure is not checked: teams choose what it means there.
                        let is_wrong = is_no_attempt(&field.value) || is_same_before(made_up, name, field);
                        (!is_failure && is_wrong).then(|| "the number of the attempt".to_owned())
                    } else {
                        let wanted = wanted(made_up, name);
                        let is_wrong = |wanted: &str| {
                            is_another(&field.value, wanted) || wanted == RUN_ID && is_function_id(&field.value)
                        };
                        wanted.filter(|(wanted, _)| is_wrong(wanted)).map(|(_, of)| of)
                    };
                    let Some(of) = of.filter(|_| !reported.contains(&key)) else { continue };
                    reported.push(key);
                    let state = known_state(write).map(|state| format!("`{state}` ")).unwrap_or_default();
                    let (id, held) = (&pair.claimed.id.value, held(&pair, made_up, &field.value));
                    let message = format!("`{}` in the {state}record of `{id}` is {held}, not {of}", name.value);
                    findings
                        .report_at(&RULE.meta, facts.location(field.at), message, format!("write {of}"))
                        .offload(&pair.offload.job)
                        .also(&name.at, "the field in the contract");
                }
            }
        }
    },
};

/// Whether a value is known and is not the number of the attempt that was made up, counted from zero or from one.
fn is_no_attempt(value: &Data) -> bool {
    match value {
        Data::Number(number) => *number != ATTEMPT && *number != ATTEMPT + 1.0,
        _ => false,
    }
}

/// Whether what the same code wrote in the first attempt is the same number.
fn is_same_before(made_up: &MadeUp, name: &str, now: &Field) -> bool {
    let writes = made_up.broken.iter().flat_map(|run| &run.statuses);
    let mut before = writes.filter_map(|write| write.record.field(name)).filter(|field| field.at == now.at);
    before.any(|field| matches!((&field.value, &now.value), (Data::Number(one), Data::Number(two)) if one == two))
}

/// Whether a value is the id of the function, of which Inngest makes many runs.
fn is_function_id(value: &Data) -> bool {
    matches!(value, Data::Unknown(what, _) if what == FUNCTION_ID)
}

/// What a field of a record has to hold, and what that is, for people.
fn wanted<'m>(made_up: &'m MadeUp, name: &str) -> Option<(&'m str, String)> {
    if matches!(name, "runId" | "run_id") {
        return Some((
            RUN_ID,
            "the id of the run that the record describes (in `onFailure`, `event.data.run_id`)".into(),
        ));
    }
    let (_, value) = made_up.data.iter().find(|(field, _)| field == name)?;
    Some((value, format!("`{name}` of the event's data")))
}

/// Whether a value is known and is not the one that is wanted, in any of the forms of an instant.
fn is_another(value: &Data, wanted: &str) -> bool {
    let millis = |text: &str| Instant::parse(text).map(|at| at.millis() as f64);
    match (value, millis(wanted)) {
        (Data::Text(text), None) => **text != *wanted,
        // A text in a form that only people read may say the same.
        (Data::Text(text), Some(wanted)) => millis(text).is_some_and(|at| at != wanted),
        (Data::Instant(at) | Data::Number(at), Some(wanted)) => *at != wanted && *at != (wanted / 1_000.0).floor(),
        (Data::Instant(_) | Data::Number(_), None) | (Data::Null | Data::Bool(_), _) => true,
        // Something else that holds it may be what the ledger takes.
        _ => false,
    }
}

/// What a value that was made up for a run is, for people.
fn held(pair: &Pair<'_>, made_up: &MadeUp, value: &Data) -> String {
    let Some(text) = value.as_text() else { return value.show() };
    if let Some((name, _)) = made_up.data.iter().find(|(_, known)| known == text) {
        return format!("the event's `{name}`");
    }
    match text {
        RUN_ID => "the id of the run".into(),
        EVENT_ID => "the id of the event".into(),
        FAILURE_ID => format!("the id of the run of `onFailure` of `{}`", pair.claimed.id.value),
        _ => value.show(),
    }
}
