//! The same everywhere: what is printed and what is written depends on the spec and the application alone.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

mod sandbox;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::SystemTime;

use sandbox::{Sandbox, Tree, said};
use serde::Deserialize;

const SPEC: &str = include_str!("cases/everything/spec.yaml");

/// Its name, its variables, and the umask.
type Circumstance = (&'static str, &'static [(&'static str, &'static str)], &'static str);

/// Circumstances: a name, variables, and the umask.
const CIRCUMSTANCES: &[Circumstance] = &[
    ("C", &[("LC_ALL", "C"), ("LANG", "C")], "022"),
    ("Turkish", &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8")], "022"),
    ("Latin-1", &[("LC_ALL", "de_DE.ISO-8859-1"), ("LANGUAGE", "de")], "022"),
    ("west", &[("TZ", "Pacific/Kiritimati")], "022"),
    ("east", &[("TZ", "America/Adak")], "022"),
    ("no zone", &[("TZ", ":/nothing")], "022"),
    ("private", &[], "077"),
    ("shared", &[], "002"),
    ("open", &[], "000"),
    ("another date", &[("SOURCE_DATE_EPOCH", "0"), ("FAKETIME", "1999-12-31")], "022"),
    ("another home", &[("HOME", "/nowhere"), ("USER", "nobody"), ("TMPDIR", "/nowhere")], "022"),
    ("narrow", &[("COLUMNS", "20"), ("TERM", "dumb")], "022"),
    ("1 thread", &[("RAYON_NUM_THREADS", "1")], "022"),
    ("2 threads", &[("RAYON_NUM_THREADS", "2")], "022"),
    ("3 threads", &[("RAYON_NUM_THREADS", "3")], "022"),
    ("4 threads", &[("RAYON_NUM_THREADS", "4")], "022"),
    ("5 threads", &[("RAYON_NUM_THREADS", "5")], "022"),
    ("6 threads", &[("RAYON_NUM_THREADS", "6")], "022"),
    ("7 threads", &[("RAYON_NUM_THREADS", "7")], "022"),
    ("8 threads", &[("RAYON_NUM_THREADS", "8")], "022"),
];

/// Runs a command under circumstances.
fn under(folder: &Sandbox, binary: &str, arguments: &[&str], circumstances: usize) -> Output {
    let (_, variables, umask) = CIRCUMSTANCES[circumstances];
    let script = format!("umask {umask}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, binary]).args(arguments).current_dir(&folder.0);
    command.env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE").envs(variables.iter().copied());
    command.output().expect("a shell")
}

const BINARY: &str = env!("CARGO_BIN_EXE_inngest-offload");

fn project(spec: &str) -> Sandbox {
    let folder = Sandbox::new("determinism");
    folder.write("spec/inngest-offload.yaml", spec);
    folder
}

#[cfg(unix)]
#[test]
fn outputs_are_the_same_whatever_is_around() {
    use std::os::unix::fs::PermissionsExt;
    let mut expected: Option<(Vec<u8>, Tree)> = None;
    for (index, (name, _, umask)) in CIRCUMSTANCES.iter().enumerate() {
        let folder = project(SPEC);
        let output = under(&folder, BINARY, &["generate"], index);
        assert!(output.status.success(), "{name}: {}", said(&output));
        let tree = folder.tree("");
        let umask = u32::from_str_radix(umask, 8).expect("octal");
        for path in tree.keys().filter(|path| !path.starts_with("spec/")) {
            let mode = fs::metadata(folder.path(path)).expect("a file").permissions().mode() & 0o777;
            assert_eq!(mode, 0o666 & !umask, "{name}: {path}");
        }
        let (words, files) = expected.get_or_insert((output.stdout.clone(), tree.clone()));
        assert!(*words == output.stdout, "{name}: other words");
        let differs: Vec<&String> = tree.keys().filter(|path| files.get(*path) != tree.get(*path)).collect();
        assert!(*files == tree, "{name}: {differs:?} differ");
    }
}

/// Somebody's permissions of a file outlast that it is written again.
#[cfg(unix)]
#[test]
fn permissions_of_a_file_that_is_there_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project(SPEC);
    folder.succeed(&["generate"]);
    let tree = folder.tree("");
    let path = tree.keys().find(|path| path.ends_with("contract.json")).expect("the contract");
    fs::set_permissions(folder.path(path), fs::Permissions::from_mode(0o640)).expect("mode");
    folder.write("spec/inngest-offload.yaml", SPEC.replacen("description: \"", "description: \"More. ", 1));
    folder.succeed(&["generate"]);
    assert_ne!(folder.tree("").get(path), tree.get(path), "it was to change");
    assert_eq!(fs::metadata(folder.path(path)).expect("a file").permissions().mode() & 0o777, 0o640);
}

/// What git makes of line ends: a spec with CRLF gives the same outputs, and outputs with CRLF are no drift.
#[test]
fn line_ends_of_git_make_no_difference() {
    let folder = project(SPEC);
    folder.succeed(&["generate"]);
    let mut expected = folder.tree("");
    expected.remove("spec/inngest-offload.yaml");
    let windows = project(&SPEC.replace('\n', "\r\n"));
    windows.succeed(&["generate"]);
    let mut tree = windows.tree("");
    tree.remove("spec/inngest-offload.yaml");
    assert!(tree == expected, "a spec with CRLF gives other outputs");
    for (path, bytes) in &tree {
        windows.write(path, String::from_utf8_lossy(bytes).replace('\n', "\r\n"));
    }
    let converted = windows.tree("");
    windows.succeed(&["check", "--only", "generated"]);
    let output = windows.succeed(&["generate"]);
    assert!(said(&output).contains("up to date") && windows.tree("") == converted, "{}", said(&output));
    // The next change of the spec gives LF again, in the files that it changes.
    windows.write("spec/inngest-offload.yaml", SPEC.replacen("description: \"", "description: \"More. ", 1));
    windows.succeed(&["generate"]);
    windows.succeed(&["check", "--only", "generated"]);
}

#[test]
fn another_working_directory_makes_no_difference() {
    let folder = project(SPEC);
    folder.succeed(&["generate"]);
    let expected = folder.tree("");
    for (here, arguments) in [
        ("a/b", vec!["generate"]),
        ("a/b", vec!["generate", "--root", "../.."]),
        ("", vec!["generate", "--spec", "./spec/../spec/inngest-offload.yaml"]),
        ("spec", vec!["generate", "--spec", "inngest-offload.yaml"]),
        ("spec", vec!["generate", "--root", "..", "--spec", "inngest-offload.yaml"]),
    ] {
        let other = project(SPEC);
        fs::create_dir_all(other.path(here)).expect("folder");
        let output = other.command(&arguments).current_dir(other.path(here)).output().expect("it runs");
        assert!(output.status.success(), "{}", said(&output));
        assert!(other.tree("") == expected, "{here}: {arguments:?}");
    }
}

#[derive(Deserialize)]
struct Mutant {
    app: String,
    file: Option<String>,
    old: Option<String>,
    new: Option<String>,
}

/// An application with a fault of every kind that can be put in by itself.
fn faulty_application() -> (Vec<(String, String)>, usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conform");
    let mut files = sandbox::tree(&root.join("apps/layered"));
    let mut applied = 0;
    let mut mutants: Vec<_> =
        fs::read_dir(root.join("mutants")).expect("mutants").map(|e| e.expect("entry").path()).collect();
    mutants.sort();
    for path in mutants {
        let all: Vec<Mutant> = serde_yaml::from_str(&fs::read_to_string(path).expect("text")).expect("mutants");
        let mut changed = Vec::new();
        for mutant in all.into_iter().filter(|mutant| mutant.app == "layered") {
            let (Some(file), Some(old), Some(new)) = (mutant.file, mutant.old, mutant.new) else { continue };
            // Several of one family in one file hide each other.
            let Some(bytes) = files.get_mut(&file).filter(|_| !changed.contains(&file)) else { continue };
            let text = String::from_utf8(bytes.clone()).expect("text");
            if text.matches(&old).count() == 1 {
                *bytes = text.replacen(&old, &new, 1).into_bytes();
                applied += 1;
                changed.push(file);
            }
        }
    }
    let text = |(path, bytes)| (path, String::from_utf8(bytes).expect("text"));
    (files.into_iter().map(text).collect(), applied)
}

#[cfg(unix)]
#[test]
fn findings_are_the_same_whatever_is_around() {
    let (files, applied) = faulty_application();
    assert!(applied >= 12, "only {applied} mutants");
    let spec = include_str!("conform/spec.yaml");
    let forwards = project(spec);
    let backwards = project(spec);
    // File systems list by age, by name or by hash: the files are made in opposite orders.
    files.iter().for_each(|(path, text)| forwards.write(path, text));
    files.iter().rev().for_each(|(path, text)| backwards.write(path, text));
    let mut expected: Option<Vec<u8>> = None;
    for (index, (name, ..)) in CIRCUMSTANCES.iter().enumerate() {
        for folder in [&forwards, &backwards] {
            let output = under(folder, BINARY, &["check", "--format", "json"], index);
            assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
            let expected = expected.get_or_insert(output.stdout.clone());
            assert!(*expected == output.stdout, "{name}: {}", said(&output));
        }
    }
    let report: serde_json::Value = serde_json::from_slice(&expected.expect("a report")).expect("JSON");
    let found = report["findings"].as_array().expect("findings").len();
    assert!(found >= 12, "only {found} findings");
}

/// Only where a release was built from what is here.
#[test]
fn a_release_gives_what_a_debug_build_gives() {
    fn newest(folder: &Path) -> SystemTime {
        let entries = fs::read_dir(folder).expect("folder").map(|entry| entry.expect("entry").path());
        let times = entries.map(|path| {
            if path.is_dir() { newest(&path) } else { fs::metadata(path).and_then(|m| m.modified()).expect("a time") }
        });
        times.max().unwrap_or(SystemTime::UNIX_EPOCH)
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let release = here.join("target/release/inngest-offload");
    let built = fs::metadata(&release).and_then(|metadata| metadata.modified());
    if !built.is_ok_and(|built| built > newest(&here.join("src")).max(newest(&here.join("templates")))) {
        use std::io::Write as _;
        return writeln!(std::io::stderr(), "left out: there is no release of what is here").expect("stderr");
    }
    let run = |binary: &Path| {
        let folder = project(SPEC);
        let output = Command::new(binary).arg("generate").current_dir(&folder.0).output().expect("it runs");
        (output.stdout, folder.tree(""))
    };
    assert!(run(&release) == run(Path::new(BINARY)), "a release gives something else");
}
