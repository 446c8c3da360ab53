//! `init`: a first spec, to begin with or from what an application does.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;

use super::output::count;
use super::progress::Progress;
use super::{Exit, Format, Options};
use crate::init::{STARTER, describe};
use crate::workspace::Site;

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload init                  a commented spec to begin with
  inngest-offload init --app .          describe what the application here does today
  inngest-offload init --app . --print  show that, and write nothing

It never overwrites a spec. Exit codes: 0 written, 2 could not run.")]
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
        bail!("{there} is there already, and `init` overwrites nothing; `--print` shows what it would write");
    }
    let mut said: Vec<String> = Vec::new();
    let mut is_described = false;
    let text = if arguments.app.is_some() {
        let files = site.application()?;
        let progress = Progress::of(options, "reading and running the application");
        let described = describe(&site.name(), site.spec(), &files, &|paths| site.read_all(paths));
        drop(progress);
        match described? {
            Some(described) => {
                is_described = true;
                said.push(summary(described.offloads, described.undecided));
                described.text
            }
            None => {
                said.push(
                    "no route here sends an event to Inngest, and none is scheduled: this is a spec to begin with"
                        .to_owned(),
                );
                STARTER.to_owned()
            }
        }
    } else {
        STARTER.to_owned()
    };
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
            "1. Read it: it says what was seen, and marks what could not be known.",
            "2. `inngest-offload check` lists what a person has to decide; mend the code, or write the reason.",
            "3. Run `check` and `diff` in CI, then generate one offload at a time: docs/adopting.md.",
        ]
    } else {
        [
            "1. Put a slow route of your own in place of `nightly-report`.",
            "2. `inngest-offload generate` writes the code; then let the route call its dispatcher.",
            "3. `inngest-offload check` says what is wrong, `inngest-offload explain nightly-report` what follows.",
        ]
    };
    for line in next {
        options.say(line)?;
    }
    Ok(Exit::Clean)
}

fn summary(offloads: usize, undecided: usize) -> String {
    match (offloads, undecided) {
        (0, _) => "no route here sends an event to Inngest yet: the first scheduled one is planned".to_owned(),
        (offloads, 0) => format!("{} described, nothing is left to decide", count(offloads, "offload")),
        (offloads, undecided) => {
            format!("{} described, {} to decide", count(offloads, "offload"), count(undecided, "thing"))
        }
    }
}
