//! Nothing is lost: the real binary is killed, refused and interfered with at every call that it makes to the disk.
//!
//! A library that is loaded before libc (`tests/interrupted/faults.c`) does that, so the product knows nothing of it.
//! Without Linux or a C compiler these tests say that they were left out. `KILLS=200` kills so often at random.

#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

#[path = "interrupted/disk.rs"]
mod disk;
#[path = "interrupted/processes.rs"]
mod processes;
mod sandbox;
#[path = "interrupted/scene.rs"]
mod scene;

use std::collections::BTreeSet;
use std::os::unix::process::ExitStatusExt;

use sandbox::{Sandbox, Tree, said};
use scene::{Scene, at_every_call, faults, faulty, say};

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
