//! What can be written at the cursor.

use serde_json::Value;

use super::Model;
use super::cursor::{Expected, Place, places};
use super::language;
use super::names::{self, Name, Role, role};
use crate::derive::ValueName;
use crate::document::Part;
use crate::source::Span;

/// One thing that can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) label: String,
    pub(super) kind: ItemKind,
    pub(super) about: String,
    /// What is written, as a snippet.
    pub(super) insert: String,
    /// What it replaces.
    pub(super) word: Span,
    /// It must be there.
    pub(super) required: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Key,
    Choice,
    Name,
    Snippet,
}

impl ItemKind {
    /// The number of the protocol.
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Key => 10,
            Self::Choice => 20,
            Self::Name => 18,
            Self::Snippet => 15,
        }
    }
}

/// Everything that fits at a byte of a text; names are those that `model` knows, which may be of the text before.
pub(super) fn complete(model: &Model, text: &str, offset: usize) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for place in places(text, offset) {
        let found = match &place.expected {
            Expected::Key { siblings, flow, colon } => keys(model, &place, siblings, *flow, *colon),
            Expected::Value(before) => values(model, &place, before),
        };
        for item in found {
            if !items.iter().any(|other| other.label == item.label) {
                items.push(item);
            }
        }
    }
    items
}

fn keys(model: &Model, place: &Place, siblings: &[String], flow: bool, colon: bool) -> Vec<Item> {
    let mut items = Vec::new();
    let insert = |name: &str, value: String| if colon { name.to_owned() } else { format!("{name}:{value}") };
    for form in language::at(&place.at) {
        for (name, _) in language::properties(form).filter(|(name, _)| !siblings.iter().any(|key| key == name)) {
            let at = place.at.key(name);
            items.push(Item {
                label: name.to_owned(),
                kind: ItemKind::Key,
                about: language::description(&at).unwrap_or_default().to_owned(),
                insert: insert(name, value(&language::at(&at), flow)),
                word: place.word,
                required: language::requires(form, name),
            });
        }
    }
    let path: Vec<String> = place.at.key("*").segments().collect();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    if let Some((Role::Variable, _)) = role(&path, Part::Key) {
        for name in known(model, Role::Variable).into_iter().filter(|name| !siblings.contains(name)) {
            let value = if path.contains(&"set") { " \"${1:false}\"" } else { "\n  $0" };
            items.push(name_item(&name, insert(&name, value.to_owned()), place.word));
        }
    }
    if !flow && !colon {
        items.extend(snippets(&path).into_iter().map(|(label, about, text)| Item {
            label: label.to_owned(),
            kind: ItemKind::Snippet,
            about: about.to_owned(),
            insert: text.to_owned(),
            word: place.word,
            required: false,
        }));
    }
    items
}

