//! The picture of an offload: a call as a sequence.

use super::Docs;
use super::inline::Block;
use super::mermaid::{Sequence, Step};
use crate::contract::{Delivery, Events, LedgerState, Offload};

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
