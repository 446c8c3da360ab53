//! `runbook.md`: what to do when something is wrong, by symptom, with the names of this contract.

mod tables;

use schemars::JsonSchema;
use serde::Serialize;

use super::inline::{Block, code, codes, link};
use super::table::Table;
use super::{Docs, answers, words};
use crate::contract::{Auth, LedgerState, Offload, Response, WhenUnset};
use crate::derive::Instant;
use crate::emit::templates::view;
use crate::emit::worked;

/// `runbook.md`: what to do, by symptom.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RunbookPage")]
pub(super) struct View {
    /// The symptoms.
    topics: Vec<Topic>,
}

view!(View, "docs/runbook.md.j2");

/// A symptom and what to do.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RunbookTopic")]
struct Topic {
    /// Its heading.
    title: &'static str,
    /// The anchor of its heading.
    anchor: &'static str,
    /// How the list of symptoms names it.
    symptom: String,
    /// What to look at and what to do.
    parts: Vec<Part>,
}

/// A part of a topic: it has one of these names.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "RunbookPart")]
enum Part {
    /// A paragraph.
    Text(String),
    /// Steps, in order.
    Steps(Vec<String>),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// Lines of code.
    Code(Block),
}

impl Topic {
    fn new(title: &'static str, anchor: &'static str) -> Self {
        Self { title, anchor, symptom: title.to_owned(), parts: Vec::new() }
    }

    fn answered(mut self, response: &Response) -> Self {
        self.symptom = format!("Answer {}", answers::answer(response));
        self
    }

    fn text(mut self, text: impl Into<String>) -> Self {
        self.parts.push(Part::Text(text.into()));
        self
    }

    fn steps(mut self, steps: impl IntoIterator<Item = String>) -> Self {
        self.parts.push(Part::Steps(steps.into_iter().collect()));
        self
    }

    fn list(mut self, items: Vec<String>) -> Self {
        if !items.is_empty() {
            self.parts.push(Part::List(items));
        }
        self
    }

    fn table(mut self, table: Option<Table>) -> Self {
        self.parts.extend(table.map(Part::Table));
        self
    }

    fn code(mut self, block: Block) -> Self {
        self.parts.push(Part::Code(block));
        self
    }
}

pub(super) fn view(docs: &Docs<'_>) -> View {
    let contract = docs.contract;
    let mut topics = Vec::new();
    let first = contract.offloads.values().find(|offload| offload.dispatch().is_some());
    if let Some(first) = first {
        topics.push(find(docs, first));
    }
    topics.extend(contract.dispatch.auth.as_ref().map(refused));
    if let Some(first) = first {
        topics.push(misconfigured(docs));
        topics.push(failed_to_send(docs, first));
        topics.push(nothing_runs(docs));
        topics.push(twice(docs));
        topics.push(backlog(docs));
        topics.push(stays_running(docs));
        topics.push(run_failed());
    }
    let queues = tables::queues(docs);
    if !queues.is_empty() {
        topics.push(Topic::new("A queue does not drain", "a-queue-does-not-drain").list(queues));
    }
    topics.push(roll_back(docs));
    View { topics }
}

fn find(docs: &Docs<'_>, first: &Offload) -> Topic {
    let answer = tables::key_field(docs).map_or_else(String::new, |field| format!("in the answer ({field}), "));
    let records = if docs.contract.ledger.is_some() { ", and in every record of the run" } else { "" };
    let at = worked::tick(first).map_or_else(|| worked::AT.to_owned(), Instant::iso);
    Topic::new("Find a call", "find-a-call")
        .text(format!(
            "Every call has a dispatch key that is derived from its route and its time. It is {answer}in the log \
             line of the route, in the data of the event{records}."
        ))
        .table(tables::keys(docs))
        .text("Compute the key and the event id of a call from its time, then search the logs and the records for it:")
        .code(Block::new("sh", &format!("inngest-offload key {} --at {at}", first.job)))
}

