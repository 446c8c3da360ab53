//! `gates.md`: the commands before and after a change, the fallback, and the report to fill in.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::Docs;
use super::inline::{Block, code, prose, to_markdown};
use super::table::Table;
use crate::contract::{Fallback, GateVariable, Gates, Sourced};
use crate::emit::templates::view;
use crate::markdown::one_line;

/// `gates.md`: what is run before and after a change.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GatesPage")]
pub(super) struct View {
    /// The gates; absent when the spec has none.
    gates: Option<Filled>,
}

view!(View, "docs/gates.md.j2");

/// Gates, ready to print.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FilledGates")]
struct Filled {
    /// Values that the commands use.
    variables: Option<Table>,
    /// The commands.
    commands: Block,
    /// What is run instead when something is missing.
    fallback: Option<FilledFallback>,
    /// What is written down.
    report: Vec<String>,
    /// Everything as a checklist to paste.
    checklist: Block,
    /// The same checklist in parts.
    lists: Vec<List>,
}

/// A part of the checklist.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GateList")]
struct List {
    /// Its heading.
    title: String,
    /// Each of them is a line to fill in, not only to tick.
    report: bool,
    /// Its lines.
    lines: Vec<String>,
}

/// What is run instead when something is missing.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "GateFallback")]
struct FilledFallback {
    /// The file that does not exist.
    missing: String,
    /// The commands that cannot run then.
    replaced: Vec<String>,
    /// The commands to run instead.
    commands: Block,
}

pub(super) fn view(docs: &Docs<'_>) -> View {
    View { gates: docs.contract.gates.as_ref().map(filled) }
}

fn filled(gates: &Gates) -> Filled {
    let mut variables = Table::new(["Variable", "Value", "Used by"]);
    for (name, variable) in &gates.variables {
        let value = match variable {
            GateVariable::Value(value) => code(&value.value),
            GateVariable::Ask(ask) => format!("ask: {}", prose(&ask.value)),
        };
        let used = gates.run.iter().filter(|command| uses(&command.value, name)).count();
        let fallback = gates.fallback.iter().flat_map(|f| &f.run).filter(|command| uses(&command.value, name)).count();
        let used = match (used, fallback) {
            (0, 0) => "nothing".to_owned(),
            (n, 0) => super::words::count(n, "command"),
            (0, n) => format!("{} of the fallback", super::words::count(n, "command")),
            (n, m) => {
                format!("{}, {} of the fallback", super::words::count(n, "command"), super::words::count(m, "command"))
            }
        };
        variables.row([code(&format!("{{{name}}}")), value, used]);
    }
    let lists = lists(gates);
    Filled {
        variables: variables.filled(),
        commands: commands(gates, &gates.run),
        fallback: gates.fallback.as_ref().map(|fallback| filled_fallback(gates, fallback)),
        report: gates.report.iter().map(|field| prose(&field.value)).collect(),
        checklist: checklist(&lists),
        lists,
    }
}

fn filled_fallback(gates: &Gates, fallback: &Fallback) -> FilledFallback {
    let replaced = gates.run.iter().filter(|command| is_replaced(fallback, &command.value));
    FilledFallback {
        missing: code(&fill(gates, &fallback.missing.value)),
        replaced: replaced.map(|command| code(&fill(gates, &command.value))).collect(),
        commands: commands(gates, &fallback.run),
    }
}

/// The fallback takes the place of the commands that use what is missing.
fn is_replaced(fallback: &Fallback, command: &str) -> bool {
    let names = braced(&fallback.missing.value);
    if names.is_empty() {
        command.contains(&fallback.missing.value)
    } else {
        names.iter().any(|name| uses(command, name))
    }
}

fn uses(command: &str, name: &str) -> bool {
    braced(command).contains(&name)
}

/// The names between braces.
fn braced(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        let Some(close) = rest.find('}') else { break };
        names.push(&rest[..close]);
        rest = &rest[close + 1..];
    }
    names
}

/// A command with the values that are known; what a person has to give stays in braces.
fn fill(gates: &Gates, command: &str) -> String {
    let mut out = String::with_capacity(command.len());
    let mut rest = command;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else { break };
        let name = &rest[open + 1..open + length];
        out.push_str(&rest[..open]);
        match gates.variables.get(name) {
            Some(GateVariable::Value(value)) => out.push_str(&value.value),
            _ => out.push_str(&rest[open..=open + length]),
        }
        rest = &rest[open + length + 1..];
    }
    out.push_str(rest);
    one_line(&out).into_owned()
}

fn commands(gates: &Gates, all: &[Sourced<String>]) -> Block {
    let lines: Vec<String> = all.iter().map(|command| fill(gates, &command.value)).collect();
    Block::new("sh", &lines.join("\n"))
}

/// What has to be done and reported, in order.
fn lists(gates: &Gates) -> Vec<List> {
    let mut lists = Vec::new();
    let mut list = |title: String, report: bool, lines: Vec<String>| {
        if !lines.is_empty() {
            lists.push(List { title, report, lines });
        }
    };
    let of = |all: &[Sourced<String>]| all.iter().map(|c| code(&fill(gates, &c.value))).collect::<Vec<_>>();
    match &gates.fallback {
        None => list("Gates".to_owned(), false, of(&gates.run)),
        Some(fallback) => {
            let (replaced, always): (Vec<_>, Vec<_>) =
                gates.run.iter().cloned().partition(|command| is_replaced(fallback, &command.value));
            let missing = code(&fill(gates, &fallback.missing.value));
            list("Gates".to_owned(), false, of(&always));
            list(format!("With {missing}"), false, of(&replaced));
            list(format!("Without {missing}, run instead"), false, of(&fallback.run));
        }
    }
    list("Report".to_owned(), true, gates.report.iter().map(|field| prose(&field.value)).collect());
    lists
}

/// The checklist to paste into a pull request, as Markdown source.
fn checklist(lists: &[List]) -> Block {
    let mut body = String::new();
    for list in lists {
        let gap = if body.is_empty() { "" } else { "\n" };
        let _ = writeln!(body, "{gap}{}\n", to_markdown(&list.title));
        for line in &list.lines {
            let colon = if list.report { ":" } else { "" };
            let _ = writeln!(body, "- [ ] {}{colon}", to_markdown(line));
        }
    }
    Block::new("markdown", &body)
}
