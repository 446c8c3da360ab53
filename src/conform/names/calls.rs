//! What the names of calls outside of the application say: whether they write, or only observe.

use rustc_hash::FxHashMap;

use super::sql;
use crate::conform::program::Text;

/// What names were found to say: runs call the same things over and over.
pub(in crate::conform) struct Judged<'n> {
    judge: fn(&str) -> bool,
    known: FxHashMap<&'n str, bool>,
}

impl<'n> Judged<'n> {
    /// Asks this of names.
    pub(in crate::conform) fn by(judge: fn(&str) -> bool) -> Self {
        Self { judge, known: FxHashMap::default() }
    }

    /// What is said of a name.
    pub(in crate::conform) fn says(&mut self, name: &'n str) -> bool {
        *self.known.entry(name).or_insert_with(|| (self.judge)(name))
    }
}

/// The words of a name: `pg_tryAdvisoryLock` is `pg`, `try`, `Advisory`, `Lock`. A person's case is kept.
pub(in crate::conform) fn words(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut was_lower = false;
        let mut first = true;
        let end = rest.find(|c: char| {
            let ends = !c.is_alphanumeric() || (c.is_uppercase() && was_lower && !first);
            first = false;
            was_lower = c.is_lowercase() || c.is_numeric();
            ends
        });
        let (word, left) = rest.split_at(end.unwrap_or(rest.len()));
        rest = left;
        (!word.is_empty()).then_some(word)
    })
}

/// Whether a name has one of these words, which are in lower case.
pub(in crate::conform) fn says(name: &str, any: &[&str]) -> bool {
    words(name).any(|word| is_any(word, any))
}

/// Whether a word is one of these, which are in lower case.
pub(in crate::conform) fn is_any(word: &str, any: &[&str]) -> bool {
    let first = word.as_bytes().first().map(u8::to_ascii_lowercase);
    any.iter().any(|known| {
        known.len() == word.len() && known.as_bytes().first().copied() == first && known.eq_ignore_ascii_case(word)
    })
}

/// The last part of a name: `update` of `prisma.lead.update`.
pub(in crate::conform) fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Words of what observes and changes nothing that counts.
pub(in crate::conform) const OBSERVING: &[&str] = &[
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

/// Whether what has a name only observes.
pub(in crate::conform) fn observes(name: &str) -> bool {
    says(name, OBSERVING)
}

/// Whether a call only makes what is asked later: a client, a connection.
pub(in crate::conform) fn is_client(name: &str) -> bool {
    let made = ["create", "new", "make", "init", "get", "connect", "open"];
    let what = ["client", "connection", "pool", "redis", "prisma", "drizzle", "neon", "postgres", "stripe", "resend"];
    let last = last(name);
    says(last, &what) && (says(last, &made) || last.starts_with(|first: char| first.is_ascii_uppercase()))
}

/// Verbs of methods that change something outside.
const VERBS: &[&str] = &[
    "update", "upsert", "delete", "insert", "send", "publish", "enqueue", "write", "save", "destroy", "put", "post",
    "patch", "remove", "execute", "set",
];

/// Verbs that say the same behind another word, as in `findOneAndReplace`.
const CHANGING: &[&str] = &["replace", "modify", "increment"];

/// What has such methods and changes nothing outside.
const HARMLESS: &[&str] =
    &["hash", "hmac", "cipher", "decipher", "digest", "sign", "verify", "headers", "params", "form"];

/// Whether the name of a call says that it writes, and that what it writes is no observation.
pub(in crate::conform) fn says_that_it_writes(name: &str) -> bool {
    !observes(name) && writes_a_row(name)
}

/// Whether a call writes a row, also to a table that is named as what observes: who asks the database is no observer.
pub(in crate::conform) fn writes_a_row(name: &str) -> bool {
    let method = last(name);
    let owner = name.strip_suffix(method).unwrap_or_default();
    let client = owner.strip_suffix('.').and_then(|owner| owner.rsplit_once('.')).map(|(client, _)| client);
    if observes(method) || client.map_or_else(|| observes(name), observes) {
        return false;
    }
    if says(owner, HARMLESS) {
        return false;
    }
    if method.starts_with("$executeRaw") {
        return true;
    }
    let mut words = words(method);
    match words.next() {
        // `axios.create` and `createClient` make something; `prisma.lead.create` writes.
        Some(verb) if is_any(verb, &["create"]) => {
            owner.matches('.').count() > 1 && words.all(|word| is_any(word, &["many", "and", "return"]))
        }
        // `findOneAndUpdate` of MongoDB and `findAndModify` write what they find.
        Some(verb) if is_any(verb, &["find"]) => words.any(|word| is_any(word, VERBS) || is_any(word, CHANGING)),
        Some(verb) => is_any(verb, VERBS),
        None => false,
    }
}

/// Words with which calls begin that only read, or say what another call is done to.
const READING: [&str; 18] = [
    "find",
    "get",
    "select",
    "count",
    "exists",
    "aggregate",
    "list",
    "from",
    "table",
    "collection",
    "eq",
    "match",
    "single",
    "maybe",
    "limit",
    "order",
    "where",
    "connect",
];

/// Whether a call may write, as one that none of its words calls a read.
pub(in crate::conform) fn may_write(name: &str, said: &[Text]) -> bool {
    if sql::is_statement(said) {
        return sql::change(said).is_some();
    }
    let mut words = words(last(name)).map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    // `createClient` and `createHash` make something, `create` keeps a record.
    if first == "create" {
        return words.next().is_none_or(|made| made == "many");
    }
    // `findOneAndUpdate` writes.
    !READING.contains(&first.as_str()) || words.any(|word| is_any(&word, VERBS) || is_any(&word, CHANGING))
}
