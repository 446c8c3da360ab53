//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use inngest_offload::cli::{COULD_NOT_RUN, Cli, complaint, run};

/// Most of a run is small values that live shortly; the allocators of some platforms, musl's above all, are
/// slow at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(exit) => exit.into(),
        Err(error) => {
            anstream::eprintln!("{}", complaint(&error));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}
