//! `init`: a first spec, to begin with or from what an application does.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::output::count;
use super::progress::Progress;
use super::{Exit, Format, Options};
use crate::conform;
use crate::diagnostic::docs;
use crate::init::{STARTER, describe};
use crate::workspace::{self, Site};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload init                  create a commented example
  inngest-offload init --app .          describe what the application here does today
  inngest-offload init --app . --print  print that, and write nothing

A spec is never overwritten. Exit codes: 0 written, 2 could not run.")]
pub(super) struct Arguments {
    /// Describe the application in this folder: its schedules, routes, events, functions and flags
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = ".")]
    app: Option<PathBuf>,
    /// Print the spec, and write nothing
    #[arg(long)]
    print: bool,
}

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    let here = std::env::current_dir()?;
    let folder = arguments.app.as_deref().or(options.root.as_deref());
    let site = Site::new(&here, folder, options.spec.as_deref())?;
    if let (Some(there), false) = (site.existing(), arguments.print) {
        bail!("{there} already exists, and `init` never overwrites a file; use `--print` to see what it would write");
    }
    let mut said: Vec<String> = Vec::new();
    let mut is_described = false;
    let mut text = match site.package() {
        Some(name) => STARTER.replacen("\nname: example\n", &format!("\nname: {name}\n"), 1),
        None => STARTER.to_owned(),
    };
    if let Some(app) = &arguments.app {
        let files = site.application()?;
        if !conform::is_application(&files) {
            let hint = workspace::other_applications(&site.applications_below());
            bail!("there is no route handler under {}: no `app/**/route.ts`{hint}", workspace::shown(app));
        }
        let progress = Progress::of(options, "reading and interpreting the application");
        let described = describe(&site.name(), site.spec(), &files, &|paths| site.read_all(paths));
        drop(progress);
        match described? {
            Some(described) => {
                is_described = true;
                said.push(summary(described.offloads, described.undecided));
                text = described.text;
            }
            None => said.push(
                "no route here sends an event to Inngest or is scheduled, so this is an example to start from"
                    .to_owned(),
            ),
        }
    }
    if arguments.print {
        options.out().write_all(text.as_bytes())?;
        return Ok(Exit::Clean);
    }
    site.write_new(&text).with_context(|| format!("cannot write {}", site.spec()))?;
    if options.format == Format::Json {
        writeln!(options.out(), "{}", serde_json::json!({ "created": site.spec() }))?;
        return Ok(Exit::Clean);
    }
    options.say(&format!("create {}", site.spec()))?;
    for line in said {
        options.say(&line)?;
    }
    let next = if is_described {
        [
            "1. Read the spec: it describes what was found, and marks what could not be determined.".to_owned(),
            "2. `inngest-offload check` lists the decisions to make: fix the code, or write your reason.".to_owned(),
            format!("3. Run `check` and `diff` in CI, then generate one offload at a time: {}", docs("adopting.md")),
        ]
    } else {
        [
            "1. Replace `nightly-report` by a slow route of your own, then run `inngest-offload generate`.".to_owned(),
            format!(
                "2. Create the Inngest client, serve the functions, and call the dispatcher in the route: {}",
                docs("tutorial.md")
            ),
            "3. `inngest-offload check` reports what is missing, `inngest-offload explain JOB` shows all values."
                .to_owned(),
        ]
    };
    for line in next {
        options.say(&line)?;
    }
    Ok(Exit::Clean)
}

fn summary(offloads: usize, undecided: usize) -> String {
    match (offloads, undecided) {
        (0, _) => "no route here sends an event to Inngest yet, so the first scheduled route is planned as an offload"
            .to_owned(),
        (offloads, 0) => format!("{} described, nothing left to decide", count(offloads, "offload")),
        (offloads, undecided) => {
            format!("{} described, {} to decide", count(offloads, "offload"), count(undecided, "thing"))
        }
    }
}