/// What follows the colon of a key, as a snippet.
fn value(forms: &[&'static Value], flow: bool) -> String {
    let choices: Vec<String> = forms.iter().flat_map(|form| language::choices(form)).map(|(value, _)| value).collect();
    let scalar = ["string", "integer", "number", "boolean"].iter().any(|kind| language::is(forms, kind));
    if choices.len() == 1 {
        format!(" {}", choices[0])
    } else if !choices.is_empty() {
        format!(" ${{1|{}|}}", choices.join(","))
    } else if scalar {
        " $0".to_owned()
    } else if language::is(forms, "array") {
        " [$0]".to_owned()
    } else if flow {
        " { $0 }".to_owned()
    } else {
        "\n  $0".to_owned()
    }
}

fn values(model: &Model, place: &Place, before: &str) -> Vec<Item> {
    let forms = language::at(&place.at);
    let path: Vec<String> = place.at.segments().collect();
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    // Inside of a pattern only its values fit.
    let pattern = ["source", "event", "dispatchKey", "eventId", "flag", "id", "jobName", "name", "eventConstant"];
    if before.rfind('{') > before.rfind('}') && path.last().is_some_and(|last| pattern.contains(last)) {
        return ValueName::ALL.iter().map(|v| name_item(v.as_str(), v.as_str().to_owned(), place.word)).collect();
    }
    let mut items: Vec<Item> = Vec::new();
    let choices = forms.iter().flat_map(|form| language::choices(form));
    for (label, about) in choices {
        let about = about.unwrap_or_default().to_owned();
        items.push(Item { kind: ItemKind::Choice, about, ..name_item(&label, label.clone(), place.word) });
    }
    if language::is(&forms, "boolean") {
        for label in ["true", "false"] {
            items.push(Item { kind: ItemKind::Choice, ..name_item(label, label.to_owned(), place.word) });
        }
    }
    if path.last() == Some(&"type") {
        let types = ["string", "integer", "number", "boolean", "timestamp", "date", "uuid", "url", "json", "enum"];
        let types = types.into_iter().chain(["array<string>", "map<string>"]);
        items.extend(types.map(|t| Item { kind: ItemKind::Choice, ..name_item(t, t.to_owned(), place.word) }));
    }
    if let Some((role, declares)) = role(&path, Part::Value)
        && !(declares && role != Role::Variable)
    {
        items.extend(known(model, role).into_iter().map(|name| name_item(&name, name.clone(), place.word)));
    }
    if path.len() == 2 && path[0] == "rollout" {
        items.push(Item {
            label: "rollout step".to_owned(),
            kind: ItemKind::Snippet,
            about: "One step of the rollout.".to_owned(),
            insert: "{ offload: $1, step: ${2|convert,verify|} }".to_owned(),
            word: place.word,
            required: false,
        });
    }
    items
}

fn name_item(label: &str, insert: String, word: Span) -> Item {
    Item { label: label.to_owned(), kind: ItemKind::Name, about: String::new(), insert, word, required: false }
}

/// The names of a role that the text and the last contract have, sorted.
fn known(model: &Model, wanted: Role) -> Vec<String> {
    // A use is no proof that there is such a thing; of variables there is nothing else.
    let counts = |name: &Name| name.role == wanted && (name.declares || wanted == Role::Variable);
    let mut known: Vec<String> =
        names::all(model.document()).into_iter().filter(counts).map(|name| name.text).collect();
    if let Some(contract) = model.contract() {
        match wanted {
            Role::Payload => known.extend(contract.payloads.keys().cloned()),
            Role::Offload => known.extend(contract.offloads.keys().cloned()),
            Role::Variable => known.extend(contract.flags.keys().cloned()),
            Role::Event => known.extend(contract.events().map(|(_, event)| event.name.value.clone())),
            Role::Field => known.extend(crate::contract::RUN_FIELDS.map(str::to_owned)),
            Role::Param | Role::Rule => {}
        }
    }
    if wanted == Role::Rule {
        let rules = crate::lint::RULES.iter().map(|rule| rule.meta.id);
        known = rules.chain(crate::conform::RULES.iter().map(|rule| rule.meta.id)).map(str::to_owned).collect();
    }
    known.sort();
    known.dedup();
    known
}

/// Whole parts of a spec: name, what it is, text.
fn snippets(path: &[&str]) -> Vec<(&'static str, &'static str, &'static str)> {
    match path {
        ["offloads", _] => vec![
            (
                "cron offload",
                "A route that is called on a schedule.",
                "${1:job-name}:\n  kind: cron\n  priority: ${2:P1}\n  route: /api/cron/$1\n  schedule: \"${3:*/5 * * * *}\"\n  window: ${4:5m}\n  owners: [app/api/cron/$1/route.ts]\n  $0",
            ),
            (
                "webhook offload",
                "A route that another system calls.",
                "${1:job-name}:\n  kind: webhook\n  priority: ${2:P1}\n  route: /api/webhooks/$1\n  methods: [POST]\n  source: webhook/$1\n  event: webhook/$1.received\n  payload: ${3:BackgroundDispatchEventData}\n  dispatchKey: \"webhook:$1:{uuid}\"\n  flag: ${4:WEBHOOK_USE_INNGEST}\n  owners: [app/api/webhooks/$1/route.ts]\n  $0",
            ),
        ],
        ["payloads", _] => vec![(
            "payload",
            "The data of an event.",
            "${1:Name}:\n  description: ${2:What it says.}\n  fields:\n    ${3:field}: { type: ${4:string} }\n    $0",
        )],
        ["payloads", _, "fields", _] => {
            vec![(
                "field",
                "One field of a payload.",
                "${1:name}: { type: ${2:string}, description: ${3:What it says.} }",
            )]
        }
        ["flags", "declared", _] => vec![(
            "flag",
            "A flag with its condition and its rollback.",
            "${1:FLAG}:\n  description: ${2:What it does.}\n  enabledWhen: { on: $1 }\n  rollback: { set: { $1: \"false\" } }\n  $0",
        )],
        _ => Vec::new(),
    }
}
