//! Nothing is lost: the real binary is killed, refused and interfered with at every call that it makes to the disk.
//!
//! A library that is loaded before libc (`tests/interrupted/faults.c`) does that, so the product knows nothing of it.
//! Without Linux or a C compiler these tests say that they were left out. `KILLS=200` kills so often at random.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

mod sandbox;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use sandbox::{Sandbox, Tree, said};

const SPEC: &str = include_str!("../src/rule/example.yaml");
const TARGETS: &str = r#"targets:
  typescript: { out: lib/gen, handlers: lib/functions, sdk: 4, client: { module: "@/lib/client", export: inngest } }
  schemas: { out: schemas }
  docs: { out: docs }
"#;
const MINE: &str = "// written by a person\n";

/// The spec of before, and the one of after: another window, another folder, one folder no more.
fn specs() -> (String, String) {
    let before = format!("{SPEC}{TARGETS}");
    let after = before.replace("window: 5m", "window: 10m").replace("*/5 *", "*/10 *").replace("lib/gen", "lib/made");
    (before, after)
}

/// The library, when it can be made here.
fn faults() -> Option<&'static str> {
    static MADE: OnceLock<Option<(String, Sandbox)>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = Sandbox::new("faults");
        let library = folder.path("faults.so").to_string_lossy().into_owned();
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interrupted/faults.c");
        let made =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o", &library, source, "-ldl", "-pthread"]).output();
        match made {
            Ok(output) => assert!(output.status.success(), "{}", said(&output)),
            Err(error) => {
                say(&format!("left out: there is no C compiler `cc`: {error}"));
                return None;
            }
        }
        Some((library, folder))
    });
    made.as_ref().map(|(library, _)| library.as_str())
}

/// Tells also where nothing failed: the harness keeps `println!` to itself.
fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("stderr");
}

fn faulty(folder: &Sandbox, library: &str, set: &[(&str, &str)]) -> Output {
    let mut command = folder.command(&["generate"]);
    command.env("LD_PRELOAD", library).env("FAULT_ROOT", &folder.0).envs(set.iter().copied());
    command.output().expect("the binary runs")
}

/// A tree as it is before a run, what the run makes of it, and what it asks of the disk on the way.
struct Scene {
    before: Tree,
    after: Tree,
    calls: Vec<String>,
}

impl Scene {
    /// A change of the spec over what the spec of before gave, with files of a person in every folder; or all from
    /// nothing.
    fn new(library: &str, from_nothing: bool, opens: bool) -> Self {
        let (old, new) = specs();
        let folder = Sandbox::new("scene");
        if !from_nothing {
            folder.write("spec/inngest-offload.yaml", old);
            folder.succeed(&["generate"]);
            for own in folder.tree("").keys().filter(|path| path.starts_with("lib/functions/")) {
                folder.write(own, MINE);
            }
            for own in ["lib/gen/own.ts", "docs/own.md", "schemas/own.json"] {
                folder.write(own, MINE);
            }
        }
        folder.write("spec/inngest-offload.yaml", new);
        let before = folder.tree("");
        let log = Sandbox::new("log");
        let path = log.path("calls").to_string_lossy().into_owned();
        let mut set = vec![("FAULT_LOG", path.as_str())];
        if opens {
            set.push(("FAULT_OPENS", "1"));
        }
        let output = faulty(&folder, library, &set);
        assert!(output.status.success(), "{}", said(&output));
        let calls = fs::read_to_string(path).expect("calls").lines().map(str::to_owned).collect();
        folder.succeed(&["check"]);
        Self { before, after: folder.tree(""), calls }
    }

    /// Each file is the old one or the new one. What is left beside them has a name that no output has.
    fn holds(&self, now: &Tree) -> Result<(), String> {
        for (path, bytes) in now {
            let known = [&self.before, &self.after].iter().any(|tree| tree.get(path) == Some(bytes));
            if !known && !path.contains("/.inngest-offload-") {
                return Err(format!("{path} is neither the old one nor the new one"));
            }
        }
        for (path, bytes) in &self.before {
            let lost = self.after.get(path) == Some(bytes) && now.get(path) != Some(bytes);
            if lost {
                return Err(format!("{path} is gone or another one, though nothing asked for it"));
            }
        }
        Ok(())
    }

