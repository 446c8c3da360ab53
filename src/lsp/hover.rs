//! What the compiler knows of what is under the pointer.

use std::fmt::Write;

use super::language;
use super::names::{self, Name, Role};
use super::{Model, code};
use crate::catalogue::catalogue;
use crate::contract::{Contract, Flag, Offload};
use crate::derive::{Instant, State, TruthTable, derive};
use crate::document::{Document, Part, Value};
use crate::explain::{Row, chain};
use crate::pointer::Pointer;
use crate::source::{Source, Span};

/// Of a spec, at a byte: the place and Markdown.
pub(super) fn hover(model: &Model, offset: usize, now: Option<Instant>) -> Option<(Span, String)> {
    let document = model.document();
    let (at, part, span) = document.at(offset)?;
    if part == Part::Value && matches!(document.get(&at)?.value, Value::Mapping(_) | Value::Sequence(_)) {
        return None;
    }
    let mut text = String::new();
    let segments: Vec<String> = at.segments().collect();
    let key = segments.last().filter(|last| last.parse::<usize>().is_err());
    if let Some(about) = language::description(&at) {
        let name = key.map(|key| format!("**{}** — ", escape(key))).unwrap_or_default();
        let _ = write!(text, "{name}{}\n\n", about.replace('\n', " "));
    }
    if let Some((value, about)) = choice(document, &at) {
        let _ = write!(text, "`{value}` — {about}\n\n");
    }
    let name = names::at(document, offset);
    if let Some(name) = &name {
        text.push_str(&about(model, name, part));
    }
    if !model.is_current() && model.contract().is_some() {
        text.push_str("_From the last version without errors:_\n\n");
    }
    text.push_str(&resolved(model, &at));
    let is_window =
        ["window", "schedule", "dispatchKey", "eventId"].iter().any(|key| segments.last().is_some_and(|s| s == key));
    if let (["offloads", job, ..], true) = (refs(&segments).as_slice(), is_window || segments.len() == 2)
        && let Some(offload) = model.contract().and_then(|contract| contract.offloads.get(*job))
    {
        text.push_str(&keys(offload, now));
    }
    (!text.trim().is_empty()).then(|| (name.map_or(span, |name| name.span), text.trim_end().to_owned()))
}

/// Of code, at a byte.
pub(super) fn hover_code(model: &Model, source: &Source, offset: usize) -> Option<(Span, String)> {
    let spellings = code::spellings(model.contract()?);
    let (spelling, span) = code::at(source, offset, &spellings)?;
    let name = Name { role: spelling.role, text: spelling.name.clone(), span, declares: false };
    let text = about(model, &name, Part::Value);
    (!text.is_empty()).then(|| (span, text.trim_end().to_owned()))
}

fn refs(segments: &[String]) -> Vec<&str> {
    segments.iter().map(String::as_str).collect()
}

/// What the value of a place means, where the language lists its values.
fn choice(document: &Document, at: &Pointer) -> Option<(String, &'static str)> {
    let value = document.get(at)?.to_json();
    let value = value.as_str()?;
    let found = language::at(at).into_iter().flat_map(language::choices).find(|(name, _)| name == value)?;
    Some((found.0, found.1?))
}

/// What a name names.
fn about(model: &Model, name: &Name, part: Part) -> String {
    let Some(contract) = model.contract() else { return String::new() };
    let mut text = String::new();
    match name.role {
        Role::Variable => {
            if let Some(flag) = contract.flags.get(&name.text) {
                text.push_str(&flag_table(contract, flag));
            }
        }
        Role::Payload => {
            if let Some(payload) = contract.payloads.get(&name.text) {
                let about = payload.description.as_ref().map(|d| format!(" — {}", d.value)).unwrap_or_default();
                let _ =
                    write!(text, "payload **{}**{about}\n\n| field | type |\n| --- | --- |\n", escape(&payload.name));
                for field in &payload.fields {
                    let optional = if field.optional { ", optional" } else { "" };
                    let from = field.inherited.as_ref().map(|from| format!(", from {from}")).unwrap_or_default();
                    let _ = writeln!(text, "| `{}` | {}{optional}{from} |", field.name, cell(&field.type_.text()));
                }
                text.push('\n');
            }
        }
        Role::Event => {
            if let Some((offload, event)) = contract.events().find(|(_, event)| event.name.value == name.text) {
                let _ = write!(
                    text,
                    "event **{}** of `{}`\n\n| | |\n| --- | --- |\n| constant | `{}` |\n| payload | `{}` |\n| event id | `{}` |\n| function | `{}` |\n\n",
                    escape(&event.name.value),
                    offload.job,
                    event.constant.value,
                    event.payload.value,
                    cell(&event.event_id.to_string()),
                    event.function.id.value
                );
            }
        }
        Role::Offload => {
            if let (Some(offload), Some(good)) = (contract.offloads.get(&name.text), model.good())
                && (part == Part::Value || name.declares)
            {
                let _ = write!(text, "offload **{}**\n\n", escape(&offload.job));
                text.push_str(&table(&chain(&good.document, contract, offload)));
            }
        }
        Role::Rule => {
            if let Some(meta) = catalogue().into_iter().find(|meta| meta.id == name.text) {
                let _ = write!(text, "rule **{}** ({})\n\n{}\n\n{}\n\n", meta.id, meta.word(), meta.summary, meta.why);
            }
        }
        Role::Field => {
            let fields =
                contract.payloads.values().flat_map(|payload| payload.fields.iter().map(move |f| (payload, f)));
            if let Some((payload, field)) = fields.into_iter().find(|(_, field)| field.name == name.text) {
                let about = field.description.as_ref().map(|d| format!(" — {}", d.value)).unwrap_or_default();
                let _ = write!(text, "field `{}` of `{}`: {}{about}\n\n", field.name, payload.name, field.type_.text());
            }
        }
        Role::Param => {}
    }
    text
}

