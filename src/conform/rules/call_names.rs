//! What the names of calls outside of the application say: whether they write, or only observe.
//!
//! A name is all that is known of such a call, so what follows from one is a warning.

use crate::conform::observe::{Data, Outside};

/// The words of a name in lower case: `pg_tryAdvisoryLock` is `pg`, `try`, `advisory`, `lock`.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut is_open = false;
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            is_open = false;
            continue;
        }
        match all.last_mut() {
            Some(word) if is_open && !(c.is_uppercase() && was_lower) => word.extend(c.to_lowercase()),
            _ => all.push(c.to_lowercase().collect()),
        }
        is_open = true;
        was_lower = c.is_lowercase() || c.is_numeric();
    }
    all
}

/// Whether a name has one of these words.
pub(super) fn says(name: &str, any: &[&str]) -> bool {
    words(name).iter().any(|word| any.contains(&word.as_str()))
}

/// The last part of a name: `update` of `prisma.lead.update`.
pub(super) fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Words of what observes and changes nothing that counts.
pub(super) const OBSERVING: &[&str] = &[
    "bunyan",
    "datadog",
    "log",
    "logs",
    "logger",
    "logging",
    "console",
    "debug",
    "info",
    "warn",
    "trace",
    "tracer",
    "span",
    "metric",
    "metrics",
    "telemetry",
    "sentry",
    "capture",
    "analytics",
    "statsd",
    "otel",
    "newrelic",
    "pino",
    "posthog",
    "winston",
];

/// Whether a call outside only observes.
pub(super) fn observes(outside: &Outside) -> bool {
    says(&outside.name, OBSERVING)
}

/// Verbs of methods that change something outside.
const VERBS: &[&str] = &[
    "update", "upsert", "delete", "insert", "send", "publish", "enqueue", "write", "save", "destroy", "put", "post",
    "patch", "remove", "execute", "set",
];

/// What has such methods and changes nothing outside.
const HARMLESS: &[&str] =
    &["hash", "hmac", "cipher", "decipher", "digest", "sign", "verify", "headers", "params", "form"];

/// Whether the name of a call says that it writes.
pub(super) fn writes(call: &Outside) -> bool {
    let name = &*call.name;
    if says(name, OBSERVING) {
        return false;
    }
    if name == "fetch" || name == "globalThis.fetch" {
        let reads = ["GET", "HEAD", "OPTIONS"];
        return matches!(&call.method, Data::Text(method) if !reads.contains(&method.to_uppercase().as_str()));
    }
    let method = last(name);
    let owner = name.strip_suffix(method).unwrap_or_default();
    if says(owner, HARMLESS) {
        return false;
    }
    if method.starts_with("$executeRaw") {
        return true;
    }
    let words = words(method);
    match words.first().map(String::as_str) {
        // `axios.create` and `createClient` make something; `prisma.lead.create` writes.
        Some("create") => {
            let rest = ["many", "and", "return"];
            owner.matches('.').count() > 1 && words.iter().skip(1).all(|word| rest.contains(&word.as_str()))
        }
        Some(verb) => VERBS.contains(&verb),
        None => false,
    }
}
