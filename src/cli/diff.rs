//! `diff`: what changed in the contract.

use std::io::Write;

use anyhow::bail;
use clap::Args;

use super::{Exit, Format, Options};
use crate::compile::compile;
use crate::diagnostic::{Report, Severity};
use crate::diff::{comment, diff};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inngest-offload diff --against origin/main\n  inngest-offload diff --against spec/before.yaml --format markdown\n\nExit codes: 0 nothing breaks, 1 breaking changes, 2 could not run."
)]
pub(super) struct Arguments {
    /// What the spec is compared with: a file, a branch, tag or commit, or `REF:path` when the file was
    /// elsewhere then
    #[arg(long, value_name = "REF|FILE", default_value = "HEAD")]
    against: String,
}

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    const NAME: &str = "diff";
    let workspace = options.workspace()?;
    let former = workspace.former(&std::env::current_dir()?, &arguments.against)?;
    let new = match options.compile(&workspace)? {
        Ok(new) => new,
        Err(findings) => {
            options.report(NAME, &workspace, findings)?;
            bail!("{} does not compile: nothing was compared", workspace.spec());
        }
    };
    let Some(bytes) = former.bytes else {
        let words = format!("`{}` is not there: the whole contract is new", former.shown);
        if options.format == Format::Markdown {
            options.out().write_all(comment::all_new(&words).as_bytes())?;
        } else {
            options.report(NAME, &workspace, Vec::new())?;
        }
        options.say(&words)?;
        return Ok(Exit::Clean);
    };
    let old = match compile(&former.shown, bytes) {
        Ok(old) => old,
        Err(findings) => {
            options.report(NAME, &workspace, findings)?;
            bail!("{} does not compile with this version of the tool: nothing was compared", former.shown);
        }
    };
    let changes = diff(&old, &new);
    let report = Report::new(changes.clone());
    let breaks = report.count(Severity::Error) > 0;
    if options.format == Format::Markdown {
        let folder = workspace.in_repository();
        options.write_files(NAME, &workspace, &report)?;
        options.out().write_all(comment::comment(&report, &former.shown, &folder).as_bytes())?;
    } else {
        options.report(NAME, &workspace, changes)?;
    }
    if report.is_empty() {
        options.say(&format!("no change of the contract since {}", arguments.against))?;
    }
    Ok(if breaks { Exit::Findings } else { Exit::Clean })
}
