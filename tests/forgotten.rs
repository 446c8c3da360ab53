//! Nothing that conformance makes of code outlives it: values that hold themselves go with the run that made them, or
//! with what runs have in common. In an editor the compiler runs for days.

use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

use inngest_offload::conform::load::{Loaded, load};
use inngest_offload::conform::machine::{Explorer, Limits, Object, Opaque, Value, World};
use inngest_offload::conform::program::Site;

/// What `make` gives, held by itself.
const HELD: &[(&str, &str)] = &[
    ("a function that is named where it was made", "const own = () => own; return own;"),
    ("a declared function", "function own() { return own; } return own;"),
    ("a function in a block", "{ const own = { call: () => own }; return own; }"),
    ("a function two calls deep", "const own: any = {}; (() => { own.get = () => () => own; })(); return own;"),
    ("a getter", "const own = { get self() { return own; } }; return own;"),
    ("a class", "class Own { static all = () => Own; } return Own;"),
    ("an instance", "class Own { self = () => this; } return new Own();"),
    (
        "a field that is given later",
        "class Own { other: any; set(o: any) { this.other = o; } } const a = new Own(); a.set(a); return a;",
    ),
    ("two objects", "const a: any = {}; const b: any = { a }; a.b = b; return a;"),
    ("a list", "const all: any[] = []; all.push({ all }); return all;"),
    ("a map", "const all = new Map(); all.set('all', all); return all;"),
    ("a set", "const all = new Set(); all.add({ all }); return all;"),
    ("a promise", "let own: any; own = new Promise((resolve) => { resolve({ get: () => own }); }); return own;"),
    ("an assigned property", "const a: any = {}; Object.assign(a, { a }); return a;"),
    ("an unknown value", "const rows = db.rows(); rows.first.name; typeof rows.last; return rows;"),
];

enum Left<'p> {
    Object(Weak<Object<'p>>),
    Opaque(Weak<Opaque<'p>>),
}

impl Left<'_> {
    fn is_there(&self) -> bool {
        match self {
            Self::Object(object) => object.strong_count() > 0,
            Self::Opaque(opaque) => opaque.strong_count() > 0,
        }
    }
}

/// What `make` gave in a run that is gone.
fn run<'p>(loaded: &'p Loaded, explorer: &Explorer<'p>, what: &str) -> Left<'p> {
    let (_, module) = loaded.routes[0];
    let limits = Limits { paths: 1, fuel: 10_000 };
    let explored = explorer.explore(World::default(), limits, |machine| {
        let make = machine.export(module, "make")?;
        machine.call(&make, Value::Undefined, Vec::new(), Site::default())
    });
    match &explored.paths[0].result {
        Ok(Value::Object(object)) => Left::Object(Rc::downgrade(object)),
        Ok(Value::Opaque(opaque)) => Left::Opaque(Rc::downgrade(opaque)),
        other => panic!("{what}: {other:?}"),
    }
}

#[test]
fn what_holds_itself_goes_with_its_run() {
    for (what, body) in HELD {
        // Code that speaks of answers is run where it stands.
        let text =
            format!("import {{ db }} from 'db';\nvoid Response;\nvoid db;\nexport function make() {{ {body} }}\n");
        let read = |paths: &[String]| paths.iter().map(|_| Some(text.clone().into_bytes())).collect();
        let loaded = load(BTreeSet::from(["app/api/make/route.ts".to_owned()]), &[], &read);
        let explorer = Explorer::new(&loaded.app, None);
        let first = run(&loaded, &explorer, what);
        // The second run finds what the first has left for all.
        let second = run(&loaded, &explorer, what);
        assert!(!second.is_there(), "{what} is still there after its run");
        drop(explorer);
        assert!(!first.is_there(), "{what} is still there after all runs");
    }
}
