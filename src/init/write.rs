//! A draft as a spec: the sections in the order of the language, each with what it is for.

use super::answer::Answered;
use super::draft::{Draft, Planned};
use super::payload::Field;
use super::write_offload::offload;
use super::yaml::{Entry, Node, print, scalar, wrapped};
use crate::contract::{Condition, WhenUnset};
use crate::lint::UNDECIDED;

/// The text of a draft.
pub(super) fn write(draft: &Draft) -> String {
    let mut entries = head(draft);
    entries.extend(payloads(draft));
    entries.extend(dispatch(draft));
    entries.extend(ledger(draft));
    entries.extend(environment(draft));
    entries.extend(flags(draft));
    entries.push(section(
        "offloads",
        "The offloads: route → event → payload → id → idempotency → limits → flag",
        &["`status: existing` means that the code is hand-written: defaults do not apply, and only what is written \
           here is checked. `priority` is left out, since that is for you to decide."],
        Node::Map(all(draft)),
    ));
    if !draft.synchronous.is_empty() {
        let routes = draft.synchronous.iter().map(|(route, why)| {
            Node::Map(vec![
                Entry::new("route", Node::Scalar(scalar(route))),
                Entry::new("why", Node::text(&format!("{UNDECIDED} {why}"))),
            ])
        });
        let routes = Node::List(routes.collect());
        entries.push(section(
            "synchronous",
            "Scheduled routes that send no event",
            &["Say why each stays on the request path, or move it under `offloads`."],
            routes,
        ));
    }
    let step = |job: &str, step: &str| {
        Node::flow(vec![
            ("offload".to_owned(), Node::Scalar(scalar(job))),
            ("step".to_owned(), Node::Scalar(step.to_owned())),
        ])
    };
    let steps = draft.offloads.iter().map(|offload| step(&offload.job, "verify"));
    let steps = steps.chain(draft.planned.iter().map(|planned| step(&planned.job, "convert")));
    entries.push(section("rollout", "The order in which the offloads go live", &[], Node::List(steps.collect())));
    if !draft.accepted.is_empty() {
        let say = "Findings about the whole contract. Fix each of them, or replace its reason by yours.";
        entries.push(section("allow", "Accepted findings", &[say], accepted(&draft.accepted)));
    }
    entries.retain(|entry| !draft.refused.contains(&entry.key));
    let mut text = print(&entries);
    for (what, why) in &draft.left_out {
        text.push('\n');
        for line in wrapped(&format!("not known: {what} is left out: {why}"), 78) {
            text.push_str(&format!("# {line}\n"));
        }
    }
    text
}

fn head(draft: &Draft) -> Vec<Entry> {
    let about = "What this application does today, as far as `inngest-offload init` could determine by interpreting \
                 its code. Edit this file from now on. `# not known: …` marks values that could not be determined. A \
                 text that begins with `undecided:` marks a decision for you; `check` reports each of them.";
    vec![
        Entry::new("version", Node::Scalar("1".to_owned())).with(wrapped(about, 78)),
        Entry::new("name", Node::Scalar(scalar(&draft.name))),
    ]
}

/// A section with its heading and what is said of it.
fn section(key: &str, title: &str, say: &[&str], value: Node) -> Entry {
    let rule = "─".repeat(76_usize.saturating_sub(title.chars().count()));
    let before = [String::new(), format!("── {title} {rule}")];
    let say = say.iter().flat_map(|text| wrapped(text, 78));
    Entry::new(key, value).with(before.into_iter().chain(say))
}

fn payloads(draft: &Draft) -> Option<Entry> {
    let all = draft
        .payloads
        .iter()
        .map(|(name, found)| Entry::new(name, Node::Map(vec![Entry::new("fields", Node::Map(fields(found)))])));
    let all: Vec<Entry> = all.collect();
    let say = "The types are those of the values that were found. `from` says what a field was always filled with.";
    (!all.is_empty()).then(|| section("payloads", "What the events carry", &[say], Node::Map(all)))
}

fn fields(all: &[Field]) -> Vec<Entry> {
    let one = |field: &Field| {
        let mut parts = Vec::new();
        if let Some(type_) = field.type_ {
            parts.push(("type".to_owned(), Node::Scalar(scalar(type_))));
        }
        if field.is_optional {
            parts.push(("optional".to_owned(), Node::Scalar("true".to_owned())));
        }
        if let Some(from) = field.from {
            parts.push(("from".to_owned(), Node::Scalar(scalar(from))));
        }
        let value = if field.fields.is_empty() {
            Node::flow(parts)
        } else {
            let parts = parts.into_iter().map(Entry::from);
            Node::Map(parts.chain([Entry::new("fields", Node::Map(fields(&field.fields)))]).collect())
        };
        let unknown =
            field.unknown.iter().flat_map(|seen| wrapped(&format!("not known: the type; it contains {seen}"), 70));
        Entry::new(&field.name, value).with(unknown)
    };
    all.iter().map(one).collect()
}

