//! What editors show while somebody writes: a language server over the stages of the compiler.
//!
//! `server` is the edge: it reads messages, files and the clock. Everything else is functions from what the
//! compiler knows of a text, a [`Model`], and a place in it to an answer. YAML is parsed by `document` and by
//! nothing else. Nothing here prints: standard output belongs to the protocol.

mod actions;
mod code;
mod completion;
mod cursor;
mod hover;
mod language;
mod model;
mod names;
mod navigate;
mod position;
mod protocol;
mod rename;
#[expect(clippy::disallowed_methods, reason = "the edge reads the clock and looks for files")]
mod server;
mod symbols;
mod text;
mod uri;

pub use model::Model;
pub use server::{Ended, Settings, serve};
