//! The commands as a shell sees them: exit codes, streams, colour, input that no file could hold.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SPEC: &str = include_str!("../src/rule/example.yaml");

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("inngest-offload-cli-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("spec")).expect("folder");
        Self(path)
    }

    fn with_spec(name: &str, spec: impl AsRef<[u8]>) -> Self {
        let folder = Self::new(name);
        fs::write(folder.0.join("spec/inngest-offload.yaml"), spec).expect("spec");
        folder
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inngest-offload"));
        command.args(arguments).current_dir(&self.0).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn exit_codes_tell_findings_from_failure() {
    let clean = Folder::with_spec("clean", SPEC);
    assert_eq!(clean.run(&["check"]).status.code(), Some(0));
    let faulty = Folder::with_spec("faulty", SPEC.replace("window: 5m", "windw: 5m"));
    assert_eq!(faulty.run(&["check"]).status.code(), Some(1));
    assert_eq!(faulty.run(&["generate"]).status.code(), Some(1));
    let empty = Folder::new("empty");
    let output = empty.run(&["check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("no spec found"), "{}", text(&output.stderr));
    assert_eq!(clean.run(&["frobnicate"]).status.code(), Some(2));
}

#[test]
fn the_spec_is_found_from_a_folder_below() {
    let folder = Folder::with_spec("below", SPEC);
    let below = folder.0.join("app/api/cron");
    fs::create_dir_all(&below).expect("folder");
    let output = folder.command(&["check"]).current_dir(&below).output().expect("the binary runs");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).starts_with("spec/inngest-offload.yaml: 1 offload"), "{}", text(&output.stdout));
}

#[test]
fn the_spec_has_one_name_however_it_is_given() {
    let folder = Folder::with_spec("named", format!("{SPEC}targets: {{ docs: {{ out: docs }} }}\n"));
    assert_eq!(folder.run(&["generate"]).status.code(), Some(0));
    let below = folder.0.join("app/api");
    fs::create_dir_all(&below).expect("folder");
    let (root, spec) = (folder.0.clone(), folder.0.join("spec/inngest-offload.yaml"));
    let (root, spec) = (root.to_str().expect("text"), spec.to_str().expect("text"));
    let (up, relative) = ("../..", "../../spec/inngest-offload.yaml");
    for arguments in [
        &["--spec", spec][..],
        &["--spec", relative],
        &["--root", root],
        &["--root", up],
        &["--root", up, "--spec", spec],
        &["--root", root, "--spec", relative],
        &["--root", "../api/../..", "--spec", "../../spec/../spec/inngest-offload.yaml"],
    ] {
        let output = folder.command(&["check"]).args(arguments).current_dir(&below).output().expect("runs");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stdout));
    }
}

#[cfg(unix)]
#[test]
fn a_root_behind_a_link_is_the_same_root() {
    let folder = Folder::with_spec("linked", format!("{SPEC}targets: {{ docs: {{ out: docs }} }}\n"));
    assert_eq!(folder.run(&["generate"]).status.code(), Some(0));
    let link = folder.0.join("link");
    std::os::unix::fs::symlink(&folder.0, &link).expect("a link");
    for arguments in [&["--root", "link"][..], &["--root", "link", "--spec", "spec/inngest-offload.yaml"]] {
        let output = folder.command(&["check"]).args(arguments).output().expect("runs");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stdout));
    }
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let folder = Folder::with_spec("colour", SPEC.replace("window: 5m", "windw: 5m"));
    let escape = |output: Output| output.stdout.contains(&0x1b);
    assert!(!escape(folder.run(&["check"])), "colour in a pipe");
    assert!(escape(folder.run(&["check", "--color", "always"])), "no colour though asked for");
    assert!(!escape(folder.command(&["check"]).env("NO_COLOR", "1").output().expect("runs")));
    assert!(!escape(folder.run(&["check", "--color", "never"])));
}

#[test]
fn json_is_data_and_nothing_else() {
    let folder = Folder::with_spec("json", SPEC.replace("window: 5m", "windw: 5m"));
    let output = folder.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["findings"][0]["rule"], "unknown-key");
    assert_eq!(report["findings"][0]["start"], serde_json::json!({ "line": 9, "column": 5 }));
    let schema = folder.run(&["schema", "report"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    assert!(validator.is_valid(&report), "the report does not have its published shape");
    let clean = Folder::with_spec("json-clean", SPEC).run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&clean.stdout).expect("JSON");
    assert_eq!(report["findings"], serde_json::json!([]));
    assert!(validator.is_valid(&report));
}

