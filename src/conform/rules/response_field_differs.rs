//! `response-field-differs`: a field of a dispatch answer differs from the event that was sent.

use super::CodeRule;
use crate::conform::evidence::answers::{self, Answered};
use crate::conform::evidence::payloads::{self, What};
use crate::conform::evidence::sends::{Job, instant};
use crate::conform::evidence::values::wrong_values;
use crate::conform::machine::UUID;
use crate::conform::observe::{Data, Field, Sent};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "response-field-differs",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "A field of a dispatch answer differs from the event that was sent.",
        why: "Anyone who looks up the run by what the answer says finds nothing: the run has another key or another id.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "inngest.send({ ...event, data })",
                "inngest.send({ ...event, data: { ...data, correlationId: randomUUID() } })",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let mut told = answers::Told::default();
        answers::each(facts, |answered| {
            for (path, field, sent) in differences(answered) {
                let when = answered.when();
                let message = format!("`{path}` of the answer {when} differs from the event");
                if answered.is_feigned() || !told.is_new(answered, &message, field.at) {
                    continue;
                }
                let is_random = |data: &Data| data.as_text().is_some_and(|text| text.starts_with(UUID));
                let message = match is_random(&field.value) && is_random(sent) {
                    true => format!("{message}: it is another random value"),
                    false => format!("{message}: it is {} instead of {}", field.value.show(), sent.show()),
                };
                findings
                    .report_at(
                        &RULE.meta,
                        facts.location(field.at),
                        message,
                        "answer with what was sent: create the value once, then send it and answer with it",
                    )
                    .offload(&answered.job.offload.job)
                    .also(&answered.response.at, "the answer in the contract");
            }
        });
    },
};

/// Fields of an answer that hold another value than every event that was sent has: the path, the field and what
/// the first event has.
fn differences<'a>(answered: &Answered<'a>) -> Vec<(String, &'a Field, &'a Data)> {
    let mut found = Vec::new();
    let Some(first) = answered.sent.first() else { return found };
    let metadata = answered.job.contract.dispatch.metadata.as_str();
    let told = answered.body.field(metadata).into_iter().flat_map(|field| field.value.fields());
    for field in told.filter(|field| answered.response.metadata.iter().any(|known| known.name.as_str() == &*field.name))
    {
        let same = |data: &Data| data.field(&field.name).is_none_or(|sent| is_same(&field.value, &sent.value));
        if !answered.sent.iter().any(|sent| same(&sent.data))
            && let Some(sent) = first.data.field(&field.name)
            && !is_sent_wrong(answered.job, &field.name)
        {
            found.push((format!("{metadata}.{}", field.name), field, &sent.value));
        }
    }
    for field in ["event", "events"].into_iter().filter_map(|name| answered.body.field(name)) {
        let (items, mark) = match &field.value {
            Data::List(items) => (items.iter().collect::<Vec<_>>(), "[]"),
            one => (vec![one], ""),
        };
        for item in items {
            let (name, id) = (item.field("name"), item.field("id"));
            let is_its = |sent: &&'a Sent| name.is_none_or(|name| is_same(&name.value, &sent.name));
            let mut own = answered.sent.iter().copied().filter(is_its).peekable();
            let differs = match own.peek() {
                Some(&sent) => id
                    .filter(|id| !own.any(|sent| is_same(&id.value, &sent.id)) && !has_wrong_id(answered.job, sent))
                    .map(|id| ("id", id, &sent.id)),
                None => name.map(|name| ("name", name, &first.name)),
            };
            // An event of the contract that was not sent is reported as such.
            let is_claimed = |name: &Data| answered.job.events.events.iter().any(|event| is_text(name, &event.name));
            let differs = differs.filter(|(part, told, _)| *part == "id" || !is_claimed(&told.value));
            found.extend(differs.map(|(part, told, sent)| (format!("{}{mark}.{part}", field.name), told, sent)));
        }
    }
    found
}

/// Whether a field of the event itself is not what the contract says: that is reported there.
fn is_sent_wrong(job: &Job<'_>, name: &str) -> bool {
    job.dispatched().any(|sending| {
        let fields = payloads::fields(job.contract, job.offload, &sending.event.payload.value);
        let faults = payloads::faults(job.contract, &fields, &sending.sent.data);
        faults.iter().any(|fault| matches!(fault.what, What::Type { .. }) && fault.path == name)
            || wrong_values(job, &sending).iter().any(|wrong| wrong.path == name)
    })
}

fn is_text(value: &Data, text: &str) -> bool {
    value.as_text() == Some(text)
}

/// Whether an event is sent with another id than the contract derives: that is reported there.
fn has_wrong_id(job: &Job<'_>, sent: &Sent) -> bool {
    job.dispatched().filter(|sending| sending.sent.name == sent.name).any(|sending| {
        let id = job.key(&sending).and_then(|key| job.id(&sending, key));
        id.is_some_and(|id| !is_text(&sending.sent.id, &id))
    })
}

/// Whether two values may be the same: one that is not known may be any.
fn is_same(told: &Data, sent: &Data) -> bool {
    match (told, sent) {
        (Data::Unknown(..), _) | (_, Data::Unknown(..) | Data::Undefined) => true,
        (Data::Record(..), Data::Record(..)) => {
            told.fields().all(|field| sent.field(&field.name).is_none_or(|other| is_same(&field.value, &other.value)))
        }
        (Data::List(told), Data::List(sent)) => told.iter().zip(sent).all(|(told, sent)| is_same(told, sent)),
        (told, sent) => told == sent || instant(told).is_some() && instant(told) == instant(sent),
    }
}
