//! What the program is made of: no package comes in, and none grows a feature, without a line that says why.
//!
//! Licences and advisories are `cargo deny`'s (`deny.toml`, a job of CI); what the lock file and the manifest alone
//! tell is held here, on every run of the tests.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// How many packages `Cargo.lock` may hold, those for tests among them. Raise it only with the reason in the commit.
const MOST: usize = 244;

/// What speaks to a network, or is only there to.
const NETWORK: &[&str] = &[
    "async-std",
    "attohttpc",
    "curl",
    "curl-sys",
    "h2",
    "hyper",
    "isahc",
    "minreq",
    "native-tls",
    "openssl",
    "openssl-sys",
    "quinn",
    "reqwest",
    "ring",
    "rustls",
    "smol",
    "socket2",
    "surf",
    "tokio",
    "tungstenite",
    "ureq",
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    features: BTreeSet<String>,
    why: String,
}

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The value of a key in one package of the lock file, or in one line of the manifest.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(&format!("{key} = \""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The packages of the lock file.
fn packages(lock: &str) -> Vec<&str> {
    lock.split("[[package]]").skip(1).collect()
}

/// The packages that the manifest names, with their features.
fn named(manifest: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut named = BTreeMap::new();
    let mut inside = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let (true, Some((name, rest))) = (inside, line.split_once(" = ")) {
            let listed = rest.split_once("features = [").and_then(|(_, rest)| rest.split_once(']'));
            let listed = listed.map_or("", |(listed, _)| listed).split(',');
            let mut features: BTreeSet<String> =
                listed.map(|feature| feature.trim().trim_matches('"').to_owned()).filter(|f| !f.is_empty()).collect();
            if !rest.contains("default-features = false") {
                features.insert("default".to_owned());
            }
            named.insert(name.to_owned(), features);
        }
    }
    named
}

#[test]
fn every_package_that_is_named_has_its_features_and_a_reason() {
    let reasons: BTreeMap<String, Reason> = serde_yaml::from_str(&read("tests/dependencies.yaml")).expect("reasons");
    let named = named(&read("Cargo.toml"));
    assert!(named.len() > 20, "the manifest was not read: {named:?}");
    let known: BTreeMap<String, BTreeSet<String>> =
        reasons.iter().map(|(name, reason)| (name.clone(), reason.features.clone())).collect();
    assert_eq!(named, known, "tests/dependencies.yaml says what for: write it there");
    for (name, reason) in &reasons {
        assert!(reason.why.len() > 10, "why is {name} there?");
    }
}

#[test]
fn the_tree_has_no_network_stack_and_does_not_grow_unnoticed() {
    let lock = read("Cargo.lock");
    let packages = packages(&lock);
    for package in &packages {
        let name = value(package, "name").expect("a name");
        assert!(!NETWORK.contains(&name), "{name} is a network stack");
    }
    // Without its feature `net`, which nobody else turns on, mio only waits for what the system tells of files.
    let users: Vec<&&str> = packages.iter().filter(|package| package.contains("\n \"mio\",")).collect();
    assert!(users.iter().all(|package| value(package, "name") == Some("notify")), "mio is used by {users:?}");
    assert!(packages.len() <= MOST, "{} packages, more than {MOST}", packages.len());
}

#[test]
fn everything_comes_from_the_registry_with_its_checksum() {
    let lock = read("Cargo.lock");
    let mut sources = BTreeSet::new();
    for package in packages(&lock) {
        if value(package, "name") == Some(env!("CARGO_PKG_NAME")) {
            continue;
        }
        let checksum = value(package, "checksum").unwrap_or_default();
        assert_eq!(checksum.len(), 64, "no checksum: {package}");
        sources.insert(value(package, "source").expect("a source"));
    }
    assert!(sources.len() == 1 && sources.iter().all(|source| source.starts_with("registry+")), "{sources:?}");
}

#[test]
fn two_versions_of_a_package_have_a_reason() {
    let (lock, deny) = (read("Cargo.lock"), read("deny.toml"));
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages(&lock) {
        versions
            .entry(value(package, "name").expect("a name"))
            .or_default()
            .push(value(package, "version").expect("one"));
    }
    let mut skipped = 0;
    for (name, versions) in &versions {
        let known = versions.iter().filter(|version| deny.contains(&format!("\"{name}@{version}\", reason = \"")));
        let known = known.count();
        assert_eq!(
            known,
            versions.len() - 1,
            "{name} {versions:?}: say under `skip` in deny.toml why there are several"
        );
        skipped += known;
    }
    assert_eq!(deny.matches("reason = \"").count(), skipped, "deny.toml skips what is not there");
}

/// What needs what in a lock file, from the program on, each with its version; less what only its tests need.
fn needs(lock: &str, for_tests: &BTreeSet<String>) -> BTreeSet<String> {
    let mut locked: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for package in packages(lock) {
        let versions = locked.entry(value(package, "name").expect("a name")).or_default();
        versions.push((value(package, "version").expect("a version"), package));
    }
    let find = |wanted: &str| {
        // A name alone is that of the one version that there is.
        let (name, version) = wanted.split_once(' ').unwrap_or((wanted, ""));
        let versions = locked.get(name).unwrap_or_else(|| panic!("{name} is not locked"));
        let one = versions.iter().find(|(known, _)| versions.len() == 1 || *known == version);
        let (version, package) = one.unwrap_or_else(|| panic!("{wanted} is not locked"));
        (format!("{name} {version}"), *package)
    };
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    let mut next = vec![find(env!("CARGO_PKG_NAME"))];
    while let Some((name, package)) = next.pop() {
        if seen.insert(name.clone()) {
            let list = package.split_once("dependencies = [").and_then(|(_, rest)| rest.split_once(']'));
            let list = list.map_or("", |(list, _)| list).split('"').skip(1).step_by(2);
            for needed in list.filter(|needed| !for_tests.contains(*needed)).map(find) {
                found.insert(format!("{name} needs {}", needed.0));
                next.push(needed);
            }
        }
    }
    found
}

#[test]
fn what_is_fuzzed_is_what_is_shipped() {
    let manifest = read("Cargo.toml");
    let (_, tests) = manifest.split_once("[dev-dependencies]").expect("packages for tests");
    let tests = tests.split("\n[").next().unwrap_or_default();
    let for_tests: BTreeSet<String> = named(&format!("[dev-dependencies]{tests}")).into_keys().collect();
    assert!(!for_tests.is_empty(), "the manifest was not read");

    let shipped = needs(&read("Cargo.lock"), &for_tests);
    // What fuzzing brings turns on features, so there may be more.
    let fuzzed = needs(&read("fuzz/Cargo.lock"), &BTreeSet::new());
    assert!(shipped.len() > 400, "the lock file was not read: {shipped:?}");
    let missing: Vec<&String> = shipped.difference(&fuzzed).collect();
    assert!(
        missing.is_empty(),
        "fuzz/Cargo.lock is out of step: {missing:#?}\nin `fuzz`: cargo update PACKAGE --precise VERSION"
    );
}

#[test]
fn our_own_code_is_safe() {
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"] {
        assert!(read(manifest).contains("\nunsafe_code = \"forbid\""), "{manifest} lets unsafe code in");
    }
}
