//! What changes begin with: the specs, applications and templates of this repository, which are a corpus already.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// Where this repository is.
pub fn repository() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let above = here.parent().filter(|_| here.join("fuzz_targets").is_dir());
        above.unwrap_or(here).to_owned()
    });
    &ROOT
}

fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files in a folder and below, by their path in it.
fn walk(folder: &Path) -> BTreeMap<String, PathBuf> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_string_lossy().replace('\\', "/");
                files.insert(name, path);
            }
        }
    }
    files
}

/// Every spec that the tests have, sound and not.
pub static SPECS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut all = vec![
        read(&repository().join("spec/inngest-offload.yaml")),
        read(&repository().join("tests/conform/spec.yaml")),
        inngest_offload::rule::BASE.as_bytes().to_vec(),
    ];
    let cases = walk(&repository().join("tests/cases"));
    all.extend(cases.iter().filter(|(name, _)| name.ends_with("/spec.yaml")).map(|(_, path)| read(path)));
    all
});

/// A spec, and the files of an application beside it.
type Seed = (Vec<u8>, BTreeMap<String, String>);

/// Applications with the specs that they agree with: the smallest one, and both of the tests of conformance.
pub static APPLICATIONS: LazyLock<Vec<Seed>> = LazyLock::new(|| {
    let example = format!("\n{}", inngest_offload::rule::APPLICATION);
    let example = example.split("\n=== ").skip(1).filter_map(|section| section.split_once('\n'));
    let example = example.map(|(path, text)| (path.to_owned(), format!("{text}\n"))).collect();
    let mut all = vec![(inngest_offload::rule::BASE.as_bytes().to_vec(), example)];
    for app in ["inline", "layered"] {
        let files = walk(&repository().join("tests/conform/apps").join(app));
        let text = |path: &Path| String::from_utf8(read(path)).expect("text");
        let files = files.into_iter().map(|(name, path)| (name, text(&path))).collect();
        all.push((read(&repository().join("tests/conform/spec.yaml")), files));
    }
    all
});

/// The committed inputs of a target.
pub fn corpus(target: &str) -> Vec<Vec<u8>> {
    walk(&repository().join("fuzz/corpus").join(target)).values().map(|path| read(path)).collect()
}
