//! The picture of an offload: a call as a sequence.

use super::Docs;
use super::inline::{Block, code};
use super::mermaid::{Sequence, Step};
use crate::contract::{Delivery, Events, LedgerState, Offload};

/// Who takes part is called by its name, or by what it is: the same for many offloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Called {
    ByName,
    ByRole,
}

/// What happens in one call: flag off, not configured, enqueue fails, work done, retries spent.
pub(super) fn sequence(docs: &Docs<'_>, offload: &Offload) -> Block {
    draw(docs, offload, Called::ByName).picture()
}

/// The same as lines, which are equal for offloads that differ in names only.
pub(super) fn call(docs: &Docs<'_>, offload: &Offload) -> Vec<Step> {
    draw(docs, offload, Called::ByRole).steps()
}

fn draw(docs: &Docs<'_>, offload: &Offload, called: Called) -> Sequence {
    let who = |id: &'static str, name: String, role: &str| match called {
        Called::ByName => (id, name),
        Called::ByRole => (id, role.to_owned()),
    };
    let (caller, role) = match &offload.schedule {
        Some(schedule) => (format!("cron {}", schedule.as_str()), "the cron"),
        None => ("sender".to_owned(), "the sender"),
    };
    let mut participants = vec![who("C", caller, role), who("R", offload.route.value.clone(), "the route")];
    let events = match &offload.delivery {
        Delivery::Queue(queue) => {
            participants.push(who("Q", queue.value.clone(), "the queue"));
            None
        }
        Delivery::Events(events) => {
            let role = if events.events.len() == 1 { "the function" } else { "the functions" };
            participants.push(who("I", "Inngest".to_owned(), "Inngest"));
            participants.push(who("F", functions(events), role));
            Some(events)
        }
    };
    if let Some(ledger) = docs.contract.ledger.as_ref().filter(|_| events.is_some()) {
        let writer = &ledger.writer.export.value;
        participants.push(("L", if called == Called::ByName { writer.clone() } else { code(writer) }));
    }
    let mut picture = match called {
        Called::ByName => Sequence::drawn(participants),
        Called::ByRole => Sequence::in_words(participants),
    };
    let method = offload.methods.value.first().map_or("calls", |method| method.as_str());
    picture.say("C->>R", method);
    match &offload.flag {
        Some(_) => {
            picture.open("alt", "the flag is off");
            picture.say("R->>R", "does the work itself");
            picture.say("R-->>C", "answers as before");
            picture.open("else", "the flag is on");
            taken(docs, events, called, &mut picture);
            picture.end();
        }
        None => taken(docs, events, called, &mut picture),
    }
    picture
}

fn functions(events: &Events) -> String {
    events.events.iter().map(|event| event.function.id.value.as_str()).collect::<Vec<_>>().join(", ")
}

fn taken(docs: &Docs<'_>, events: Option<&Events>, called: Called, picture: &mut Sequence) {
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
    for (index, event) in events.events.iter().enumerate() {
        let nth = format!("event {} of {}", index + 1, events.events.len());
        picture.say("R->>I", if called == Called::ByName { &event.name.value } else { &nth });
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
            picture.open("else", "the retries are exhausted");
            picture.say("F->>L", "failed");
            picture.end();
        } else if done {
            picture.say("F->>L", "succeeded");
        } else if failed {
            picture.say("F->>L", "failed, when the retries are exhausted");
        }
    }
    picture.end();
}
