//! Schedules as `vercel.json` has them.

use std::sync::Arc;

use super::jsonc;
use super::lower::Unreadable;
use crate::source::{Location, Source, Span};

/// A call that the platform makes.
#[derive(Debug, Clone)]
pub struct Scheduled {
    /// What is called, without its query.
    pub path: String,
    /// The names of the parameters in its query.
    pub query: Vec<String>,
    /// When.
    pub schedule: String,
    /// Where it is written.
    pub at: Location,
}

/// What `vercel.json` says of schedules.
#[derive(Debug, Default)]
pub enum Schedules {
    /// There is no such file.
    #[default]
    Absent,
    /// It is there and cannot be read: nothing is known of schedules.
    Unreadable,
    /// The calls that it asks for.
    Known(Vec<Scheduled>),
}

impl Schedules {
    /// The calls that are known.
    pub fn calls(&self) -> &[Scheduled] {
        match self {
            Self::Known(calls) => calls,
            Self::Absent | Self::Unreadable => &[],
        }
    }
}

/// The calls of a `vercel.json`.
///
/// # Errors
/// It is not JSON.
pub(super) fn read(source: &Arc<Source>) -> Result<Vec<Scheduled>, Unreadable> {
    let value = jsonc::read(source)?;
    let crons = value.get("crons").and_then(|crons| crons.as_array().cloned()).unwrap_or_default();
    let mut from = source.text().find("\"crons\"").unwrap_or(0);
    let mut found = Vec::new();
    for cron in crons {
        let (Some(path), Some(schedule)) = (cron["path"].as_str(), cron["schedule"].as_str()) else { continue };
        // The values in the order of the text: each is looked for behind the one before.
        let quoted = serde_json::Value::String(path.to_owned()).to_string();
        let start = source.text().get(from..).and_then(|rest| rest.find(&quoted)).map_or(from, |at| from + at);
        let end = (start + quoted.len()).min(source.text().len());
        from = end;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let names = query.split('&').filter_map(|pair| pair.split('=').next()).filter(|name| !name.is_empty());
        let (path, query) = (path.to_owned(), names.map(ToOwned::to_owned).collect());
        let at = Location { source: source.clone(), span: Span::new(start, end) };
        found.push(Scheduled { path, query, schedule: schedule.to_owned(), at });
    }
    Ok(found)
}
