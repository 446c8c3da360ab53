//! What names say: of calls outside of the application, of the fields of records, of environment variables, and what a
//! statement of SQL says that it does.
//!
//! A name is all that is known of much that is outside. What several parts ask of names is here; what one rule alone asks
//! is in its file. A name may mislead: what a rule makes of one it says of no code that could do otherwise.

pub(in crate::conform) mod calls;
pub(crate) mod fields;
pub(in crate::conform) mod sql;
pub(in crate::conform) mod variables;