fn refused(auth: &Auth) -> Topic {
    let secret = code(&auth.secret.value);
    let says = match auth.when_unset.value {
        WhenUnset::Refuse => {
            format!(
                "While {secret} is not set, the routes that it protects reject every call, whatever the flags \
                say."
            )
        }
        WhenUnset::Allow => format!(
            "While {secret} is not set, the routes that it protects accept every call. If calls are rejected, the \
             secret is set and the caller sends a different one."
        ),
    };
    Topic::new("Every call is rejected", "every-call-is-rejected").text(says).steps([
        format!("Check that {secret} is set in the deployment, without white space around it."),
        "Check that the caller sends `Authorization: Bearer` with the same value.".to_owned(),
        "Deploy after a change: a running deployment keeps the values that it started with.".to_owned(),
    ])
}

/// The variables that say whether Inngest is configured.
fn configured<'c>(docs: &Docs<'c>) -> Vec<&'c str> {
    let mut variables = Vec::new();
    words::variables(&docs.contract.dispatch.configured.value, &mut variables);
    variables
}

fn misconfigured(docs: &Docs<'_>) -> Topic {
    let dispatch = &docs.contract.dispatch;
    let response = &dispatch.responses.misconfigured;
    Topic::new("Not configured", "not-configured")
        .answered(response)
        .text(format!(
            "A route answers {}. Its flag is on and Inngest is not configured. Nothing was sent, and nothing has \
             run.",
            answers::answer(response)
        ))
        .steps([
            format!(
                "Inngest is configured when {}. Look at {} in the deployment that answers.",
                words::condition(&dispatch.configured.value, true),
                codes(configured(docs))
            ),
            format!(
                "Set what is missing and deploy. Or {}: the route then does the work inline again.",
                link("roll the flag back", "#roll-back")
            ),
            format!("Verify: the next call is answered with {}.", answers::answer(&dispatch.responses.dispatched)),
        ])
        .text("When the work of the lost calls is requested again:")
        .table(tables::next_call(docs))
}

fn failed_to_send(docs: &Docs<'_>, first: &Offload) -> Topic {
    let response = &docs.contract.dispatch.responses.failed;
    Topic::new("Sending fails", "sending-fails")
        .answered(response)
        .text(format!(
            "A route answers {}. Inngest did not confirm the event. The route has run nothing, and does not run the \
             work inline instead.",
            answers::answer(response)
        ))
        .steps([
            format!(
                "Look at the log line of the route whose `mode` is {}: it contains the reason.",
                code(&response.mode.value)
            ),
            "Check the status of Inngest, and that the event key in the deployment belongs to this environment."
                .to_owned(),
            "Call the route again. That is safe: a call in the same window has the same key and the same event \
             id, so an event that did arrive is not run twice."
                .to_owned(),
        ])
        .code(tables::call(docs, first))
}

fn nothing_runs(docs: &Docs<'_>) -> Topic {
    let variables = configured(docs);
    let dev = variables.iter().find(|name| **name == "INNGEST_DEV").map_or_else(String::new, |name| {
        let name = code(name);
        format!(
            " {name} must not be set in production: Inngest then counts as configured, but the events go to a server \
             that does not exist."
        )
    });
    let params = tables::with_params(docs).map_or_else(String::new, |links| {
        format!(
            ", or call {links} with a parameter, which gives the call a \
            different key"
        )
    });
    Topic::new("Accepted, but nothing runs", "accepted-but-nothing-runs")
        .text(format!(
            "A route answers {}, and no run appears.",
            answers::answer(&docs.contract.dispatch.responses.dispatched)
        ))
        .steps([
            format!(
                "Check that {} belong to the Inngest environment in which the application is synced. An event \
                 that goes to another environment is accepted there and starts nothing here.{dev}",
                codes(variables)
            ),
            "Check in Inngest that the application is synced and that no function is rejected: one rejected \
             function stops all of them."
                .to_owned(),
            format!(
                "Check that the function is not paused, and that no other run uses up its concurrency limit (see \
                 {}).",
                link("A backlog grows", "#a-backlog-grows")
            ),
            format!(
                "Look for an earlier run with the same dispatch key in the last 24 hours. Its key is used up, \
                 **even if the run failed**: calls in the same window are then accepted and dropped. Wait for the \
                 next window{params}."
            ),
        ])
}

