//! JSON as prettier prints it, so that a formatter in the team's repository finds nothing to change.
