//! `explain`: the whole chain of an offload, or what a rule is about.

use std::io::Write;

use anyhow::bail;
use clap::Args;

use super::key::offloads;
use super::output::Out;
use super::reference::RulesFormat;
use super::{Exit, Format, Options};
use crate::catalogue::catalogue;
use crate::contract::Offload;
use crate::explain::{Named, Row, all_names, chain, named};
use crate::reference;
use crate::rule::{Edit, Example, Meta};
use crate::suggest::did_you_mean;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload explain response-timing                   an offload
  inngest-offload explain CRON_RESPONSE_TIMING_USE_INNGEST  the offloads of a flag
  inngest-offload explain window-longer-than-schedule       a rule")]
pub(super) struct Arguments {
    /// An offload, a flag, an event, a function, a payload or a rule
    name: String,
}

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    let name = &arguments.name;
    let all = catalogue();
    if let Some(meta) = all.iter().find(|meta| meta.id == name) {
        let format = if options.format == Format::Json { RulesFormat::Json } else { RulesFormat::Text };
        rule(format, meta)?;
        return Ok(Exit::Clean);
    }
    let workspace = options.workspace()?;
    let compiled = match options.compile(&workspace)? {
        Ok(compiled) => compiled,
        Err(findings) => return options.report("explain", &workspace, findings),
    };
    let contract = &compiled.contract;
    let rows = |offload: &Offload| chain(&compiled.document, contract, offload);
    let is_json = options.format == Format::Json;
    let mut out = options.out();
    if let Some(offload) = contract.offloads.get(name) {
        let rows = rows(offload);
        if is_json {
            writeln!(out, "{:#}", serde_json::to_value(&rows)?)?;
        } else {
            writeln!(out, "{name}")?;
            print(&rows, &mut out)?;
        }
    } else if let Some(Named { kind, offloads: users }) = named(contract, name) {
        if is_json {
            let one = |offload: &&Offload| serde_json::json!({ "offload": offload.job, "rows": rows(offload) });
            let users: Vec<_> = users.iter().map(one).collect();
            writeln!(out, "{:#}", serde_json::json!({ "name": name, "kind": kind, "offloads": users }))?;
            return Ok(Exit::Clean);
        }
        let jobs: Vec<String> = users.iter().map(|offload| format!("`{}`", offload.job)).collect();
        let of = if jobs.is_empty() { "no offload".to_owned() } else { jobs.join(", ") };
        writeln!(out, "{name} is a {kind} of {of}")?;
        for offload in users {
            writeln!(out, "\n{}", offload.job)?;
            print(&rows(offload), &mut out)?;
        }
    } else {
        let candidates = all_names(contract).chain(all.iter().map(|meta| meta.id));
        let help = match did_you_mean(name, candidates) {
            Some(close) => format!("did you mean `{close}`?"),
            None => offloads(contract),
        };
        bail!("there is no offload, flag, event, function, payload or rule `{name}`; {help}");
    }
    Ok(Exit::Clean)
}

fn print(rows: &[Row], out: &mut impl Write) -> anyhow::Result<()> {
    const MOST: usize = 56;
    let width = |text: fn(&Row) -> &str| rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0);
    let (label, value) = (width(|row| &row.label), width(|row| &row.value).min(MOST));
    for row in rows {
        let pad = " ".repeat(value.saturating_sub(row.value.chars().count()));
        writeln!(out, "  {:label$}  {}{pad}  {}", row.label, row.value, row.origin)?;
    }
    Ok(())
}

pub(super) fn rule(format: RulesFormat, meta: &Meta) -> anyhow::Result<()> {
    let mut out = Out::plain();
    if format == RulesFormat::Json {
        let value = serde_json::json!({
            "id": meta.id, "severity": meta.severity.as_str(), "group": meta.group.title(),
            "summary": meta.summary, "why": meta.why, "bad": text(meta.bad), "good": text(meta.good),
        });
        writeln!(out, "{value:#}")?;
        return Ok(());
    }
    if format == RulesFormat::Markdown {
        write!(out, "# `{}`\n\n{}", meta.id, reference::rule(meta))?;
        return Ok(());
    }
    writeln!(out, "{} ({}, {})\n\n{}\n\nWhy: {}", meta.id, meta.word(), meta.group.title(), meta.summary, meta.why)?;
    for (title, example) in [("Bad", meta.bad), ("Good", meta.good)] {
        if let Some(text) = text(example) {
            writeln!(out, "\n{title}:\n")?;
            for line in text.lines() {
                writeln!(out, "  {line}")?;
            }
        }
    }
    Ok(())
}

/// An example as it is read; none for bytes and files.
fn text(example: Example) -> Option<String> {
    match example {
        Example::Over(text) => {
            let value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
            serde_yaml::to_string(&value).ok()
        }
        Example::Whole(text) => Some(text.to_owned()),
        Example::Change { old, new } => {
            let yaml =
                |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).ok().filter(|value| !value.is_null());
            let print = |value: serde_yaml::Value| serde_yaml::to_string(&value).ok();
            let before = yaml(old).and_then(print).map(|text| format!("# before\n{text}")).unwrap_or_default();
            Some(format!("{before}# after\n{}", print(yaml(new)?)?))
        }
        Example::Code { edits: [], .. } => None,
        Example::Code { edits, .. } => {
            let shown = edits.iter().map(|edit| match edit {
                Edit::Replace(path, old, new) => {
                    let lines = |sign: char, text: &str| {
                        text.lines().map(|line| format!("{sign} {line}\n")).collect::<String>()
                    };
                    format!("{path}\n{}{}", lines('-', old), lines('+', new))
                }
                Edit::Write(path, text) => format!("{path}\n{text}"),
                Edit::Remove(path) => format!("without {path}\n"),
            });
            Some(shown.collect::<Vec<_>>().join("\n"))
        }
        Example::Bytes(_) | Example::Files(_) => None,
    }
}
