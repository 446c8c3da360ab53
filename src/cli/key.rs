//! `key`: what a route would derive, to search logs with.

use std::io::Write;

use anyhow::{Context, bail};
use clap::Args;

use super::{Exit, Format, Options};
use crate::contract::{Contract, Offload, Window};
use crate::derive::{Duration, Instant, derive};
use crate::suggest::did_you_mean;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload key response-timing  for a call now
  inngest-offload key appointment-reconcile --at 2026-02-18T05:59:49Z --param dryRun=true")]
pub(super) struct Arguments {
    /// The offload
    offload: String,
    /// The time of the call, RFC 3339; by default now
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// A query parameter; can be given several times
    #[arg(long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,
    /// The size of the window, if the environment can set it
    #[arg(long, value_name = "DURATION")]
    window: Option<String>,
}

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    let workspace = options.workspace()?;
    let compiled = match options.compile(&workspace)? {
        Ok(compiled) => compiled,
        Err(findings) => return options.report("key", &workspace, findings),
    };
    let offload = find(&compiled.contract, &arguments.offload)?;
    let Some(events) = offload.dispatch() else {
        bail!("`{}` sends no event: its work goes to a queue", offload.job);
    };
    let at = match &arguments.at {
        Some(text) => Instant::parse(text)
            .with_context(|| format!("`{text}` is not a time; write it like 2026-02-18T05:59:49Z"))?,
        None => now()?,
    };
    let size = match (&arguments.window, offload.window.as_deref()) {
        (None, _) => None,
        (Some(text), Some(Window::Env { .. })) => Some(
            Duration::parse(text).with_context(|| format!("`{text}` is not a duration; write it like 5m or 1h30m"))?,
        ),
        (Some(_), _) => bail!("the spec fixes the window of `{}`", offload.job),
    };
    let params = arguments.params.iter().map(|given| {
        let (name, value) =
            given.split_once('=').with_context(|| format!("`{given}` is not of the form NAME=VALUE"))?;
        Ok((name.to_owned(), value.to_owned()))
    });
    let params = params.collect::<anyhow::Result<Vec<_>>>()?;
    let mut out = options.out();
    for (name, _) in &params {
        let allowed = offload.params.iter().flat_map(|params| &params.allow).map(|name| name.as_str());
        if !allowed.clone().any(|allowed| allowed == name) {
            let close =
                did_you_mean(name, allowed).map(|close| format!("; did you mean `{close}`?")).unwrap_or_default();
            anstream::eprintln!(
                "note: `{name}` is not an allowed parameter of `{}`, so the route ignores it{close}",
                offload.job
            );
        }
    }
    let derived = derive(offload, events, at, size, &params, "{uuid}")
        .context("the key needs a value that this call does not have")?;
    if options.format == Format::Json {
        let events: Vec<_> =
            derived.events.iter().map(|(name, id)| serde_json::json!({ "name": name, "id": id })).collect();
        let value = serde_json::json!({
            "offload": offload.job,
            "at": at.iso(),
            "windowStart": derived.window.map(|(start, _)| start.iso()),
            "windowSeconds": derived.window.map(|(_, size)| size.seconds()),
            "params": derived.params.as_deref().and_then(|json| serde_json::from_str::<serde_json::Value>(json).ok()),
            "dispatchKey": derived.dispatch_key,
            "events": events,
        });
        writeln!(out, "{value:#}")?;
        return Ok(Exit::Clean);
    }
    if let Some((start, size)) = derived.window {
        writeln!(out, "window       {} to {} ({size})", start.iso(), start.plus(size).iso())?;
    }
    if let Some(params) = &derived.params {
        writeln!(out, "params       {params}")?;
    }
    writeln!(out, "dispatch key {}", derived.dispatch_key)?;
    for (name, id) in &derived.events {
        writeln!(out, "event        {name}")?;
        writeln!(out, "event id     {id}")?;
    }
    Ok(Exit::Clean)
}

/// The offload with this name.
pub(super) fn find<'c>(contract: &'c Contract, job: &str) -> anyhow::Result<&'c Offload> {
    contract.offloads.get(job).with_context(|| {
        let close = did_you_mean(job, contract.offloads.keys().map(String::as_str));
        match close {
            Some(close) => format!("there is no offload `{job}`; did you mean `{close}`?"),
            None => format!("there is no offload `{job}`; {}", offloads(contract)),
        }
    })
}

/// The names of the offloads, in words.
pub(super) fn offloads(contract: &Contract) -> String {
    const MOST: usize = 8;
    let names: Vec<String> = contract.offloads.keys().take(MOST).map(|job| format!("`{job}`")).collect();
    let more = contract.offloads.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("the offloads are {}{more}", names.join(", "))
}

fn now() -> anyhow::Result<Instant> {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?;
    Instant::from_millis(i64::try_from(since.as_millis())?).context("the clock of this machine is out of range")
}
