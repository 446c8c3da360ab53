//! Every variable that the contract reads: who reads it, and the `env.example` to copy from. The file
//! has no dot in front: what begins with `.env` is kept out of most repositories.

use std::fmt::Write;

use indexmap::IndexMap;

use super::Docs;
use super::inline::code;
use super::links::Page;
use super::words;
use crate::artifact::{Artifact, Style};
use crate::contract::{Amount, Condition, Contract, Flag, Window};
use crate::derive::{State, TruthTable};
use crate::emit::{Emission, EmitError, Give};
use crate::markdown::one_line;
use crate::pointer::Pointer;

/// The file in the folder of the documents.
pub(super) const FILE: &str = "env.example";

pub(super) fn emit(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    let Some(out) = &emission.contract.targets.docs else { return Ok(()) };
    let path = emission.file(&out.value, FILE)?;
    let body = example(emission.contract);
    let cause = Pointer::root().key("flags");
    give(Artifact::generated(path, Style::Hashes, emission.spec, body, cause));
    Ok(())
}

/// What reads a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reader {
    Flag(String),
    Override(String),
    Configured,
    Auth,
    Secret,
    Window(String),
    Number(String),
}

/// Who reads which variable.
#[derive(Debug)]
pub(super) struct Readers(IndexMap<String, Vec<Reader>>);

impl Readers {
    pub(super) fn new(contract: &Contract) -> Self {
        let mut all: IndexMap<String, Vec<Reader>> = IndexMap::new();
        let mut add = |name: &str, reader: Reader| {
            let readers = all.entry(name.to_owned()).or_default();
            if !readers.contains(&reader) {
                readers.push(reader);
            }
        };
        for secret in &contract.environment.secrets {
            add(&secret.value, Reader::Secret);
        }
        if let Some(auth) = &contract.dispatch.auth {
            add(&auth.secret.value, Reader::Auth);
        }
        for name in read(&contract.dispatch.configured.value) {
            add(name, Reader::Configured);
        }
        for flag in contract.flags.values() {
            for name in read(&flag.enabled_when.value) {
                add(name, Reader::Flag(flag.name.clone()));
            }
            if let Some(override_) = &flag.override_ {
                add(&override_.on.value, Reader::Override(flag.name.clone()));
            }
        }
        for offload in contract.offloads.values() {
            if let Some(Window::Env { env, .. }) = offload.window.as_ref().map(|window| &window.value) {
                add(env, Reader::Window(offload.job.clone()));
            }
            for event in offload.events() {
                let function = &event.function;
                let limits = function.concurrency.iter().flat_map(|limits| &limits.value);
                let numbers = limits.map(|limit| &limit.limit.value).chain(function.retries.iter().map(|r| &r.value));
                for number in numbers {
                    if let Amount::Env { env, .. } = &number.value {
                        add(env, Reader::Number(function.id.value.clone()));
                    }
                }
            }
        }
        Self(all)
    }

    /// The variables of a flag that something else reads too, in words.
    pub(super) fn shared(&self, docs: &Docs<'_>, flag: &Flag) -> Vec<String> {
        let mut names = read(&flag.enabled_when.value);
        names.extend(flag.override_.iter().map(|override_| override_.on.value.as_str()));
        names.extend(flag.rollback.iter().flat_map(|rollback| rollback.set.value.keys().map(String::as_str)));
        let mut seen: Vec<&str> = Vec::new();
        let mut out = Vec::new();
        for name in names {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            let own = |reader: &&Reader| match reader {
                Reader::Flag(of) | Reader::Override(of) => *of != flag.name,
                _ => true,
            };
            let others = self.0.get(name).into_iter().flatten().filter(own).take(12);
            let others: Vec<String> = others.map(|reader| reads(docs, reader)).collect();
            if !others.is_empty() {
                out.push(format!("{} also {}.", code(name), others.join(", and ")));
            }
        }
        out
    }
}

fn reads(docs: &Docs<'_>, reader: &Reader) -> String {
    match reader {
        Reader::Flag(flag) => format!("affects {}", docs.links.flag(flag, Page::Flags)),
        Reader::Override(flag) => format!("overrides {}", docs.links.flag(flag, Page::Flags)),
        Reader::Configured => "decides whether Inngest counts as configured".to_owned(),
        Reader::Auth => "is the secret of the routes".to_owned(),
        Reader::Secret => "is a secret".to_owned(),
        Reader::Window(job) => format!("sets the window of {}", docs.links.offload(job, Page::Flags)),
        Reader::Number(function) => format!("sets a limit of {}", code(function)),
    }
}

