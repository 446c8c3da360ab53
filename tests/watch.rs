//! `--watch` as a process that real files change under: whatever way they are saved in, the last state is told,
//! and what the process writes itself is not told again.
//!
//! Nothing here waits for a time to pass but where it shows that nothing more is told.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

mod examples;
mod overlay;
#[path = "watch/watching.rs"]
mod watching;

use std::fs;
use std::io::Write;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use watching::{Folder, PATIENCE, SPEC, TARGETS, broken};

const CLEAN: &str = "spec/inngest-offload.yaml: 1 offload";

#[test]
fn every_way_to_save_is_noticed() {
    let folder = Folder::new("saves", SPEC);
    let mut watching = folder.watch(&["check", "--watch"]);
    let spec = folder.spec();

    folder.break_spec("truncated");
    watching.until("unknown key `truncated`");
    folder.mend_spec();
    watching.until(CLEAN);

    // vim, VS Code and others write another file and rename it.
    let beside = folder.path("spec/.inngest-offload.yaml.new");
    fs::write(&beside, broken("renamed")).expect("write");
    fs::rename(&beside, &spec).expect("rename");
    watching.until("unknown key `renamed`");

    // The old file is moved away first.
    fs::rename(&spec, folder.path("spec/inngest-offload.yaml~")).expect("rename");
    fs::write(&spec, broken("backed_up")).expect("write");
    watching.until("unknown key `backed_up`");

    fs::remove_file(&spec).expect("remove");
    folder.break_spec("made_anew");
    watching.until("unknown key `made_anew`");

    // In pieces, as a slow disk does.
    let mut file = fs::File::create(&spec).expect("create");
    for piece in broken("in_pieces").as_bytes().chunks(40) {
        file.write_all(piece).expect("write");
        file.sync_all().expect("sync");
    }
    drop(file);
    watching.until("unknown key `in_pieces`");
    folder.mend_spec();
    watching.until(CLEAN);
    watching.is_silent();
}

#[test]
fn of_many_saves_the_last_is_told() {
    let folder = Folder::new("burst", SPEC);
    let mut watching = folder.watch(&["check", "--watch"]);
    for round in 0..3 {
        for save in 0..200 {
            folder.break_spec(&format!("save_{round}_{save}"));
        }
        watching.until(&format!("unknown key `save_{round}_199`"));
    }
    folder.mend_spec();
    watching.until(CLEAN);
    watching.is_silent();
}

#[test]
fn what_is_saved_during_a_run_is_told() {
    // Enough offloads that a run is longer than the time between two saves.
    let more: String = (0..150)
        .map(|i| {
            format!(
                "  job-{i}:\n    kind: cron\n    priority: P1\n    route: /api/cron/job-{i}\n    schedule: \"*/5 * * * *\"\n    window: 5m\n    owners: []\n"
            )
        })
        .collect();
    let spec = SPEC.replacen("offloads:\n", &format!("offloads:\n{more}"), 1);
    let folder = Folder::new("during", &spec);
    let mut watching = folder.watch(&["check", "--watch", "--format", "text"]);
    for save in 0..60 {
        fs::write(folder.spec(), format!("{spec}save_{save}: 1\n")).expect("write");
        thread::sleep(Duration::from_millis(37));
    }
    watching.until("unknown key `save_59`");
    let after = watching.rest();
    assert!(!after.iter().any(|line| line.contains("save_") && !line.contains("save_59")), "{after:#?}");
}

#[test]
fn a_spec_that_goes_and_comes_back_is_told() {
    let folder = Folder::new("gone", SPEC);
    let mut watching = folder.watch(&["check", "--watch"]);
    fs::remove_file(folder.spec()).expect("remove");
    watching.until("cannot read spec/inngest-offload.yaml");
    folder.break_spec("back");
    watching.until("unknown key `back`");
    fs::remove_dir_all(folder.path("spec")).expect("remove");
    watching.until("cannot read spec/inngest-offload.yaml");
    folder.write("spec/inngest-offload.yaml", SPEC);
    watching.until(CLEAN);
    // The folder is another one now, and watched.
    folder.break_spec("again");
    watching.until("unknown key `again`");
}