fn twice(docs: &Docs<'_>) -> Topic {
    Topic::new("The work is done twice", "the-work-is-done-twice")
        .steps([
            "Compare the dispatch keys of the two runs. Different keys mean different windows or parameters: both \
             runs were requested."
                .to_owned(),
            "If the keys are the same, look in the table below whether the function is idempotent. Without \
             idempotency, only the event id prevents duplicates, for 24 hours."
                .to_owned(),
            "If the records show the same run twice, it is one run with several attempts: a step runs at least \
             once, and again when a worker is lost."
                .to_owned(),
        ])
        .table(tables::duplicates(docs))
}

fn backlog(docs: &Docs<'_>) -> Topic {
    let mut topic = Topic::new("A backlog grows", "a-backlog-grows");
    if let Some(loads) = tables::loads(docs) {
        topic = topic.text("What the spec says about the load:").table(Some(loads));
    }
    if let Some(unknown) = tables::unknown_load(docs) {
        topic = topic.text(format!("The spec does not say how long a run of {unknown} takes."));
    }
    topic.steps([
        "In Inngest, look at how many runs of the function wait, and how long one takes now.".to_owned(),
        format!(
            "If more runs are needed than are allowed, call less often or make the work smaller. More runs at a \
             time than the {} allows need evidence in the spec.",
            link("policy", "contract.md#policy")
        ),
        format!(
            "To stop the growth now, {}: runs that already wait are still executed.",
            link("roll the flag back", "#roll-back")
        ),
    ])
}

fn stays_running(docs: &Docs<'_>) -> Topic {
    let ledger = docs.contract.ledger.as_ref();
    let mut topic = Topic::new("A run stays in running", "a-run-stays-in-running");
    if let Some(ledger) = ledger {
        let writer = answers::import(&ledger.writer);
        topic = topic.text(format!("Records are written by {writer} and carry {}.", answers::record_fields(docs)));
    }
    let cancelled = ledger.filter(|ledger| !ledger.states.value.contains(&LedgerState::Cancelled)).map(|_| {
        "If it was cancelled, the record stays as it is, because the contract has no state for that. Correct it by \
         hand."
            .to_owned()
    });
    let steps = [
        "Look up the run in Inngest by its `runId`.".to_owned(),
        "If it still runs or waits for a retry, leave it.".to_owned(),
        "If it ended long ago, the last record was not written. Check the log of the application for errors of the \
         writer."
            .to_owned(),
    ];
    topic.table(tables::attempts(docs)).steps(steps.into_iter().chain(cancelled))
}

fn run_failed() -> Topic {
    Topic::new("A run failed", "a-run-failed")
        .text(
            "The retries in the table above are exhausted, and the record says `failed`. The run is not repeated \
             automatically.",
        )
        .steps([
            "Find the reason in Inngest under the run's `runId`.".to_owned(),
            "Fix it and deploy.".to_owned(),
            "Run it again from Inngest (\"rerun\"), or wait for the next call. A call in the same window is \
             accepted and dropped: its key is used up for 24 hours."
                .to_owned(),
        ])
}

fn roll_back(docs: &Docs<'_>) -> Topic {
    let topic = Topic::new("Roll back", "roll-back");
    let topic = match tables::rollback(docs) {
        None => topic.text("The spec defines no rollback."),
        table => topic
            .steps([
                "Set the variable in the table below.".to_owned(),
                "Deploy.".to_owned(),
                "Drain: work that was accepted before still runs.".to_owned(),
                "Verify as described on the page of the flag.".to_owned(),
            ])
            .table(table),
    };
    topic.list(tables::overrides(docs))
}
