//! CEL expressions of function options: parsed, and their paths held against the payload.
