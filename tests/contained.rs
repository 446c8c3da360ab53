//! Nothing outside of the root: hostile values in every text of the language that is a path, and in every other.
//!
//! The texts are found in the schema of the language. One that is neither in `PATHS` nor in `WORDS` fails the test,
//! so that a new path cannot be forgotten.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

mod sandbox;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use sandbox::{Sandbox, said};
use serde_json::{Value, json};

/// Texts that are paths or modules, and where the example has them.
const PATHS: &[(&str, &[&str])] = &[
    ("ModuleExport.module", &["/targets/typescript/client/module", "/ledger/writer/module"]),
    ("Offload.owners", &["/offloads/nightly-report/owners/0", "/offloads/nightly-report/owners/1"]),
    ("OutputFolder.out", &["/targets/schemas/out", "/targets/docs/out"]),
    ("Targets.templates", &["/targets/templates"]),
    ("Targets.within", &["/targets/within"]),
    ("TypeScript.handlers", &["/targets/typescript/handlers"]),
    ("TypeScript.out", &["/targets/typescript/out"]),
];

/// Texts that are none.
const WORDS: &str = "Allow.rule Allow.reason Ask.ask Auth.secret BatchEvents.timeout BatchEvents.key CancelOn.event \
    CancelOn.if CancelOn.match CancelOn.timeout ConcurrencyLimit.key Condition.on Condition.set Condition.unset \
    Debounce.period Debounce.timeout Debounce.key Dispatch.metadata EnvNumber.env EnvWindow.env EnvWindow.default \
    EnvWindow.min EnvWindow.max Environment.secrets Event.description Event.payload Event.eventId Fallback.run \
    FallbackWhen.missing Field.type Field.values Field.description Field.pattern Flag.description Flag.since \
    Flags.truthy Function.description Function.id Function.name Function.jobName Function.idempotency GateVariable \
    Gates.run Gates.report Justification.evidence Justification.reason Ledger.fields ModuleExport.export \
    Offload.description Offload.priority Offload.route Offload.schedule Offload.when Offload.expectedDuration \
    Offload.source Offload.payload Offload.dispatchKey Offload.event Offload.eventId Offload.flag \
    Offload.inlineFields OffloadDefaults.source OffloadDefaults.event OffloadDefaults.payload \
    OffloadDefaults.dispatchKey OffloadDefaults.eventId OffloadDefaults.flag Override.on Override.for Params.allow \
    Payload.description Payload.extends Priority.run RateLimit.period RateLimit.key Response.mode \
    ResponseBody.dispatch Rollback.set Rollback.note RolloutStep.offload RolloutStep.note Singleton.key Spec.name \
    Spec.description Synchronous.route Synchronous.why Throttle.period Throttle.key Timeouts.start Timeouts.finish \
    TypeScript.eventConstant Via.queue Window";

/// What leads out of a root, or is another file on another system.
fn hostile() -> Vec<String> {
    let plain = [
        "..",
        "../outside",
        "a/../../outside",
        "a/..",
        "./..",
        "../../../../../../tmp/outside",
        "/outside",
        "/",
        "//a/b",
        "C:/outside",
        "c:outside",
        "\\outside",
        "..\\outside",
        "\\\\server\\share",
        "a\\..\\b",
        "file:///outside",
        "a:stream",
        "a/b:$DATA",
        "a//b/../../../outside",
        "a/\u{0}b",
        "a/\u{7}b",
        "a/\u{202e}b",
        "a/\u{200b}b",
        "a\nb/../../..",
    ];
    plain.into_iter().map(str::to_owned).chain(["x".repeat(300), format!("a/{}/b", "y".repeat(300))]).collect()
}

/// What no file system of Windows, and no repository, can hold: refused of paths, though a module may be called so.
const UNWRITABLE: &[&str] = &[
    "",
    ".",
    "a/./b",
    "a//b",
    "CON",
    "nul.txt",
    "a/aux",
    "COM1",
    "lpt9.md",
    "a/com\u{b9}",
    "CONIN$",
    "a./b",
    "a /b",
    "a/b.",
    "a/b ",
    "a*b",
    "a?b",
    "a<b",
    "a|b",
    "a\"b",
    ".git",
    ".GIT/hooks",
    "a/.git/b",
    "GIT~1",
    "~/../..",
];

fn example() -> Value {
    let text = include_str!("../src/rule/example.yaml");
    let mut spec: Value = serde_yaml::from_str(text).expect("the example");
    spec["targets"] = json!({
        "within": "out",
        "typescript": { "out": "gen", "handlers": "functions", "sdk": 4,
            "client": { "module": "@/lib/client", "export": "inngest" } },
        "schemas": { "out": "schemas" },
        "docs": { "out": "docs" },
        "templates": "templates",
    });
    spec
}

