//! What is to be written: what was seen of each route, put together.

use super::answer::Answered;
use super::function::{Seen, Writer};
use super::payload::Field;
use super::survey::Surveyed;

/// A contract that describes an application.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Its name.
    pub(super) name: String,
    /// Payloads by name.
    pub(super) payloads: Vec<(String, Vec<Field>)>,
    /// Routes that send events.
    pub(super) offloads: Vec<Offload>,
    /// A scheduled route of an application that sends nothing yet.
    pub(super) planned: Option<Planned>,
    /// Other scheduled routes.
    pub(super) synchronous: Vec<(String, String)>,
    /// Where status records are written.
    pub(super) writer: Option<Writer>,
    /// Findings of the whole contract: the rule, and what it says.
    pub(super) accepted: Vec<(String, String)>,
    /// Sections that the language refuses, by key.
    pub(super) refused: Vec<String>,
    /// What is there and could not be written: what, and why.
    pub(super) left_out: Vec<(String, String)>,
}

/// A route that sends events.
#[derive(Debug)]
pub(super) struct Offload {
    /// Its name.
    pub(super) job: String,
    /// Its address.
    pub(super) route: String,
    /// Methods that it exports.
    pub(super) methods: Vec<&'static str>,
    /// When it is called; none when no schedule calls it.
    pub(super) schedule: Option<String>,
    /// Its payload.
    pub(super) payload: String,
    /// What was seen of it.
    pub(super) seen: Surveyed,
    /// Its events.
    pub(super) events: Vec<Event>,
    /// The files that do its work.
    pub(super) owners: Vec<String>,
    /// Findings about it: the rule, and what it says.
    pub(super) accepted: Vec<(String, String)>,
}

/// An event that is sent.
#[derive(Debug)]
pub(super) struct Event {
    /// Its name.
    pub(super) name: String,
    /// The pattern of its id.
    pub(super) id: Option<String>,
    /// The constant that holds its name, and the file of that.
    pub(super) constant: Option<(String, String)>,
    /// The function that it triggers.
    pub(super) function: Option<Seen>,
}

/// A scheduled route that might be the first to be offloaded.
#[derive(Debug)]
pub(super) struct Planned {
    /// Its name.
    pub(super) job: String,
    /// Its address.
    pub(super) route: String,
    /// The files that do its work.
    pub(super) owners: Vec<String>,
    /// When it is called.
    pub(super) schedule: String,
    /// The longest window that fits.
    pub(super) window: String,
    /// Findings about it.
    pub(super) accepted: Vec<(String, String)>,
}

impl Draft {
    /// What most of the offloads agree on, among those that have it.
    pub(super) fn most<T: PartialEq + Clone>(&self, of: impl Fn(&Offload) -> Option<T>) -> Option<T> {
        let all: Vec<T> = self.offloads.iter().filter_map(of).collect();
        let count = |one: &T| all.iter().filter(|other| *other == one).count();
        // The first of those that are named equally often.
        all.iter().rev().max_by_key(|one| count(one)).cloned()
    }
}

impl Draft {
    /// The answer that most offloads give: dispatched, misconfigured, failed. What only some of them say in it
    /// may be absent.
    pub(super) fn answer(&self, index: usize) -> Option<Answered> {
        let shape = |answer: &Answered| (answer.status, answer.mode.clone(), answer.metadata.clone());
        let most = self.most(|offload| offload.seen.answers[index].as_ref().map(shape))?;
        let answers = self.offloads.iter().filter_map(|offload| offload.seen.answers[index].as_ref());
        let all: Vec<&Answered> = answers.filter(|answer| shape(answer) == most).collect();
        let mut merged: Answered = (*all.first()?).clone();
        for other in &all {
            merged.with(other);
        }
        Some(merged)
    }
}

/// The longest window that fits a schedule, as it is written.
pub(super) fn window_of(schedule: &str) -> String {
    let gap = crate::derive::Schedule::parse(schedule).map_or(3600, |schedule| schedule.gaps().smallest);
    let sizes = [86_400, 43_200, 21_600, 3600, 1800, 900, 600, 300, 60];
    let size = sizes.into_iter().find(|size| *size <= gap && gap.is_multiple_of(*size)).unwrap_or(60);
    crate::derive::Duration::from_seconds(size).to_string()
}

/// A name in kebab-case for a route or an event, unlike those that are taken.
pub(super) fn job_name(text: &str, taken: &[String]) -> String {
    let text = ["/api/cron/", "/api/crons/", "/api/jobs/", "/api/webhooks/", "/api/webhook/", "/api/", "/"]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))
        .unwrap_or(text);
    let mut name = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && name.ends_with(|c: char| c.is_ascii_lowercase()) {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_matches('-').to_owned();
    let name =
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) { format!("job-{name}") } else { name };
    let name = name.trim_end_matches('-').to_owned();
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    std::iter::once(name.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(name)
}
