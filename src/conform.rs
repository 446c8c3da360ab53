//! Code against contract: what the files of an application say, held against what the spec says.
//!
//! Texts come in from `workspace`. Nothing here reads a file or runs code.

mod jsonc;
pub mod paths;