/// A root with something around it that nobody may touch.
fn guarded(spec: &Value) -> Sandbox {
    let around = Sandbox::new("contained");
    around.write("outside/secret.md", "SENTINEL\n");
    around.write("outside/docs/contract.md.j2", "SENTINEL\n");
    around.write("root/templates/_notes.j2", "");
    around.write("root/spec/inngest-offload.yaml", serde_json::to_string_pretty(spec).expect("JSON is YAML"));
    around
}

/// Runs `generate` and `check`; fails when something around the root changed or was read.
fn stays_inside(around: &Sandbox) -> Result<(Option<i32>, String), String> {
    let outside = |around: &Sandbox| -> BTreeMap<String, Vec<u8>> {
        around.tree("").into_iter().filter(|(path, _)| !path.starts_with("root/")).collect()
    };
    let before = outside(around);
    let output = around.command(&["generate"]).current_dir(around.path("root")).output().expect("it runs");
    let mut words = said(&output);
    // `check` compiles as `generate` does: what is refused is refused by both.
    if output.status.success() {
        words += &said(&around.command(&["check"]).current_dir(around.path("root")).output().expect("it runs"));
    }
    if words.contains("panicked") {
        return Err(format!("it broke down: {words}"));
    }
    if outside(around) != before {
        return Err("something outside changed".to_owned());
    }
    let inside = around.tree("root");
    if words.contains("SENTINEL") || inside.values().any(|bytes| bytes.windows(8).any(|part| part == b"SENTINEL")) {
        return Err("something outside was read".to_owned());
    }
    Ok((output.status.code(), words))
}

#[test]
fn every_text_of_the_language_is_known_to_be_a_path_or_none() {
    let known: BTreeSet<&str> = PATHS.iter().map(|(name, _)| *name).chain(WORDS.split_whitespace()).collect();
    let schema: Value = serde_json::to_value(inngest_offload::spec::schema()).expect("a schema");
    let mut found = BTreeSet::new();
    let own = [("Spec".to_owned(), schema.clone())];
    let definitions = schema["$defs"].as_object().expect("definitions").clone();
    for (name, definition) in definitions.into_iter().chain(own) {
        match definition["properties"].as_object() {
            Some(properties) => {
                found.extend(
                    properties.iter().filter(|(_, value)| is_text(value)).map(|(key, _)| format!("{name}.{key}")),
                );
            }
            None if is_text(&definition) => drop(found.insert(name)),
            None => {}
        }
    }
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let (new, gone): (Vec<_>, Vec<_>) = (found.difference(&known).collect(), known.difference(&found).collect());
    assert!(
        new.is_empty() && gone.is_empty(),
        "say in PATHS or WORDS what these are: {new:?}; and these are no more: {gone:?}"
    );
}

/// Whether a schema takes free text, alone or in a list or a map.
fn is_text(schema: &Value) -> bool {
    if !schema.is_object() {
        return false;
    }
    let kinds = schema["type"].as_array().map_or_else(|| vec![&schema["type"]], |all| all.iter().collect());
    let free = schema.get("enum").is_none() && schema.get("const").is_none();
    (free && kinds.contains(&&json!("string")))
        || ["items", "additionalProperties"].iter().any(|key| is_text(&schema[key]))
        || ["anyOf", "oneOf"].iter().any(|key| schema[key].as_array().is_some_and(|all| all.iter().any(is_text)))
}

#[test]
fn the_example_itself_is_taken() {
    let around = guarded(&example());
    std::fs::remove_file(around.path("root/templates/_notes.j2")).expect("removed");
    let (code, words) = stays_inside(&around).expect("stays inside");
    assert_eq!(code, Some(0), "{words}");
    assert!(around.path("root/out/docs/contract.md").is_file());
}

