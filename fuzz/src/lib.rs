//! What holds whatever comes in: a module a surface, each with one function `hold` that takes any bytes and
//! panics where a property does not hold.
//!
//! The targets of cargo-fuzz call them with what libFuzzer thinks of; `tests/fuzz.rs` with the committed corpus and
//! some thousand changes of it, on every run of the tests. A property says nothing about time: what is bounded is
//! counted, so that it is the same on every machine.

pub mod choices;
pub mod code;
pub mod contract;
pub mod findings;
pub mod keys;
pub mod literals;
pub mod patterns;
pub mod seeds;
pub mod spec;
pub mod templates;
pub mod yaml;

/// A property and its name, which is also that of its target and of its folder in `corpus`.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: &[Target] = &[
    ("yaml", yaml::hold),
    ("contract", contract::hold),
    ("code", code::hold),
    ("templates", templates::hold),
    ("patterns", patterns::hold),
    ("keys", keys::hold),
];