fn dispatch(draft: &Draft) -> Option<Entry> {
    let mut entries = Vec::new();
    if let Some((secret, when)) = draft.most(|offload| offload.seen.secret.clone()) {
        let when = if when == WhenUnset::Refuse { "refuse" } else { "allow" };
        let auth = [("secret", scalar(&secret)), ("scheme", "bearer".to_owned()), ("whenUnset", when.to_owned())];
        let auth = auth.map(|(key, value)| (key.to_owned(), Node::Scalar(value)));
        entries.push(Entry::new("auth", Node::flow(auth.to_vec())));
    }
    if let Some(condition) = draft.most(|offload| offload.seen.configured.clone()) {
        entries.push(
            Entry::new("configured", node(&condition))
                .with(["when a route whose flag is on sends its event".to_owned()]),
        );
    }
    let answers = [0, 1, 2].map(|index| draft.answer(index));
    if let Some(metadata) = answers.iter().flatten().find_map(|answer| answer.metadata.clone()) {
        entries.push(Entry::new("metadata", Node::Scalar(scalar(&metadata))));
    }
    // All three or none: the language has no answer that is not given.
    if answers.iter().any(Option::is_some) {
        let usual = [("dispatched", 202, "only"), ("misconfigured", 503, "misconfigured"), ("failed", 503, "failed")];
        let responses = usual.iter().zip(&answers).map(|((name, status, mode), answer)| match answer {
            Some(answer) => Entry::new(name, response(answer, *name == "dispatched")),
            None => {
                let usual = [("status", status.to_string()), ("mode", format!("dispatch-{mode}"))];
                let usual = usual.map(|(key, value)| (key.to_owned(), Node::Scalar(value)));
                let say = "not known: no answer with a `mode` was found; this is the default".to_owned();
                Entry::new(name, Node::flow(usual.to_vec())).with([say])
            }
        });
        entries.push(Entry::new("responses", Node::Map(responses.collect())));
    }
    (!entries.is_empty()).then(|| section("dispatch", "How a route that dispatches answers", &[], Node::Map(entries)))
}

fn response(answer: &Answered, has_body: bool) -> Node {
    let mut parts = vec![
        ("status".to_owned(), Node::Scalar(answer.status.to_string())),
        ("mode".to_owned(), Node::Scalar(scalar(&answer.mode))),
    ];
    if has_body {
        let names: Vec<String> = answer
            .dispatch
            .iter()
            .map(|(name, is_optional)| if *is_optional { format!("{name}?") } else { name.clone() })
            .collect();
        let mut body = vec![("dispatch".to_owned(), Node::texts(names.iter().map(String::as_str)))];
        body.push(("event".to_owned(), Node::texts(answer.event.iter().copied())));
        if let Some(always) = answer.ids {
            let presence = if always { "required" } else { "optional" };
            body.push(("publishedEventIds".to_owned(), Node::Scalar(presence.to_owned())));
        }
        parts.push(("body".to_owned(), Node::Map(body.into_iter().map(Entry::from).collect())));
    }
    Node::flow(parts)
}

/// A condition as it is written.
fn node(condition: &Condition) -> Node {
    let name = |key: &str, name: &str| Node::flow(vec![(key.to_owned(), Node::Scalar(scalar(name)))]);
    let list = |key: &str, parts: &[Condition]| {
        Node::flow(vec![(key.to_owned(), Node::List(parts.iter().map(node).collect()))])
    };
    match condition {
        Condition::On(variable) => name("on", variable),
        Condition::Set(variable) => name("set", variable),
        Condition::Unset(variable) => name("unset", variable),
        Condition::AllOf(parts) => list("allOf", parts),
        Condition::AnyOf(parts) => list("anyOf", parts),
        Condition::Not(inner) => Node::flow(vec![("not".to_owned(), node(inner))]),
    }
}