/// What a place gave to the contract, and where a value that is not written came from.
fn resolved(model: &Model, at: &Pointer) -> String {
    let Some(good) = model.good() else { return String::new() };
    // An offload is shown whole by its name.
    if at.segments().count() < 3 {
        return String::new();
    }
    let mut lines = String::new();
    const MOST: usize = 12;
    let mut count = 0;
    for offload in good.contract.offloads.values() {
        let rows = chain(&good.document, &good.contract, offload);
        // What the language adds to a place is no value of the place.
        let own = |row: &&Row| row.at.as_ref() == Some(at) && row.origin != "built in";
        for row in rows.iter().filter(own) {
            count += 1;
            if count <= MOST {
                let _ = writeln!(lines, "- `{}` {}: `{}`", offload.job, row.label.trim(), row.value.replace('`', "'"));
            }
        }
    }
    if count > MOST {
        let _ = writeln!(lines, "- … and {} more", count - MOST);
    }
    if lines.is_empty() { lines } else { format!("{lines}\n") }
}

fn table(rows: &[Row]) -> String {
    let mut text = "| | | from |\n| --- | --- | --- |\n".to_owned();
    for row in rows {
        let value = row.value.replace('`', "'");
        let _ = writeln!(text, "| {} | `{}` | {} |", cell(row.label.trim()), cell(&value), cell(&row.origin));
    }
    text.push('\n');
    text
}

/// The truth table of a flag.
fn flag_table(contract: &Contract, flag: &Flag) -> String {
    let mut text = format!("flag **{}**", escape(&flag.name));
    if let Some(description) = &flag.description {
        let _ = write!(text, " — {}", description.value);
    }
    let switched: Vec<String> = flag.offloads.iter().map(|job| format!("`{job}`")).collect();
    let switched = if switched.is_empty() { "nothing".to_owned() } else { switched.join(", ") };
    let _ = write!(text, "\n\nOn when {}. Switches {switched}.\n\n", flag.enabled_when.value);
    let Some(truth) = TruthTable::of(flag, &contract.truthy) else { return text };
    let head: String = truth.variables.iter().map(|variable| format!(" {} |", escape(&variable.name))).collect();
    let _ = writeln!(text, "|{head} offload | after rollback |");
    let _ = writeln!(text, "|{} --- | --- |", " --- |".repeat(truth.variables.len()));
    for row in &truth.rows {
        for (state, variable) in row.states.iter().zip(&truth.variables) {
            let word = match state {
                State::Unset => "unset",
                State::Off if variable.read_as_presence => "set, not on",
                State::Off => "not on",
                State::On if variable.read_as_flag => "on",
                State::On => "set",
            };
            let _ = write!(text, "| {word} ");
        }
        let now = match (row.enabled, row.overridden) {
            (true, _) => "**on**",
            (false, true) => "off (override)",
            (false, false) => "off",
        };
        let after = match row.enabled_after_rollback {
            Some(true) => "**on**",
            Some(false) => "off",
            None => "—",
        };
        let _ = writeln!(text, "| {now} | {after} |");
    }
    text.push('\n');
    text
}

/// The next keys of an offload with a window.
fn keys(offload: &Offload, now: Option<Instant>) -> String {
    const NEXT: usize = 5;
    let (Some(now), Some(window), Some(events)) = (now, &offload.window, offload.dispatch()) else {
        return String::new();
    };
    let size = window.value.default_size();
    let mut at = now.floor(size);
    let mut text = format!("next keys, one per window of {size}\n\n| from | dispatch key |\n| --- | --- |\n");
    for _ in 0..NEXT {
        let Some(derived) = derive(offload, events, at, None, &[], "{uuid}") else { return String::new() };
        let _ = writeln!(text, "| {} | `{}` |", at.iso(), cell(&derived.dispatch_key));
        at = at.plus(size);
    }
    text.push('\n');
    text
}

fn cell(text: &str) -> String {
    text.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn escape(text: &str) -> String {
    text.chars().flat_map(|c| if "\\*_`[]<>#|".contains(c) { vec!['\\', c] } else { vec![c] }).collect()
}