#[test]
fn no_path_leads_out_of_the_root() {
    let mut tries: Vec<(&str, String)> = Vec::new();
    for (name, places) in PATHS {
        for place in *places {
            let unwritable =
                UNWRITABLE.iter().filter(|_| *name != "ModuleExport.module").map(|value| (*value).to_owned());
            // From `out/gen`, a module may be above and still in the root.
            let inside = |value: &String| {
                *name == "ModuleExport.module" && ["..", "../outside", "./.."].contains(&value.as_str())
            };
            let all = hostile().into_iter().filter(|value| !inside(value)).chain(unwritable);
            tries.extend(all.map(|value| (*place, value)));
        }
    }
    let faults: Vec<String> = tries
        .par_iter()
        .filter_map(|(place, value)| {
            let mut spec = example();
            *spec.pointer_mut(place).unwrap_or_else(|| panic!("no {place}")) = Value::from(value.as_str());
            let fault = match stays_inside(&guarded(&spec)) {
                Err(fault) => fault,
                Ok((Some(1), words)) if words.contains("error[bad-path]") || words.contains("error[bad-name]") => {
                    return None;
                }
                Ok((code, words)) => format!("exit {code:?}: {words}"),
            };
            Some(format!("{place} = {value:?}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), tries.len(), faults.join("\n"));
    assert!(tries.len() > 300, "only {} tries", tries.len());
}

/// Places of texts and the names of keys: whatever they say, nothing outside is touched. They may be good values.
#[test]
fn no_other_text_leads_out_of_the_root() {
    fn places(value: &Value, at: &str, into: &mut Vec<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(key, value)| {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                places(value, &at, into);
            }),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(i, value)| places(value, &format!("{at}/{i}"), into))
            }
            Value::String(_) => into.push(at.to_owned()),
            _ => {}
        }
    }
    let everything: Value = serde_yaml::from_str(include_str!("cases/everything/spec.yaml")).expect("a spec");
    let mut all = Vec::new();
    places(&everything, "", &mut all);
    let values = ["../../outside/secret.md", "/outside/../../outside", "con", "a\\..\\..\\outside"];
    let text = serde_json::to_string(&everything).expect("JSON");
    let names: BTreeSet<String> = ["offloads", "payloads"]
        .iter()
        .flat_map(|part| everything[part].as_object().into_iter().flat_map(|map| map.keys().cloned()))
        .collect();
    let text = text.as_str();
    let by_name = names.iter().flat_map(|name| {
        values.iter().map(move |value| {
            let quoted = |text: &str| Value::from(text).to_string();
            (format!("the name {name} as {value}"), text.replace(&quoted(name), &quoted(value)))
        })
    });
    let by_place = all.iter().enumerate().map(|(n, place)| {
        let value = values[n % values.len()];
        let mut spec = everything.clone();
        *spec.pointer_mut(place).expect("a place") = Value::from(value);
        (format!("{place} = {value}"), spec.to_string())
    });
    let tries: Vec<(String, String)> = by_name.chain(by_place).collect();
    let faults: Vec<String> = tries
        .par_iter()
        .filter_map(|(what, spec)| {
            let spec: Value = serde_json::from_str(spec).expect("JSON");
            stays_inside(&guarded(&spec)).err().map(|fault| format!("{what}: {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tries.len() > 100, "only {} tries", tries.len());
}

#[test]
fn folders_that_differ_only_in_case_are_refused() {
    for (place, value) in [
        ("/targets/typescript/handlers", "GEN"),
        ("/targets/docs/out", "Schemas/docs"),
        ("/targets/schemas/out", "DOCS"),
        ("/targets/templates", "Out/templates"),
        ("/offloads/nightly-report/owners/1", "App/api/other.ts"),
        ("/offloads/nightly-report/owners/1", "app/api/cron/nightly-report/Route.ts"),
    ] {
        let mut spec = example();
        *spec.pointer_mut(place).expect("a place") = Value::from(value);
        let (code, words) = stays_inside(&guarded(&spec)).expect("stays inside");
        assert!(code == Some(1) && words.contains("differ only in case"), "{place} = {value}: {words}");
    }
}

#[cfg(unix)]
#[test]
fn links_are_refused_wherever_they_are() {
    use std::os::unix::fs::symlink;
    let link = |at: &str, to: &str| {
        let around = guarded(&example());
        let _ = std::fs::remove_file(around.path("root/templates/_notes.j2"));
        let at = around.path(&format!("root/{at}"));
        let _ = std::fs::remove_dir(&at);
        std::fs::create_dir_all(at.parent().expect("a folder")).expect("folder");
        symlink(around.path(to), at).expect("a link");
        around
    };
    for (at, to, says) in [
        ("out", "outside", "symbolic link"),
        ("out/docs", "outside", "symbolic link"),
        ("out/docs/contract.md", "outside/secret.md", "symbolic link"),
        ("out/docs/contract.md", "outside/nothing", "symbolic link"),
        ("out/functions", "outside", "symbolic link"),
        ("out/gen/keys.ts", "outside/secret.md", "symbolic link"),
        ("out/schemas/events", "outside", "symbolic link"),
        ("templates", "outside", "symbolic link"),
        ("templates/docs", "outside/docs", "symbolic link"),
        ("templates/docs/contract.md.j2", "outside/docs/contract.md.j2", "symbolic link"),
    ] {
        let around = link(at, to);
        let (code, words) = stays_inside(&around).unwrap_or_else(|fault| panic!("{at}: {fault}"));
        assert!(matches!(code, Some(1 | 2)) && words.contains(says), "{at}: {code:?} {words}");
    }
    let around = link("templates", "outside");
    let before = around.tree("outside");
    let output = around.command(&["templates", "eject"]).current_dir(around.path("root")).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(around.tree("outside") == before && said(&output).contains("symbolic link"), "{}", said(&output));
}
