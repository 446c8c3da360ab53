//! What names say: of calls outside of the application, of the fields of records, of environment variables, and what a
//! statement of SQL says that it does.
//!
//! A name is all that is known of much that is outside. Every list of such names is here, and only here; what follows
//! from a name alone is a warning, never an error.

pub(in crate::conform) mod calls;
pub(in crate::conform) mod fields;
pub(in crate::conform) mod sql;
pub(in crate::conform) mod variables;