    /// `check` tells what is missing, and the next run finishes the work and leaves nothing behind.
    fn is_finished_by_the_next_run(&self, folder: &Sandbox) -> Result<(), String> {
        let complete =
            folder.tree("").into_iter().filter(|(path, _)| !path.contains("/.inngest-offload-")).collect::<Tree>();
        let check = folder.run(&["check"]);
        let expected = i32::from(complete != self.after);
        if check.status.code() != Some(expected) {
            return Err(format!("`check` ended with {:?} instead of {expected}: {}", check.status, said(&check)));
        }
        let next = folder.run(&["generate"]);
        let now = folder.tree("");
        if !next.status.success() || now != self.after {
            let differs: Vec<&String> =
                now.keys().chain(self.after.keys()).filter(|p| now.get(*p) != self.after.get(*p)).collect();
            return Err(format!("the next run did not finish: {differs:?} {}", said(&next)));
        }
        Ok(())
    }
}

/// Does something at every call, each in a tree of its own.
fn at_every_call(scene: &Scene, try_at: impl Fn(&Sandbox, &str, &str) -> Result<(), String> + Sync) {
    let faults: Vec<String> = (1..=scene.calls.len())
        .into_par_iter()
        .filter_map(|at| {
            let folder = Sandbox::new("at");
            folder.become_like(&scene.before);
            let call = &scene.calls[at - 1];
            try_at(&folder, &at.to_string(), call).err().map(|fault| format!("call {at} ({call}): {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), scene.calls.len(), faults.join("\n"));
}

#[test]
fn killed_at_every_call() {
    let Some(library) = faults() else { return };
    for from_nothing in [false, true] {
        let scene = Scene::new(library, from_nothing, false);
        let kinds: BTreeSet<&str> = scene.calls.iter().filter_map(|call| call.split(' ').next()).collect();
        let all = if from_nothing {
            vec!["create", "mkdir", "rename", "write"]
        } else {
            vec!["create", "mkdir", "rename", "unlink", "write"]
        };
        assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all, "calls that are not seen are not tried");
        for how in ["kill", "half"] {
            at_every_call(&scene, |folder, at, _| {
                let output = faulty(folder, library, &[("FAULT_AT", at), ("FAULT_HOW", how)]);
                if output.status.signal() != Some(9) {
                    return Err(format!("it was not killed: {}", said(&output)));
                }
                scene.holds(&folder.tree(""))?;
                scene.is_finished_by_the_next_run(folder)
            });
        }
        say(&format!("killed before and in the middle of each of {} calls", scene.calls.len()));
    }
}

#[test]
fn refused_at_every_call() {
    let Some(library) = faults() else { return };
    let scene = Scene::new(library, false, false);
    // ENOSPC from there on, EACCES from there on, EIO once: what else may be is dealt with alike.
    for (errno, for_ever) in [("28", true), ("13", true), ("5", false)] {
        at_every_call(&scene, |folder, at, _| {
            let mut set = vec![("FAULT_AT", at), ("FAULT_HOW", errno)];
            if for_ever {
                set.push(("FAULT_FROM", "1"));
            }
            let output = faulty(folder, library, &set);
            let words = said(&output);
            if output.status.code() != Some(2)
                || !words.contains("inngest-offload: cannot ")
                || !words.contains("generate` again")
            {
                return Err(format!("exit {:?}: {words}", output.status.code()));
            }
            let changed =
                folder.tree("").into_iter().filter(|(path, _)| !path.contains("/.inngest-offload-")).collect::<Tree>()
                    != scene.before;
            if words.contains("No file was changed") == changed {
                return Err(format!("it says what is not so: {words}"));
            }
            if !for_ever && folder.tree("").keys().any(|path| path.contains("/.inngest-offload-")) {
                return Err("it left something behind".to_owned());
            }
            scene.holds(&folder.tree(""))?;
            scene.is_finished_by_the_next_run(folder)
        });
    }
}

#[test]
fn a_file_system_that_cannot_rename_to_free_names_only() {
    let Some(library) = faults() else { return };
    let scene = Scene::new(library, true, false);
    at_every_call(&scene, |folder, at, call| {
        if !call.starts_with("rename ") {
            return Ok(());
        }
        // EINVAL: what such a file system says.
        let output = faulty(folder, library, &[("FAULT_AT", at), ("FAULT_HOW", "22")]);
        if output.status.success() && folder.tree("") == scene.after { Ok(()) } else { Err(said(&output)) }
    });
}

#[test]
fn a_person_who_writes_meanwhile_keeps_what_they_wrote() {
    let Some(library) = faults() else { return };
    for from_nothing in [true, false] {
        let scene = Scene::new(library, from_nothing, false);
        for file in ["docs/contract.md", "lib/gen/keys.ts", "lib/made/keys.ts", "lib/functions/nightly-report.ts"] {
            let run = format!("mkdir -p $(dirname {file}) && echo mine > .own && mv .own {file}");
            let (above, name) = file.rsplit_once('/').expect("a folder");
            at_every_call(&scene, |folder, at, call| {
                // The text is compared, then the name is given: between those two calls nobody can look.
                let verb = call.split(' ').next().unwrap_or_default();
                let ends = format!("/{above} {name}");
                let window = matches!(verb, "rename" | "unlink") && call.ends_with(&ends);
                let window = window && scene.before.contains_key(file);
                if window {
                    return Ok(());
                }
                let output = faulty(folder, library, &[("FAULT_AT", at), ("FAULT_HOW", "run"), ("FAULT_RUN", &run)]);
                match folder.tree("").get(file) {
                    Some(text) if text == b"mine\n" => Ok(()),
                    other => Err(format!(
                        "{file} is {:?}: {}",
                        other.map(|b| String::from_utf8_lossy(b).chars().take(40).collect::<String>()),
                        said(&output)
                    )),
                }
            });
        }
    }
}

#[test]
fn a_link_that_is_put_there_meanwhile_leads_nowhere() {
    let Some(library) = faults() else { return };
    let scene = Scene::new(library, false, true);
    for swapped in ["docs", "schemas", "lib", "lib/gen", "lib/made", "lib/functions"] {
        at_every_call(&scene, |folder, at, _| {
            let outside = Sandbox::new("outside");
            for name in ["contract.md", "contract.json", "keys.ts", "own.md", "gen/keys.ts"] {
                outside.write(name, "not yours\n");
            }
            let before = outside.tree("");
            let run =
                format!("if [ -d {swapped} ]; then mv {swapped} away; fi; ln -s {} {swapped}", outside.0.display());
            let set = [("FAULT_AT", at), ("FAULT_HOW", "run"), ("FAULT_RUN", &run), ("FAULT_OPENS", "1")];
            let output = faulty(folder, library, &set);
            if outside.tree("") != before {
                return Err(format!("{swapped}: something outside changed: {}", said(&output)));
            }
            let read = folder.tree("").iter().any(|(path, bytes)| !path.starts_with("away") && bytes == b"not yours\n");
            if read || said(&output).contains("not yours") {
                Err("something outside was read".to_owned())
            } else {
                Ok(())
            }
        });
    }
}

#[test]
fn a_folder_that_comes_where_a_file_goes_is_told() {
    let Some(library) = faults() else { return };
    let scene = Scene::new(library, true, false);
    let run = "mkdir -p docs/contract.md/inside";
    at_every_call(&scene, |folder, at, call| {
        if call.starts_with("write") || (call.starts_with("rename") && !call.ends_with("contract.md")) {
            return Ok(());
        }
        let output = faulty(folder, library, &[("FAULT_AT", at), ("FAULT_HOW", "run"), ("FAULT_RUN", run)]);
        let told = output.status.code() == Some(2) && said(&output).contains("docs/contract.md");
        if told && folder.path("docs/contract.md/inside").is_dir() { Ok(()) } else { Err(said(&output)) }
    });
}

/// A spec of many offloads, with `window` as their window.
fn large(offloads: usize, window: &str) -> String {
    let mut text = "version: 1\nname: large\n".to_owned() + TARGETS + "offloads:\n";
    let mut rollout = "rollout:\n".to_owned();
    for n in 0..offloads {
        text.push_str(&format!(
            "  job-{n}:\n    kind: cron\n    priority: P1\n    route: /api/cron/job-{n}\n    schedule: \"0 * * * *\"\n    window: {window}\n    owners: [app/api/cron/job-{n}/route.ts]\n"
        ));
        rollout.push_str(&format!("  - {{ offload: job-{n}, step: convert }}\n"));
    }
    let ledger = &SPEC[SPEC.find("ledger:").expect("a ledger")..];
    text + &rollout + ledger
}

#[test]
fn killed_at_random_times() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(8);
    let specs = [large(1_000, "1h"), large(1_000, "30m")];
    let folder = Sandbox::new("random");
    let mut trees = Vec::new();
    let mut took = Duration::ZERO;
    for spec in &specs {
        folder.write("spec/inngest-offload.yaml", spec);
        let began = Instant::now();
        folder.succeed(&["generate"]);
        took = began.elapsed();
        let mut tree = folder.tree("");
        tree.remove("spec/inngest-offload.yaml");
        trees.push(tree);
    }
    assert!(trees[0].len() > 3_000, "{} files", trees[0].len());
    folder.write("docs/own.md", MINE);
    // Any numbers do; the same ones each time are easier to look into.
    let mut state = 0x9e37_79b9_u64;
    let (mut killed, mut round) = (0, 0);
    while killed < kills {
        assert!(round < 20 * kills, "only {killed} of {round} were killed");
        folder.write("spec/inngest-offload.yaml", &specs[round % 2]);
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = took.mul_f64((state >> 33) as f64 / f64::from(1_u32 << 31));
        let mut child =
            folder.command(&["generate"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        let began = Instant::now();
        thread::sleep(wait);
        child.kill().expect("killed");
        if child.wait().expect("ended").signal() == Some(9) {
            killed += 1;
        } else {
            // The machine is less busy than it was.
            took = took.min(began.elapsed()).mul_f64(0.8);
        }
        for (path, bytes) in folder.tree("") {
            let known = trees.iter().any(|tree| tree.get(&path) == Some(&bytes))
                || path.starts_with("spec/")
                || path.contains("/.inngest-offload-")
                || (path == "docs/own.md" && bytes == MINE.as_bytes());
            assert!(known, "round {round}, after {wait:?}: {path} is neither the old one nor the new one");
        }
        round += 1;
    }
    say(&format!("killed {killed} of {round} times within {took:?}"));
    folder.write("spec/inngest-offload.yaml", &specs[0]);
    folder.succeed(&["generate"]);
    folder.succeed(&["check"]);
    let mut now = folder.tree("");
    assert_eq!(now.remove("docs/own.md").as_deref(), Some(MINE.as_bytes()));
    now.remove("spec/inngest-offload.yaml");
    assert!(now == trees[0], "something is left of the killed runs");
}

#[test]
fn two_at_once_are_one_after_the_other() {
    let specs = [large(40, "1h"), large(40, "30m")];
    let folder = Sandbox::new("two");
    for round in 0..6 {
        folder.write("spec/inngest-offload.yaml", &specs[round % 2]);
        let runs: Vec<_> = (0..4)
            .map(|_| {
                folder.command(&["generate"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs")
            })
            .collect();
        let outputs: Vec<Output> = runs.into_iter().map(|run| run.wait_with_output().expect("ended")).collect();
        for output in &outputs {
            assert!(output.status.success(), "{}", said(output));
        }
        let wrote = outputs.iter().filter(|output| said(output).contains("wrote ")).count();
        assert_eq!(wrote, 1, "each found other work");
        folder.succeed(&["check"]);
        assert!(!folder.tree("").keys().any(|path| path.contains(".inngest-offload-")));
    }
}

#[test]
fn a_spec_that_changes_while_it_is_read_is_the_old_one_or_the_new_one() {
    let specs = [large(60, "1h"), large(60, "30m")];
    let folder = Sandbox::new("changing");
    let mut trees = Vec::new();
    for spec in &specs {
        folder.write("spec/inngest-offload.yaml", spec);
        folder.succeed(&["generate"]);
        let mut tree = folder.tree("");
        tree.remove("spec/inngest-offload.yaml");
        trees.push(tree);
    }
    let path = folder.path("spec/inngest-offload.yaml");
    let done = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0.. {
                if done.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                // In place, as some editors save: there is nothing in it for a moment.
                fs::write(&path, &specs[round % 2]).expect("spec");
                thread::sleep(Duration::from_millis(3));
            }
        });
        for _ in 0..12 {
            let output = folder.run(&["generate"]);
            let ended = output.status.code();
            assert!(matches!(ended, Some(0..=2)), "{}", said(&output));
            let mut now = folder.tree("");
            now.remove("spec/inngest-offload.yaml");
            assert!(trees.contains(&now), "{ended:?}: half a spec was carried out: {}", said(&output));
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    folder.succeed(&["generate"]);
}

#[test]
fn no_permission_is_told_and_nothing_changes() {
    let (old, new) = specs();
    let folder = Sandbox::new("permission");
    let binary = folder.path("binary");
    fs::copy(env!("CARGO_BIN_EXE_inngest-offload"), &binary).expect("a copy");
    let project = Sandbox(folder.path("project"));
    project.write("spec/inngest-offload.yaml", old);
    project.succeed(&["generate"]);
    project.write("spec/inngest-offload.yaml", new);
    let before = project.tree("");
    fs::set_permissions(project.path("docs"), fs::Permissions::from_mode(0o555)).expect("mode");
    let mut command = Command::new(&binary);
    command.arg("generate").current_dir(&project.0);
    if fs::metadata("/proc/self").expect("own process").uid() == 0 {
        // Permissions are nothing to root: somebody else, who may write to all but `docs`.
        command.uid(65_534).gid(65_534);
        let chown = Command::new("chown").args(["-R", "65534:65534"]).arg(&project.0).status().expect("chown");
        assert!(chown.success());
    }
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("cannot write docs/") && said(&output).contains("No file was changed"),
        "{}",
        said(&output)
    );
    assert!(project.tree("") == before);
    fs::set_permissions(project.path("docs"), fs::Permissions::from_mode(0o755)).expect("mode");
    project.succeed(&["generate"]);
    project.succeed(&["check"]);
}

/// On a real file system of its own: too small, then not to be written to, then as it should be.
#[test]
fn a_disk_that_is_full_or_read_only() {
    let script = r#"set -e
mount -t tmpfs -o size=96k,mode=755 none "$1"
cp -r "$2"/. "$1"
cd "$1"
set +e
"$3" generate; echo "full: $?"; find . -name '.inngest-offload-*' | sed 's/^/left: /'; ls
mount -o remount,ro,size=96k "$1" && "$3" generate; echo "read-only: $?"
mount -o remount,rw,size=64m "$1"; "$3" generate; echo "room: $?"
"$3" check; echo "check: $?"
"#;
    let (old, _) = specs();
    let (source, mount) = (Sandbox::new("source"), Sandbox::new("mount"));
    source.write("spec/inngest-offload.yaml", old);
    let may = Command::new("unshare").args(["--user", "--map-root-user", "--mount", "true"]).output();
    if !may.is_ok_and(|output| output.status.success()) {
        return say("left out: nothing can be mounted here");
    }
    let output = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"])
        .args([&mount.0, &source.0])
        .arg(env!("CARGO_BIN_EXE_inngest-offload"))
        .env("NO_COLOR", "1")
        .output()
        .expect("a shell");
    let words = said(&output);
    for line in ["full: 2", "read-only: 2", "room: 0", "check: 0"] {
        assert!(words.lines().any(|said| said == line), "no `{line}` in:\n{words}");
    }
    assert!(words.contains("No space left") && words.contains("Read-only") && !words.contains("left: "), "{words}");
    assert_eq!(words.matches("No file was changed").count(), 2, "{words}");
}

#[test]
fn what_a_killed_run_has_left_goes_with_the_next_that_finds_it() {
    let (old, _) = specs();
    let folder = Sandbox::new("left");
    folder.write("spec/inngest-offload.yaml", old);
    folder.succeed(&["generate"]);
    let whole = folder.tree("");
    for path in ["docs", "lib/gen", "lib/functions", "schemas"] {
        folder.write(&format!("{path}/.inngest-offload-1-0.tmp"), "half");
    }
    symlink("/etc/passwd", folder.path("docs/.inngest-offload-1-1.tmp")).expect("a link");
    folder.succeed(&["check"]);
    folder.succeed(&["generate"]);
    fs::remove_file(folder.path("docs/.inngest-offload-1-1.tmp")).expect("a link is nobody's leftover");
    assert!(folder.tree("") == whole);
}
