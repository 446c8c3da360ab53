//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use inngest_offload::cli::{COULD_NOT_RUN, Cli, run};

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(exit) => exit.into(),
        Err(error) => {
            anstream::eprintln!("inngest-offload: {error:#}");
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}