#[test]
fn one_run_writes_every_report_that_is_asked_for() {
    let folder = Folder::with_spec("outputs", SPEC.replace("window: 5m", "window: 15m"));
    let arguments = [
        "--output",
        "sarif=out/report.sarif",
        "--output",
        "markdown=out/deep/report.md",
        "--output",
        "text=report.txt",
    ];
    let output = folder.run(&[&["check", "--format", "github"][..], &arguments].concat());
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).starts_with("::error file=spec/inngest-offload.yaml,line="),
        "{}",
        text(&output.stdout)
    );
    let read = |name: &str| fs::read_to_string(folder.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let log: serde_json::Value = serde_json::from_str(&read("out/report.sarif")).expect("JSON");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "window-longer-than-schedule");
    assert!(
        read("out/deep/report.md")
            .starts_with("<!-- inngest-offload report -->\n\n## inngest-offload check: 1 error\n")
    );
    assert!(read("report.txt").starts_with("error[window-longer-than-schedule]: "));
    let clean = Folder::with_spec("outputs-clean", SPEC);
    let output = clean.run(&[&["check", "--color", "always"][..], &arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let report = fs::read_to_string(clean.0.join("out/deep/report.md")).expect("a report without findings");
    assert!(report.ends_with("check: no findings\n"), "{report}");
}

#[test]
fn a_report_that_cannot_be_written_is_a_failure() {
    let folder = Folder::with_spec("outputs-refused", SPEC);
    for (output, says) in [
        ("sarif=spec", "cannot write spec"),
        ("report.sarif", "write FORMAT=FILE"),
        ("sarif=", "write FORMAT=FILE"),
        ("sarf=report.sarif", "unknown format `sarf`; the formats are text, json, github, sarif, markdown"),
    ] {
        let refused = folder.run(&["check", "--output", output]);
        assert_eq!(refused.status.code(), Some(2), "{output}");
        assert!(text(&refused.stderr).contains(says), "{output}: {}", text(&refused.stderr));
    }
    let refused = folder.run(&["rules", "--output", "json=rules.json"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("unexpected argument '--output'"), "{}", text(&refused.stderr));
}

#[test]
fn annotations_name_files_as_the_repository_does() {
    let folder = Folder::new("monorepo");
    fs::create_dir_all(folder.0.join(".git")).expect("folder");
    fs::create_dir_all(folder.0.join("apps/web")).expect("folder");
    let spec = SPEC.replace("window: 5m", "window: 15m");
    fs::write(folder.0.join("apps/web/inngest-offload.yaml"), spec).expect("spec");
    let run = |format: &str| {
        let arguments = ["check", "--format", format];
        text(&folder.command(&arguments).current_dir(folder.0.join("apps/web")).output().expect("runs").stdout)
    };
    assert!(run("github").starts_with("::error file=apps/web/inngest-offload.yaml,"), "{}", run("github"));
    assert!(run("sarif").contains("\"uri\": \"apps/web/inngest-offload.yaml\""));
    assert!(run("text").contains("--> inngest-offload.yaml:"));
}

#[test]
fn the_format_is_what_was_asked_for_on_every_machine() {
    let folder = Folder::with_spec("actions", SPEC.replace("window: 5m", "window: 15m"));
    let output = folder.command(&["check"]).env("GITHUB_ACTIONS", "true").env("CI", "true").output().expect("runs");
    assert!(text(&output.stdout).starts_with("error[window-longer-than-schedule]"), "{}", text(&output.stdout));
}

#[test]
fn generate_reports_once() {
    let owners = SPEC.lines().find(|line| line.trim_start().starts_with("owners:")).expect("owners");
    let spec = SPEC.replace(owners, "    owners: []") + "targets: { docs: { out: docs } }\n";
    let folder = Folder::with_spec("reports-once", spec);
    fs::create_dir_all(folder.0.join("docs")).expect("folder");
    fs::write(folder.0.join("docs/README.md"), "mine\n").expect("file");
    let output = folder.run(&["generate", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON");
    let rules: Vec<&str> =
        report["findings"].as_array().expect("findings").iter().filter_map(|found| found["rule"].as_str()).collect();
    assert_eq!(rules, ["file-not-generated", "owners-missing"]);
    fs::remove_file(folder.0.join("docs/README.md")).expect("it is there");
    let output = folder.run(&["generate", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON");
    assert_eq!(report["summary"]["warnings"], 1);
}

#[test]
fn a_quiet_success_is_silent() {
    let output = Folder::with_spec("quiet", SPEC).run(&["check", "--quiet"]);
    assert_eq!(
        (output.status.code(), text(&output.stdout), text(&output.stderr)),
        (Some(0), String::new(), String::new())
    );
}

#[test]
fn key_prints_what_the_route_would_use() {
    let output = own(&["key", "appointment-reconcile", "--at", "2026-02-18T05:59:49Z", "--param", "dryRun=true"]);
    let out = text(&output.stdout);
    // printf '{"dryRun":"true"}' | sha256sum
    let key = "cron:appointment-reconcile:2026-02-18T05:59:cb454a58bf3b8832";
    assert!(out.contains(&format!("dispatch key {key}\n")), "{out}");
    assert!(out.contains(&format!("event id     cron/appointment-reconcile.requested:{key}\n")), "{out}");
    let plain = text(&own(&["key", "appointment-reconcile", "--at", "2026-02-18T07:59:49+02:00"]).stdout);
    assert!(plain.contains("dispatch key cron:appointment-reconcile:2026-02-18T05:59\n"), "{plain}");
    let refused = own(&["key", "appointment-reconcil", "--at", "yesterday"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("did you mean `appointment-reconcile`?"));
}

#[test]
fn explain_shows_every_value_with_its_origin() {
    let out = text(&own(&["explain", "response-timing"]).stdout);
    for (label, value, origin) in [
        ("window", "5m", "spec/inngest-offload.yaml:"),
        ("retries", "3", "(default)"),
        ("dispatch key", "cron:response-timing:{window}", "(default)"),
        ("rollback", "CRON_RESPONSE_TIMING_USE_INNGEST=false", "built in"),
    ] {
        let line = out.lines().find(|line| line.trim_start().starts_with(label));
        let line = line.unwrap_or_else(|| panic!("no row {label}\n{out}"));
        assert!(line.contains(value) && line.contains(origin), "{line}");
    }
    let rule = text(&own(&["explain", "yaml-duplicate-key"]).stdout);
    assert!(rule.contains("Why: ") && rule.contains("Bad:"), "{rule}");
}

#[test]
fn huge_input_is_refused_in_little_memory_and_time() {
    let mut deep = b"version: 1\nname: ".to_vec();
    deep.extend(std::iter::repeat_n(b'[', 100_000));
    let mut block = String::from("version: 1\na:\n");
    for depth in 1..2_000 {
        block.push_str(&" ".repeat(depth));
        block.push_str("a:\n");
    }
    let long_key = format!("version: 1\n? {}\n: 1\n", "k".repeat(1 << 20));
    let quoted = format!("version: 1\nname: \"{}", "\\u0041".repeat(1 << 18));
    let nested = format!("{}string{}", "array<".repeat(100_000), ">".repeat(100_000));
    let nested = format!("{SPEC}payloads: {{ P: {{ fields: {{ f: {{ type: \"{nested}\" }} }} }} }}\n");
    let mut chain = format!("{SPEC}payloads:\n  P0: {{ fields: {{ f: {{ type: string }} }} }}\n");
    for level in 1..5_000 {
        chain.push_str(&format!("  P{level}: {{ extends: P{}, fields: {{ f{level}: {{ type: P0 }} }} }}\n", level - 1));
    }
    let cases: [(&str, Vec<u8>, &str); 8] = [
        ("nested-type", nested.into_bytes(), "out-of-range"),
        ("long-chain", chain.into_bytes(), "out-of-range"),
        ("brackets", deep, "yaml-too-deep"),
        ("blocks", block.into_bytes(), "yaml-too-deep"),
        ("long-key", long_key.into_bytes(), "unknown-key"),
        ("unclosed", quoted.into_bytes(), "yaml-syntax"),
        ("hundred-megabytes", vec![b'a'; 100 << 20], "yaml-too-large"),
        ("nul", b"version: 1\nname: a\0b\n".to_vec(), "yaml-syntax"),
    ];
    for (name, bytes, rule) in cases {
        let output = Folder::with_spec(name, bytes).run(&["check", "--format", "json"]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", text(&output.stderr));
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let rules: Vec<&str> =
            report["findings"].as_array().expect("list").iter().filter_map(|f| f["rule"].as_str()).collect();
        assert!(rules.contains(&rule), "{name}: {rules:?}");
    }
}

#[test]
fn a_reader_that_goes_away_changes_nothing_but_the_words() {
    let unread = |folder: &Folder, arguments: &[&str]| {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = folder.command(arguments).stdout(writer).output().expect("the binary runs");
        assert_eq!(text(&output.stderr), "", "{arguments:?}");
        output.status.code()
    };
    let faulty = Folder::with_spec("unread-faulty", SPEC.replace("window: 5m", "windw: 5m"));
    assert_eq!(unread(&faulty, &["check"]), Some(1));
    assert_eq!(unread(&faulty, &["check", "--format", "json"]), Some(1));
    let owners = SPEC.lines().find(|line| line.trim_start().starts_with("owners:")).expect("owners");
    let warned = Folder::with_spec(
        "unread-warned",
        SPEC.replace(owners, "    owners: []") + "targets: { docs: { out: docs } }\n",
    );
    assert_eq!(unread(&warned, &["generate"]), Some(0));
    assert!(warned.0.join("docs/README.md").is_file(), "nothing was written");
    for arguments in [&["completions", "bash"][..], &["man"], &["schema"], &["rules"], &["explain", "yaml-alias"]] {
        assert_eq!(unread(&warned, arguments), Some(0), "{arguments:?}");
    }
}

#[test]
fn help_names_every_command() {
    let out = text(&own(&["--help"]).stdout);
    for command in ["generate", "check", "diff", "explain", "key", "rules", "schema", "completions", "man"] {
        assert!(out.contains(command), "{out}");
    }
}

/// Runs on this repository.
fn own(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inngest-offload"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .output()
        .expect("the binary runs")
}