fn read(condition: &Condition) -> Vec<&str> {
    let mut names = Vec::new();
    words::variables(condition, &mut names);
    names
}

/// The text of `env.example`: everything at its default, flags off. A flag that is on while its variable is
/// unset is a comment, so that who copies the file turns nothing off.
pub(super) fn example(contract: &Contract) -> String {
    let readers = Readers::new(contract);
    let mut out = String::new();
    let _ = writeln!(out, "# A variable is on when it is one of: {}", line(&contract.truthy.value.join(", ")));
    for (name, readers) in &readers.0 {
        out.push('\n');
        let mut value = String::new();
        for reader in readers {
            let says = match reader {
                Reader::Flag(flag) => {
                    let jobs = contract.flags.get(flag).map(|flag| flag.offloads.join(", ")).unwrap_or_default();
                    if flag == name { format!("Flag of {jobs}.") } else { format!("Part of the flag {flag}.") }
                }
                Reader::Override(flag) => format!("Emergency override: while it is on, {flag} is off."),
                Reader::Configured => "Decides whether Inngest counts as configured.".to_owned(),
                Reader::Auth => "The secret that callers of the routes send.".to_owned(),
                Reader::Secret => "Secret; no white space around it.".to_owned(),
                Reader::Window(job) => {
                    let window = contract.offloads.get(job).and_then(|offload| offload.window.as_ref());
                    value = window.map(|w| w.value.default_size().seconds().to_string()).unwrap_or_default();
                    format!("Window of {job} in seconds.")
                }
                Reader::Number(function) => {
                    value = default_of(contract, name).map(|n| n.to_string()).unwrap_or_default();
                    format!("A limit of {function}.")
                }
            };
            let _ = writeln!(out, "# {}", line(&says));
        }
        let is_flag = contract.flags.contains_key(name);
        if let Some(since) = contract.flags.get(name).and_then(|flag| flag.since.as_ref()) {
            let _ = writeln!(out, "# Since {}.", line(&since.value));
        }
        if is_flag {
            value = "false".to_owned();
        }
        let changed = if is_flag { changed(contract, name) } else { Vec::new() };
        for flag in &changed {
            let when = &flag.enabled_when.value;
            let says = format!("Not set here, because `false` has another meaning: {} is on when {when}.", flag.name);
            let _ = writeln!(out, "# {}", line(&says));
        }
        let mark = if changed.is_empty() { "" } else { "# " };
        let _ = writeln!(out, "{mark}{name}={value}");
    }
    out
}

/// Flags for which a variable that is unset is another than one that is set to `false`.
fn changed<'c>(contract: &'c Contract, variable: &str) -> Vec<&'c Flag> {
    let is_changed = |flag: &&Flag| {
        if !flag.enabled_when.variables().contains(&(variable, false)) {
            return false;
        }
        let Some(table) = TruthTable::of(flag, &contract.truthy.value) else { return true };
        let Some(place) = table.variables.iter().position(|known| known.name == variable) else { return false };
        // `Unset` is the first state of a variable, what `false` makes of it is the next one.
        let apart: usize = table.variables[place + 1..].iter().map(|variable| variable.states().len()).product();
        let unset = table.rows.iter().enumerate().filter(|(_, row)| row.states[place] == State::Unset);
        unset.into_iter().any(|(index, row)| table.rows[index + apart].enabled != row.enabled)
    };
    contract.flags.values().filter(is_changed).collect()
}

fn default_of(contract: &Contract, name: &str) -> Option<i64> {
    let functions = contract.events().map(|(_, event)| &event.function);
    let numbers = functions.flat_map(|function| {
        let limits = function.concurrency.iter().flat_map(|limits| &limits.value);
        limits.map(|limit| &limit.limit.value).chain(function.retries.iter().map(|retries| &retries.value))
    });
    numbers.map(|number| &number.value).find_map(|amount| match amount {
        Amount::Env { env, default, .. } if env == name => Some(*default),
        _ => None,
    })
}

/// A comment cannot end before its line does.
fn line(text: &str) -> String {
    one_line(text).into_owned()
}
