//! What code was seen to do, as plain data: the facts that rules hold against the contract.
//!
//! Nothing here knows what is right.

mod auth;
mod data;
mod function;
mod probe;
mod route;
mod run;
mod seen;

pub use data::{Data, Field};
pub use function::{FunctionFacts, Serves, observe as observe_functions};
pub use probe::{About, AuthCase, AuthProbe, Basis, Call, Env, EnvProbe, StateProbe};
pub use route::{OffloadFacts, dispatched, observe as observe_offload, observe_route};
pub use run::{Answer, Run, Sent};
pub use seen::{Broken, Entered, Outside, StatusWrite, Thrown};
