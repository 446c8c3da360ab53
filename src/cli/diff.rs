//! `diff`: what changed in the contract.

use anyhow::bail;
use clap::Args;

use super::{Exit, Options};
use crate::compile::compile;
use crate::diagnostic::{Report, Severity};
use crate::diff::{comment, diff};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  inngest-offload diff --against origin/main\n  inngest-offload diff --against spec/before.yaml --format markdown\n\nExit codes: 0 nothing breaks, 1 breaking changes, 2 could not run."
)]
pub(super) struct Arguments {
    /// What the spec is compared with: a file, a tag or commit, a branch (its merge base with this one), or `REF:path`
    /// if the file was at another path
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
            bail!("{} does not compile, so nothing was compared", workspace.spec());
        }
    };
    let Some(bytes) = former.bytes else {
        let words = format!("`{}` does not exist: the whole contract is new", former.shown);
        options.tell_page(NAME, &workspace, &Report::new(Vec::new()), Some(&comment::all_new(&words)))?;
        options.say(&words)?;
        return Ok(Exit::Clean);
    };
    let old = match compile(&former.shown, bytes) {
        Ok(old) => old,
        Err(findings) => {
            options.report(NAME, &workspace, findings)?;
            bail!("{} does not compile with this version of the tool, so nothing was compared", former.shown);
        }
    };
    let report = Report::new(diff(&old, &new));
    let breaks = report.count(Severity::Error) > 0;
    let page = comment::comment(&report, &former.shown, &workspace.in_repository());
    options.tell_page(NAME, &workspace, &report, Some(&page))?;
    if report.is_empty() {
        options.say(&format!("no changes in the contract since {}", arguments.against))?;
    }
    Ok(if breaks { Exit::Findings } else { Exit::Clean })
}