#[test]
fn what_it_writes_itself_is_not_told_again() {
    let folder = Folder::new("echo", SPEC);
    let mut watching = folder.watch(&["generate", "--watch"]);
    watching.is_silent();
    fs::write(folder.spec(), format!("{SPEC}{TARGETS}")).expect("write");
    watching.until("wrote ");
    watching.is_silent();
    let page = folder.path("docs/inngest/contract.md");
    fs::remove_file(&page).expect("remove");
    watching.until("wrote 1 file, ");
    assert!(page.is_file());
    watching.is_silent();
    let text = fs::read_to_string(&page).expect("read");
    fs::write(&page, format!("{text}by hand\n")).expect("write");
    watching.until("changed by hand");
    watching.until("nothing was written");
    fs::write(&page, text).expect("write");
    watching.until("up to date");
    watching.is_silent();
}

#[test]
fn outputs_in_a_hidden_folder_are_watched() {
    let folder = Folder::new("hidden", &format!("{SPEC}targets: {{ docs: {{ out: .docs/inngest }} }}\n"));
    let mut watching = folder.watch(&["generate", "--watch"]);
    fs::remove_file(folder.path(".docs/inngest/contract.md")).expect("remove");
    watching.until("wrote 1 file, ");
    fs::remove_dir_all(folder.path(".docs")).expect("remove");
    watching.until("wrote ");
    fs::remove_file(folder.path(".docs/inngest/contract.md")).expect("remove");
    watching.until("wrote 1 file, ");
    watching.is_silent();
}

#[test]
fn templates_are_watched_wherever_they_are() {
    let folder = Folder::new("templates", &format!("{SPEC}{TARGETS}"));
    let eject = ["templates", "eject", ".own/templates", "docs/contract.md.j2"];
    let ejected = Command::new(env!("CARGO_BIN_EXE_inngest-offload")).args(eject).current_dir(&folder.0).status();
    assert!(ejected.expect("it runs").success());
    let mut watching = folder.watch(&["generate", "--watch", "--templates", ".own/templates"]);
    let template = folder.path(".own/templates/docs/contract.md.j2");
    let text = fs::read_to_string(&template).expect("read");
    fs::write(&template, format!("{text}\nOurs.\n")).expect("write");
    watching.until("wrote 1 file, ");
    fs::write(&template, "{% if %}").expect("write");
    watching.until("error[");
    watching.until("nothing was written");
    fs::write(&template, text).expect("write");
    watching.until("wrote 1 file, ");
    watching.is_silent();
}

#[test]
fn reports_that_it_writes_are_not_its_own_input() {
    let folder = Folder::with_application("reports");
    let mut watching =
        folder.watch(&["check", "--watch", "--output", "json=report.json", "--output", "sarif=lib/report.ts"]);
    watching.is_silent();
    folder.break_spec("told");
    watching.until("unknown key `told`");
    watching.until("1 error");
    watching.is_silent();
    assert!(fs::read_to_string(folder.path("report.json")).expect("report").contains("unknown key `told`"));
}

#[test]
fn code_is_watched_also_in_folders_that_come_later() {
    let folder = Folder::with_application("folders");
    let mut watching = folder.watch(&["check", "--watch"]);
    let route = "app/api/cron/nightly-report";
    fs::rename(folder.path(route), folder.path("elsewhere")).expect("rename");
    watching.until("error[route-missing]");
    fs::rename(folder.path("elsewhere"), folder.path(route)).expect("rename");
    watching.until("the code agrees");
    // Saved in the folder that was moved away and back.
    let text = fs::read_to_string(folder.path(&format!("{route}/route.ts"))).expect("read");
    folder.write(&format!("{route}/route.ts"), "export {");
    watching.until("error[code-not-readable]");
    folder.write(&format!("{route}/route.ts"), &text);
    watching.until("the code agrees");
    // A folder in a folder in a folder, all new.
    folder.write("lib/a/b/c/new.ts", "export const a = 1;\n");
    watching.until("the code agrees");
    watching.rest();
    folder.write("lib/a/b/c/new.ts", "export const a = 2;\n");
    watching.until("the code agrees");
    watching.is_silent();
}

