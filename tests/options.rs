//! What can be asked for: each command has the options that mean something to it, and `explain` knows every name.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SPEC: &str = include_str!("../src/rule/example.yaml");

struct Folder(PathBuf);

impl Folder {
    fn with_spec(name: &str, spec: &str) -> Self {
        let path = std::env::temp_dir().join(format!("inngest-offload-options-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("spec")).expect("folder");
        fs::write(path.join("spec/inngest-offload.yaml"), spec).expect("spec");
        Self(path)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        run_in(&self.0, arguments)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_inngest-offload"));
    command.args(arguments).current_dir(folder).output().expect("the binary runs")
}

/// In this repository.
fn own(arguments: &[&str]) -> Output {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_command_has_the_options_that_mean_something_to_it_and_refuses_the_others() {
    let at = "2026-02-18T05:59:49Z";
    for arguments in [&["explain", "response-timing"][..], &["key", "response-timing", "--at", at]] {
        for format in ["github", "sarif", "markdown"] {
            let output = own(&[arguments, &["--format", format]].concat());
            assert_eq!(output.status.code(), Some(2), "{arguments:?} {format}");
            assert!(text(&output.stderr).contains("[possible values: text, json]"), "{}", text(&output.stderr));
        }
        let data = own(&[arguments, &["--format", "json"]].concat()).stdout;
        serde_json::from_slice::<serde_json::Value>(&data).expect("JSON");
    }
    assert!(text(&own(&["rules", "--format", "markdown"]).stdout).starts_with("# Rules\n"));
    let page = text(&own(&["rules", "yaml-alias", "--format", "markdown"]).stdout);
    assert!(page.starts_with("# `yaml-alias`\n\n"), "{page}");
    assert_eq!(own(&["rules", "--format", "sarif"]).status.code(), Some(2));
    let listed = own(&["templates", "list", "--format", "json"]).stdout;
    assert!(serde_json::from_slice::<Vec<String>>(&listed).expect("JSON").len() > 10);
    let faulty = Folder::with_spec("explain-faulty", "version: 1\n");
    let output = faulty.run(&["explain", "a", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("\"findings\""), "{}", text(&output.stdout));
    // What a command does not have is not in its help either.
    let common = ["--spec", "--root", "--format", "--output", "--color", "--quiet"];
    for (command, has) in [
        ("man", &[][..]),
        ("schema", &[]),
        ("completions", &[]),
        ("rules", &["--format"]),
        ("lsp", &["--spec", "--root"]),
        ("init", &["--spec", "--root", "--format", "--quiet"]),
        ("explain", &["--spec", "--root", "--format", "--color"]),
        ("key", &["--spec", "--root", "--format", "--color"]),
        ("check", &common),
        ("diff", &common),
        ("generate", &common),
    ] {
        let help = text(&own(&[command, "--help"]).stdout);
        let options = help.lines().filter(|line| line.trim_start().starts_with('-'));
        let options: Vec<&str> = options.flat_map(str::split_whitespace).collect();
        for option in common {
            assert_eq!(options.contains(&option), has.contains(&option), "{command} {option}\n{help}");
        }
    }
}

#[test]
fn explain_finds_offloads_by_their_flag_event_function_and_payload() {
    let folder = Folder::with_spec("explain-names", SPEC);
    for (name, kind) in [
        ("CRON_NIGHTLY_REPORT_USE_INNGEST", "flag"),
        ("cron/nightly-report.requested", "event"),
        ("cron-nightly-report", "function"),
        ("BackgroundDispatchEventData", "payload"),
    ] {
        let said = text(&folder.run(&["explain", name]).stdout);
        assert!(
            said.starts_with(&format!("{name} is a {kind} of `nightly-report`\n\nnightly-report\n  kind")),
            "{said}"
        );
        let data = folder.run(&["explain", name, "--format", "json"]).stdout;
        let data: serde_json::Value = serde_json::from_slice(&data).expect("JSON");
        assert_eq!((&data["kind"], &data["offloads"][0]["offload"]), (&kind.into(), &"nightly-report".into()));
    }
    let refused = |name: &str| {
        let output = folder.run(&["explain", name]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        text(&output.stderr)
    };
    let close = refused("CRON_NIGHTLY_REPORT_USE_INGEST");
    assert!(close.contains("did you mean `CRON_NIGHTLY_REPORT_USE_INNGEST`?"), "{close}");
    let unknown = refused("x");
    assert!(unknown.contains("the offloads are `nightly-report`"), "{unknown}");
}

#[test]
fn several_parts_are_checked_at_once() {
    let folder = Folder::with_spec("parts", SPEC);
    let output = folder.run(&["check", "--only", "spec,generated"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let output = folder.run(&["check", "--only", "spec", "--only", "code"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("there is no application"), "{}", text(&output.stderr));
}