fn ledger(draft: &Draft) -> Option<Entry> {
    let writer = draft.writer.as_ref()?;
    let place = [("module", &writer.module), ("export", &writer.export)];
    let place = place.map(|(key, value)| (key.to_owned(), Node::Scalar(scalar(value))));
    let value = Node::Map(vec![
        Entry::new("writer", Node::flow(place.to_vec())),
        Entry::new("states", Node::texts(writer.states.iter().map(String::as_str))),
        Entry::new("fields", Node::texts(writer.fields.iter().map(String::as_str))),
    ]);
    Some(section("ledger", "Where the status of runs is written", &[], value))
}

fn environment(draft: &Draft) -> Option<Entry> {
    let mut names: Vec<&str> = Vec::new();
    let secrets = draft.offloads.iter().filter_map(|offload| offload.seen.secret.as_ref()).map(|(name, _)| name);
    let keys = draft.offloads.iter().flat_map(|offload| &offload.seen.keys).filter(|name| name.ends_with("_KEY"));
    for name in secrets.chain(keys) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let value = Node::Map(vec![Entry::new("secrets", Node::texts(names.iter().copied()))]);
    (!names.is_empty()).then(|| section("environment", "What a deployment needs", &[], value))
}

fn flags(draft: &Draft) -> Option<Entry> {
    let mut entries = Vec::new();
    if let Some(words) = draft.most(|offload| offload.seen.flag.as_ref().map(|flag| flag.words.clone())) {
        let say = "trimmed, and compared without case".to_owned();
        entries
            .push(Entry::new("truthy", Node::List(words.iter().map(|word| Node::quoted(word)).collect())).with([say]));
    }
    let mut declared: Vec<Entry> = Vec::new();
    for flag in draft.offloads.iter().filter_map(|offload| offload.seen.flag.as_ref()) {
        let is_plain = flag.condition == Some(Condition::On(flag.name.clone())) && flag.over.is_none();
        if is_plain || flag.condition.is_none() || declared.iter().any(|known| known.key == flag.name) {
            continue;
        }
        let mut parts = Vec::new();
        parts.extend(flag.condition.as_ref().map(|condition| Entry::new("enabledWhen", node(condition))));
        parts.extend(flag.over.as_ref().map(|over| {
            let over = [("on", scalar(over)), ("means", "inline".to_owned())];
            Entry::new("override", Node::flow(over.map(|(key, value)| (key.to_owned(), Node::Scalar(value))).to_vec()))
        }));
        let set = Node::flow(vec![(flag.name.clone(), Node::Scalar("\"false\"".to_owned()))]);
        parts.push(Entry::new("rollback", Node::flow(vec![("set".to_owned(), set)])));
        declared.push(Entry::new(&flag.name, Node::Map(parts)));
    }
    if !declared.is_empty() {
        entries.push(Entry::new("declared", Node::Map(declared)));
    }
    (!entries.is_empty())
        .then(|| section("flags", "The flags that switch the routes, and how they are read", &[], Node::Map(entries)))
}

fn all(draft: &Draft) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (index, one) in draft.offloads.iter().enumerate() {
        let entry = offload(draft, one);
        entries.push(if index > 0 { entry.with([String::new()]) } else { entry });
    }
    entries.extend(draft.planned.as_ref().map(planned));
    entries
}

fn planned(planned: &Planned) -> Entry {
    let mut parts = vec![
        Entry::new("kind", Node::Scalar("cron".to_owned())),
        Entry::new("priority", Node::Scalar("P0".to_owned())),
        Entry::new("route", Node::Scalar(scalar(&planned.route))),
        Entry::new("schedule", Node::Scalar(scalar(&planned.schedule))),
        Entry::new("window", Node::Scalar(planned.window.clone())),
    ];
    if !planned.owners.is_empty() {
        parts.push(Entry::new("owners", Node::texts(planned.owners.iter().map(String::as_str))));
    }
    if !planned.accepted.is_empty() {
        parts.push(Entry::new("allow", accepted(&planned.accepted)));
    }
    let say = "No route of this application sends an event yet, so this one is planned as an offload. `allow` lists \
               the remaining work: remove an entry when its work is done. `targets` says where generated code goes.";
    Entry::new(&planned.job, Node::Map(parts)).with(wrapped(say, 76))
}

/// Accepted findings, each with the mark.
pub(super) fn accepted(all: &[(String, String)]) -> Node {
    let one = |(rule, message): &(String, String)| {
        Node::Map(vec![
            Entry::new("rule", Node::Scalar(scalar(rule))),
            Entry::new("reason", Node::text(&format!("{UNDECIDED} {message}"))),
        ])
    };
    Node::List(all.iter().map(one).collect())
}