#[test]
fn what_is_installed_or_left_by_tools_is_not_watched() {
    let folder = Folder::with_application("installed");
    for place in ["node_modules/pkg", ".git", ".next/server", "app/node_modules/pkg"] {
        folder.write(&format!("{place}/before.ts"), "");
    }
    let mut watching = folder.watch(&["check", "--watch"]);
    for place in ["node_modules/pkg", ".git", ".next/server", "app/node_modules/pkg", ".turbo/new", "node_modules/new"]
    {
        folder.write(&format!("{place}/before.ts"), "export {");
    }
    folder.write("app/.route.ts.swp", "swap");
    folder.write("app/4913", "");
    watching.is_silent();
}

#[test]
fn a_spec_that_lies_elsewhere_is_watched() {
    let folder = Folder::with_application("elsewhere");
    let other = Folder::new("elsewhere-spec", SPEC);
    let spec = other.path("contract.yaml");
    fs::copy(folder.spec(), &spec).expect("copy");
    let text = fs::read_to_string(&spec).expect("read");
    let mut watching = folder.watch(&["check", "--watch", "--root", ".", "--spec", spec.to_str().expect("text")]);
    fs::write(&spec, format!("{text}elsewhere: 1\n")).expect("write");
    watching.until("unknown key `elsewhere`");
    // Beside it is nothing that concerns it; under the root is.
    other.break_spec("beside");
    watching.rest();
    fs::write(&spec, text).expect("write");
    watching.until("the code agrees");
    folder.write("vercel.json", "{");
    watching.until("error[code-not-readable]");
}

#[test]
fn bytes_that_are_no_text_are_told_and_survived() {
    let folder = Folder::with_application("bytes");
    let mut watching = folder.watch(&["check", "--watch"]);
    let text = fs::read(folder.spec()).expect("read");
    fs::write(folder.spec(), b"version: 1\nname: \xff\n").expect("write");
    watching.until("error[yaml-not-utf8]");
    fs::write(folder.spec(), b"").expect("write");
    watching.until("error[yaml-empty]");
    fs::write(folder.spec(), text).expect("write");
    watching.until("the code agrees");
    fs::write(folder.path("lib/\u{e4}.ts"), b"// inngest \xff").expect("write");
    watching.until("1 ");
}

/// Ctrl-C; where whoever started the tests lets everything below ignore it, as shells do in the background, the
/// signal by which they end it.
fn interrupt() -> (&'static str, i32) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    if ignored & 0b10 == 0 { ("-INT", 2) } else { ("-TERM", 15) }
}

#[test]
fn an_interrupt_ends_it_and_leaves_nothing_behind() {
    let folder = Folder::new("interrupt", &format!("{SPEC}{TARGETS}"));
    let mut watching = folder.watch(&["generate", "--watch"]);
    let pid = watching.child.id().to_string();
    let (name, number) = interrupt();
    assert!(Command::new("kill").args([name, &pid]).status().expect("kill").success());
    let status = watching.child.wait().expect("it ends");
    // A shell says 128 more: 130 after Ctrl-C.
    assert_eq!((status.code(), status.signal()), (None, Some(number)));
    let left: Vec<_> = fs::read_dir(folder.path("docs/inngest")).expect("folder").flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().starts_with('.')), "{left:?}");
}

#[test]
fn a_reader_that_goes_away_ends_it() {
    let folder = Folder::new("reader", SPEC);
    let mut child = Command::new(env!("CARGO_BIN_EXE_inngest-offload"))
        .args(["check", "--watch"])
        .current_dir(&folder.0)
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("wait") {
            break status;
        }
        assert!(began.elapsed() < PATIENCE, "it goes on though nobody reads");
        // Until a save makes it say something.
        fs::write(folder.spec(), SPEC).expect("write");
        thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(status.code(), Some(0));
}

#[test]
fn a_stream_that_is_no_terminal_is_not_cleared() {
    let folder = Folder::new("clear", SPEC);
    let mut watching = folder.watch(&["check", "--watch", "--color", "never"]);
    folder.break_spec("told");
    watching.until("unknown key `told`");
    watching.until("1 error");
    assert!(!watching.seen.iter().any(|line| line.contains('\u{1b}')), "{:#?}", watching.seen);
    assert!(Path::new(&folder.0).is_dir());
}

#[test]
fn without_a_spec_there_is_nothing_to_wait_for() {
    let folder = Folder::new("none", SPEC);
    fs::remove_dir_all(folder.path("spec")).expect("remove");
    let output = Command::new(env!("CARGO_BIN_EXE_inngest-offload"))
        .args(["check", "--watch"])
        .current_dir(&folder.0)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(2));
}
