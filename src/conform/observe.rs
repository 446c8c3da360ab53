//! What code was seen to do, as plain data: the facts that rules hold against the contract.
//!
//! Nothing here knows what is right.

mod ask;
mod auth;
mod crew;
mod data;
mod dispatch;
mod function;
mod ledger;
mod made_up;
mod offload;
mod offload_facts;
mod parameters;
mod probe;
mod required;
mod route;
mod run;
mod runs;
mod seen;
mod table;
mod variables;

use super::machine::{Breaks, Failing};
use super::names::calls::{last, may_write, observes};

pub use ask::Asker;
pub use crew::crew;
pub use data::{Data, Field};
pub use dispatch::{dispatched, dispatches};
pub use function::{Found, FunctionFacts, Serves, examine as examine_function, find as find_functions, retraced};
pub use ledger::{Given, Keeper, Kept, MADE_UP_ATTEMPTS, MADE_UP_JOB, made_up_field};
pub use made_up::{ATTEMPT, EVENT_ID, FAILURE_ID, MadeUp, RUN_ID, Trial, make_up, try_out};
pub use offload::observe as observe_offload;
pub use offload_facts::OffloadFacts;
pub use parameters::InlinePath;
pub(super) use probe::SET;
pub use probe::{About, AuthCase, AuthProbe, Basis, Call, Env, EnvProbe, StateProbe};
pub use required::{Required, required};
pub use route::observe_route;
pub use run::{Answer, Ending, Run, Sent};
pub use runs::Runs;
pub use seen::{Asked, Broken, Dropped, Entered, Outside, StatusWrite, Thrown};

/// Whether a call of something outside does not answer where nothing does: what only observes does, and what only says
/// which table the next call is done to.
fn breaks(name: &str) -> bool {
    let last = last(name);
    !observes(name) && !matches!(last, "from" | "table" | "collection")
}

/// Nothing answers.
const ALL: Breaks = Breaks { failing: Failing::All, has: breaks };

/// All that only reads answers.
const WRITES: Breaks = Breaks { failing: Failing::Writes, has: |name| breaks(name) && may_write(name, &[]) };

/// The runs in which something failed, where every way was followed.
fn that_failed(runs: Runs) -> Runs {
    if !runs.are_all() {
        return Runs::default();
    }
    runs.map(|all| all.into_iter().filter(|run| !run.broken.is_empty()).collect())
}
