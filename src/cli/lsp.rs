//! `lsp`: a language server on standard input and output.

use clap::Args;
use lsp_server::Connection;

use super::{Exit, Options};
use crate::lsp::{Ended, Settings, serve};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload lsp < /dev/null  what an editor starts; it ends with its input")]
pub(super) struct Arguments {
    /// Speak over standard input and output, which is all there is: clients say it by habit
    #[arg(long)]
    stdio: bool,
}

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    let Arguments { stdio: _ } = arguments;
    let here = std::env::current_dir()?;
    let settings = Settings { here, root: options.root.clone(), spec: options.spec.clone() };
    let (connection, threads) = Connection::stdio();
    let ended = serve(&connection, settings);
    // What is still to be written is written when nobody can send any more.
    drop(connection);
    if ended == Ended::AfterShutdown {
        threads.join()?;
        return Ok(Exit::Clean);
    }
    Ok(Exit::Findings)
}
