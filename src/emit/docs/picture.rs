//! The pictures: the whole contract as a flowchart, each offload as a sequence.

use super::Docs;
use super::inline::Block;
use super::mermaid::{Flowchart, Sequence, Shape, Step};
use super::words;
use crate::contract::{Delivery, Events, LedgerState, Offload};

/// More chains than this make a picture that nobody can read.
const MOST: usize = 24;

/// Schedules and webhooks → routes → flags → events → functions → ledger; `None` when there are too
/// many for one picture.
pub(super) fn overview(docs: &Docs<'_>) -> Option<Block> {
    let contract = docs.contract;
    if contract.offloads.len() > MOST {
        return None;
    }
    let mut chart = Flowchart::new();
    for offload in contract.offloads.values() {
        let caller = match (&offload.schedule, &offload.when) {
            (Some(schedule), _) => format!("cron {}", schedule.as_str()),
            (None, Some(when)) => format!("webhook {}", when.value),
            (None, None) => words::kind(offload.kind.value).to_owned(),
        };
        let caller = chart.node("caller", &caller, Shape::Start);
        let route = chart.node("route", &offload.route.value, Shape::Step);
        chart.edge(&caller, &route, "");
        let mut last = route;
        let mut word = "";
        if let Some(flag) = &offload.flag {
            let flag = chart.node("flag", &flag.value, Shape::Choice);
            chart.edge(&last, &flag, "");
            (last, word) = (flag, "on");
        }
        match &offload.delivery {
            Delivery::Queue(queue) => {
                let queue = chart.node("queue", &queue.value, Shape::Store);
                chart.edge(&last, &queue, word);
            }
            Delivery::Events(events) => {
                for event in &events.events {
                    let name = chart.node("event", &event.name.value, Shape::Step);
                    let function = chart.node("function", &event.function.id.value, Shape::Step);
                    chart.edge(&last, &name, word);
                    chart.edge(&name, &function, "");
                    if let Some(ledger) = &contract.ledger {
                        let ledger = chart.node("ledger", &ledger.writer.export.value, Shape::Store);
                        chart.edge(&function, &ledger, "");
                    }
                }
            }
        }
    }
    Some(chart.print())
}

/// What happens in one call: flag off, not configured, enqueue fails, work done, retries spent.
pub(super) fn sequence(docs: &Docs<'_>, offload: &Offload) -> (Block, Vec<Step>) {
    let caller = match &offload.schedule {
        Some(schedule) => format!("cron {}", schedule.as_str()),
        None => "sender".to_owned(),
    };
    let mut participants = vec![("C", caller), ("R", offload.route.value.clone())];
    let events = match &offload.delivery {
        Delivery::Queue(queue) => {
            participants.push(("Q", queue.value.clone()));
            None
        }
        Delivery::Events(events) => {
            participants.push(("I", "Inngest".to_owned()));
            participants.push(("F", functions(events)));
            Some(events)
        }
    };
    if let Some(ledger) = docs.contract.ledger.as_ref().filter(|_| events.is_some()) {
        participants.push(("L", ledger.writer.export.value.clone()));
    }
    let mut picture = Sequence::new(&participants);
    let method = offload.methods.value.first().map_or("calls", |method| method.as_str());
    picture.say("C->>R", method);
    match &offload.flag {
        Some(_) => {
            picture.open("alt", "the flag is off");
            picture.say("R->>R", "does the work itself");
            picture.say("R-->>C", "answers as before");
            picture.open("else", "the flag is on");
            taken(docs, events, &mut picture);
            picture.end();
        }
        None => taken(docs, events, &mut picture),
    }
    picture.print()
}

fn functions(events: &Events) -> String {
    events.events.iter().map(|event| event.function.id.value.as_str()).collect::<Vec<_>>().join(", ")
}

fn taken(docs: &Docs<'_>, events: Option<&Events>, picture: &mut Sequence) {
    let Some(events) = events else {
        picture.say("R->>Q", "writes a row");
        picture.say("R-->>C", "answers at once");
        picture.say("Q->>Q", "is drained later");
        return;
    };
    let responses = &docs.contract.dispatch.responses;
    let answer = |response: &crate::contract::Response| format!("{} {}", response.status.value, response.mode.value);
    picture.open("alt", "Inngest is not configured");
    picture.say("R-->>C", &answer(&responses.misconfigured));
    picture.open("else", "sending fails");
    picture.say("R-xI", "event");
    picture.say("R-->>C", &answer(&responses.failed));
    picture.open("else", "sent");
    for event in &events.events {
        picture.say("R->>I", &event.name.value);
    }
    picture.say("R-->>C", &answer(&responses.dispatched));
    picture.say("I->>F", if events.events.len() == 1 { "runs" } else { "runs, each on its own" });
    if let Some(ledger) = &docs.contract.ledger {
        let writes = |state: LedgerState| ledger.states.value.contains(&state);
        if writes(LedgerState::Running) {
            picture.say("F->>L", "running");
        }
        let (done, failed) = (writes(LedgerState::Succeeded), writes(LedgerState::Failed));
        if done && failed {
            picture.open("alt", "the work is done");
            picture.say("F->>L", "succeeded");
            picture.open("else", "the retries are spent");
            picture.say("F->>L", "failed");
            picture.end();
        } else if done {
            picture.say("F->>L", "succeeded");
        } else if failed {
            picture.say("F->>L", "failed, when the retries are spent");
        }
    }
    picture.end();
}
