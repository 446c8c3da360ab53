//! A static compiler for the contract that moves slow Next.js routes into durable Inngest runs.
//!
//! One type a stage, one function a step:
//!
//! ```text
//! Source ─▶ Document ─▶ Spec ─▶ Contract ─┬─▶ lint ────┬─▶ Report ─▶ text | json | github | sarif | markdown
//! (bytes)   (spans)    (shape)  (resolved) ├─▶ conform ─┤
//!                                          ├─▶ diff ────┘
//!                                          └─▶ emit ─▶ Artifacts ─(+ disk)─▶ Plan ─▶ write | drift
//! ```
//!
//! Inside a stage faults accumulate; between stages they stop. Findings are values; `Err` of other
//! kinds is for I/O and bugs. Only [`workspace`] touches the disk; only [`cli`] prints, and [`lsp`] answers on standard
//! output.
//!
//! This library is the program's own. It is no stable interface: depend on the program, on `contract.json` or on
//! `--format json`.

pub mod artifact;
mod ascii;
pub mod catalogue;
#[expect(clippy::disallowed_methods, reason = "the commands know where and when they were started")]
pub mod cli;
pub mod compile;
pub mod conform;
pub mod contract;
pub mod derive;
pub mod diagnostic;
pub mod diff;
pub mod document;
pub mod emit;
pub mod explain;
pub mod findings;
pub mod init;
pub mod lint;
pub mod lsp;
mod markdown;
pub mod names;
pub mod plan;
pub mod pointer;
pub mod reference;
pub mod rule;
pub mod source;
pub mod spec;
pub mod suggest;
#[expect(clippy::disallowed_methods, reason = "the only access to the disk")]
pub mod workspace;
