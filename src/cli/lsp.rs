//! `lsp`: a language server on standard input and output.

use clap::Args;
use lsp_server::Connection;

use super::Exit;
use super::options::Place;
use crate::lsp::{Ended, Settings, serve};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload lsp < /dev/null  the command that an editor starts; it ends with its input")]
pub(super) struct Arguments {
    /// Communicate over standard input and output; this is the default, and accepted since many clients pass it
    #[arg(long)]
    stdio: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let Arguments { stdio: _, place } = arguments;
    let here = std::env::current_dir()?;
    let settings = Settings { here, root: place.root.clone(), spec: place.spec.clone() };
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
