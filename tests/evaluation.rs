//! What the machine of `conform` makes of code is what Node makes of it, or it is said to be not known: the cases of
//! `tests/evaluation`, held against the answers that Node gave (`tests/typescript`, `npm run evaluation`).

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use inngest_offload::conform::load::{Loaded, load};
use inngest_offload::conform::machine::{Abrupt, Explorer, Kind, Limits, Rest, Value, World};
use inngest_offload::conform::program::{ModuleId, Site};
use serde_json::{Map, Value as Json, json};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/evaluation");

/// Cases in the stack of a test thread are run where the interpreter has room, as `check` does.
const STACK: usize = 256 << 20;

/// What is not known of a value, as a word.
struct Unknown(String);

/// A value as `answers.js` writes it.
fn answer(value: &Value<'_>, depth: u32) -> Result<Json, Unknown> {
    if depth > 32 {
        return Err(Unknown("a deep value".into()));
    }
    Ok(match value {
        Value::Undefined => json!("$undefined"),
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Number(number) if number.is_nan() => json!("$NaN"),
        Value::Number(number) if number.is_infinite() => json!(if *number > 0.0 { "$Infinity" } else { "$-Infinity" }),
        Value::Number(number) if *number == 0.0 && number.is_sign_negative() => json!("$-0"),
        Value::Number(number) => json!(number),
        Value::Text(text) => json!(&**text),
        Value::Opaque(opaque) => return Err(Unknown(opaque.describe())),
        Value::Object(object) if object.is_open() => return Err(Unknown("an object that is known in part".into())),
        Value::Object(object) => match &object.kind {
            Kind::List(items) => {
                let items = items.borrow().clone();
                items.iter().map(|item| answer(item, depth + 1)).collect::<Result<Vec<_>, _>>()?.into()
            }
            Kind::Promise(Ok(value)) => answer(value, depth + 1)?,
            Kind::Date(instant) => json!({ "$instant": instant.get() }),
            Kind::Plain | Kind::Instance(_) => {
                let mut fields = Map::new();
                for slot in object.listed() {
                    if slot.is_getter {
                        return Err(Unknown("a getter".into()));
                    }
                    fields.insert(slot.name.to_string(), answer(&slot.value, depth + 1)?);
                }
                fields.into()
            }
            _ => return Err(Unknown(format!("{value:?}"))),
        },
    })
}

/// What the machine says of a case: the value, why it is not known, or what it must not do.
fn evaluated(loaded: &Loaded, module: ModuleId, name: &str) -> Result<Result<Json, Unknown>, String> {
    let world = World { other_env: Rest::Absent, now: 1_772_600_851_250.0, ..World::default() };
    let limits = Limits { paths: 30, fuel: 400_000 };
    let explored = Explorer::new(&loaded.app, None).explore(world, limits, |machine| {
        let case = machine.export(module, name)?;
        let value = machine.call(&case, Value::Undefined, Vec::new(), Site::default())?;
        match value.as_object().map(|object| &object.kind) {
            Some(Kind::Promise(Err(error))) => Err(Abrupt::Throw(error.clone())),
            _ => Ok(value),
        }
    });
    let mut answers = Vec::new();
    for path in &explored.paths {
        if path.outside > 0 {
            return Err("something outside was called".into());
        }
        answers.push(match &path.result {
            Ok(value) => answer(value, 0),
            Err(Abrupt::Throw(error)) => match error.as_object().map(|error| &error.kind) {
                Some(Kind::Error(name)) => Ok(json!({ "$throws": &**name })),
                _ => Ok(json!({ "$throws": "something" })),
            },
            Err(Abrupt::Halt) => return Err("it was cut".into()),
        });
    }
    // Where something is decided, it is not known.
    match answers.into_iter().next() {
        Some(_) if explored.paths.iter().any(|path| path.decisions > 0) => Ok(Err(Unknown("it was decided".into()))),
        Some(answer) => Ok(answer),
        None => Err("there is no path".into()),
    }
}

/// The files of cases: their answers by the name of the case.
fn subjects() -> BTreeMap<String, Map<String, Json>> {
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(FOLDER).expect("the folder of the cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "ts") {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(path.with_extension("json")).expect("its answers: npm run evaluation");
            all.insert(name, serde_json::from_str(&text).expect("JSON"));
        }
    }
    all
}

fn run() {
    let subjects = subjects();
    let reasons = std::fs::read_to_string(Path::new(FOLDER).join("unknown.yaml")).expect("unknown.yaml");
    let mut may_be_unknown: BTreeMap<String, String> = serde_yaml::from_str(&reasons).expect("reasons by cases");
    let route = |subject: &str| format!("app/api/{subject}/route.ts");
    let files: BTreeMap<String, Vec<u8>> = subjects
        .keys()
        .map(|name| (route(name), std::fs::read(Path::new(FOLDER).join(format!("{name}.ts"))).expect("cases")))
        .collect();
    let names: BTreeSet<String> = files.keys().cloned().collect();
    let read = |paths: &[String]| paths.iter().map(|path| files.get(path).cloned()).collect::<Vec<_>>();
    let loaded = load(names, &[], &read);
    assert!(loaded.unreadable.is_empty(), "{:?}", loaded.unreadable);
    let (mut faults, mut count) = (Vec::new(), 0);
    for (subject, answers) in &subjects {
        let address = format!("/api/{subject}");
        let (_, module) = loaded.routes.iter().find(|(route, _)| *route == address).expect("a route");
        for (name, expected) in answers {
            count += 1;
            let case = format!("{subject}/{name}");
            match (evaluated(&loaded, *module, name), may_be_unknown.remove(&case)) {
                (Err(fault), _) => faults.push(format!("{case}: {fault}")),
                (Ok(Ok(known)), None) if same(&known, expected) => {}
                (Ok(Ok(known)), Some(_)) if same(&known, expected) => {
                    faults.push(format!("{case}: it is known now: take it from unknown.yaml"));
                }
                (Ok(Ok(known)), _) => faults.push(format!("{case}:\n    machine {known}\n    Node    {expected}")),
                (Ok(Err(_)), Some(_)) => {}
                (Ok(Err(Unknown(what))), None) => faults.push(format!("{case}: not known: {what}; Node {expected}")),
            }
        }
    }
    faults.extend(may_be_unknown.keys().map(|case| format!("{case}: there is no such case")));
    assert!(faults.is_empty(), "{} of {count} cases:\n{}", faults.len(), faults.join("\n"));
    assert!(count >= 400, "only {count} cases");
}

/// Numbers are the same by value: `1` and `1.0`. Fields have an order.
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((key, a), (other, b))| key == other && same(a, b))
        }
        _ => one == other,
    }
}

#[test]
fn what_is_known_is_what_node_answers() {
    std::thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread").join().expect("no fault");
}
