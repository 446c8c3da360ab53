//! The commands as people meet them first: help whose examples are run, mistakes that everybody makes,
//! `init`, and what a name of a file may do to a log.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const SPEC: &str = include_str!("../src/rule/example.yaml");

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("inngest-offload-shell-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("folder");
        Self(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        fs::write(path, text).expect("written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inngest-offload"));
        command.args(arguments).current_dir(&self.0).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.output().expect("the binary runs")
    }

    /// What is said where it could not run.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {words}");
        words
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .current_dir(&self.0)
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"])
            .args(arguments)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The application that the contract of the conformance tests agrees with, in a repository.
    fn application(name: &str) -> Self {
        fn copy(from: &Path, to: &Path) {
            fs::create_dir_all(to).expect("folder");
            for entry in fs::read_dir(from).expect("folder").flatten() {
                let target = to.join(entry.file_name());
                if entry.path().is_dir() {
                    copy(&entry.path(), &target);
                } else {
                    fs::copy(entry.path(), target).expect("copied");
                }
            }
        }
        let folder = Self::new(name);
        let conform = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conform");
        copy(&conform.join("apps/inline"), &folder.0);
        let spec = fs::read_to_string(conform.join("spec.yaml")).expect("the spec");
        folder.write("spec/inngest-offload.yaml", &spec);
        folder.write("spec/before.yaml", &spec);
        folder.git(&["init", "--quiet"]);
        folder.git(&["add", "."]);
        folder.git(&["commit", "--quiet", "--message", "start"]);
        folder.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
        folder
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

/// The commands of a help page under `Examples:`.
fn examples(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| !line.starts_with("Examples:")).skip(1);
    let lines = lines.take_while(|line| line.starts_with("  "));
    lines.map(|line| line.trim().split("  ").next().expect("a command").to_owned()).collect()
}

#[test]
fn every_example_of_the_help_runs() {
    let here = Folder::application("examples");
    let help = text(&here.run(&["--help"]).stdout);
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    // What a command is about goes on in lines that are indented deeper.
    let commands = commands.take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("   "));
    let commands = commands.filter_map(|line| line.split_whitespace().next());
    let mut pages = vec![(String::new(), help.clone())];
    for command in commands.filter(|command| *command != "help") {
        pages.push((command.to_owned(), text(&here.run(&[command, "--help"]).stdout)));
    }
    assert!(pages.len() > 10, "{help}");
    let mut faults = Vec::new();
    for (command, page) in &pages {
        let all = examples(page);
        if all.is_empty() {
            faults.push(format!("`{command} --help` has no example"));
        }
        for example in all {
            // Where there is a spec, `init` refuses: it has its own folder.
            let folder = if example.contains(" init") { &Folder::application("init") } else { &here };
            if example.contains(" init") {
                fs::remove_dir_all(folder.0.join("spec")).expect("removed");
            }
            let program = env!("CARGO_BIN_EXE_inngest-offload");
            let shell = example.replace("inngest-offload ", &format!("'{program}' "));
            let output = Command::new("sh").arg("-c").arg(&shell).current_dir(&folder.0).output().expect("a shell");
            // An editor that goes without a word is told so by the exit code.
            let expected = if command == "lsp" { 1 } else { 0 };
            if output.status.code() != Some(expected) {
                faults.push(format!(
                    "{example}: {:?}\n{}{}",
                    output.status,
                    text(&output.stdout),
                    text(&output.stderr)
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn completions_and_the_manual_know_every_command() {
    let here = Folder::new("completions");
    let manual = text(&here.run(&["man"]).stdout);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = text(&here.run(&["completions", shell]).stdout);
        for command in ["init", "generate", "check", "diff", "explain", "key", "templates", "lsp", "rules", "schema"] {
            assert!(script.contains(command), "{shell} does not know {command}");
            assert!(manual.contains(&format!("\\-{command}(1)")), "the manual does not know {command}");
        }
    }
}

#[test]
fn a_starter_compiles_and_code_is_generated_from_it() {
    let here = Folder::new("starter");
    let output = here.run(&["init"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.starts_with("create spec/inngest-offload.yaml\n1. "), "{said}");
    assert_eq!(said.lines().count(), 4, "what to do next is three lines: {said}");
    assert_eq!(text(&here.run(&["check", "--only", "spec"]).stdout), "spec/inngest-offload.yaml: 1 offload\n");
    assert_eq!(here.run(&["generate"]).status.code(), Some(0));
    let checked = here.run(&["check"]);
    assert_eq!(text(&checked.stdout), "spec/inngest-offload.yaml: 1 offload, 9 files up to date\n");
}

#[test]
fn init_overwrites_nothing_under_any_name_that_is_looked_for() {
    for name in ["spec/inngest-offload.yaml", "inngest-offload.yml"] {
        let here = Folder::new("there");
        here.write(name, "mine");
        for arguments in [&["init"][..], &["init", "--app", "."]] {
            let words = here.refused(arguments);
            assert!(words.contains(&format!("{name} already exists")), "{words}");
        }
        assert_eq!(here.read(name), "mine");
        let printed = here.run(&["init", "--print"]);
        assert!(text(&printed.stdout).contains("nightly-report"), "{}", text(&printed.stderr));
        assert_eq!(here.read(name), "mine");
    }
}

#[test]
fn init_describes_an_application_and_says_what_to_do_next() {
    let here = Folder::application("describes");
    fs::remove_dir_all(here.0.join("spec")).expect("removed");
    let output = here.run(&["init", "--app", "."]);
    let said = text(&output.stdout);
    assert!(
        said.starts_with("create spec/inngest-offload.yaml\n6 offloads described, 1 thing to decide\n1. "),
        "{said}"
    );
    let checked = text(&here.run(&["check"]).stdout);
    assert!(checked.ends_with("\n1 warning\n") && checked.contains("[undecided]"), "{checked}");
    let elsewhere = here.refused(&["init", "--app", "nowhere"]);
    assert!(elsewhere.contains("nowhere is not a folder"), "{elsewhere}");
}

#[test]
fn init_of_an_application_without_anything_to_describe_is_a_starter() {
    let here = Folder::new("nothing");
    here.write("app/api/health/route.ts", "export const GET = () => Response.json({ ok: true });\n");
    let said = text(&here.run(&["init", "--app"]).stdout);
    assert!(said.contains("no route here sends an event to Inngest or is scheduled"), "{said}");
    assert!(here.read("spec/inngest-offload.yaml").contains("nightly-report"));
}

#[test]
fn init_names_the_contract_as_the_package_is_named() {
    let here = Folder::new("named");
    here.write("package.json", r#"{ "name": "@acme/Night_Shift" }"#);
    assert_eq!(here.run(&["init"]).status.code(), Some(0));
    assert!(here.read("spec/inngest-offload.yaml").contains("\nname: night-shift\n"));
    // Each page that the next steps name can be read by those who have only the package.
    let said = text(&here.run(&["init", "--spec", "other.yaml"]).stdout);
    assert!(said.contains(concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/tutorial.md")), "{said}");
    assert!(!said.contains(" docs/"), "{said}");
    assert!(here.read("other.yaml").contains(concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/")));
}

#[test]
fn init_of_a_folder_without_route_handlers_is_a_mistake() {
    let here = Folder::new("no-routes");
    here.write("apps/web/app/api/health/route.ts", "export const GET = () => Response.json({ ok: true });\n");
    let words = here.refused(&["init", "--app", "."]);
    assert!(
        words.contains("there is no route handler under .") && words.contains("there is one in apps/web"),
        "{words}"
    );
    assert!(!here.0.join("spec").exists());
}

#[test]
fn a_folder_where_the_spec_should_be_is_called_one() {
    let here = Folder::new("folder");
    fs::create_dir_all(here.0.join("spec/inngest-offload.yaml")).expect("folder");
    let words = here.refused(&["check"]);
    assert!(words.contains("spec/inngest-offload.yaml is a folder, but should be the spec"), "{words}");
}

#[test]
fn a_comparison_with_nothing_says_what_is_missing() {
    let here = Folder::new("nothing-to-compare");
    here.write("spec/inngest-offload.yaml", SPEC);
    here.git(&["init", "--quiet"]);
    assert!(here.refused(&["diff"]).contains("this repository has no commit yet"));
    assert!(here.refused(&["diff", "--against", "../zz.yaml"]).contains("there is no file `../zz.yaml`"));
    let words = here.refused(&["diff", "--against", "nope"]);
    assert!(words.contains("`nope` is neither a file nor a commit"), "{words}");
}

#[test]
fn mistakes_that_everybody_makes_are_told_with_what_to_do() {
    let here = Folder::new("mistakes");
    let words = here.refused(&["check"]);
    for part in ["Looked for spec/inngest-offload.yaml", "--spec", "`inngest-offload init`"] {
        assert!(words.contains(part), "{words}");
    }
    assert!(here.refused(&["check", "--root", "nowhere"]).contains("the root nowhere is not a folder"));
    assert!(here.refused(&["check", "--spec", "spec.yaml"]).contains("there is no file spec.yaml"));
    here.write("spec/inngest-offload.yaml", SPEC);
    let words = here.refused(&["check", "--spec", "spec"]);
    assert!(words.contains("spec is a folder; name the file in it with --spec spec/inngest-offload.yaml"), "{words}");
    assert!(here.refused(&["chekc"]).contains("'check'"));
    assert!(here.refused(&["check", "--onyl", "spec"]).contains("'--only'"));
    assert!(here.refused(&["check", "--only", "specs"]).contains("'spec'"));
    let close = "did you mean `window-longer-than-schedule`?";
    assert!(here.refused(&["rules", "window-longer-then-schedule"]).contains(close));
    assert!(here.refused(&["explain", "window-longer-then-schedule"]).contains(close));
    assert!(text(&here.run(&["rules", "undecided"]).stdout).starts_with("undecided (warning, Scope)"));
}

#[test]
fn a_compiled_contract_given_as_a_spec_is_known_for_what_it_is() {
    let here = Folder::new("json");
    assert_eq!(here.run(&["init"]).status.code(), Some(0));
    assert_eq!(here.run(&["generate"]).status.code(), Some(0));
    let words = here.refused(&["check", "--spec", "lib/inngest/generated/contract.json"]);
    assert!(words.contains("is not a spec, but generated from one"), "{words}");
    // JSON that is a spec is YAML.
    here.write("spec/other.json", r#"{ "version": 1, "name": "other", "offloads": {} }"#);
    let found = here.run(&["check", "--spec", "spec/other.json"]);
    assert_eq!(found.status.code(), Some(1), "{}", text(&found.stderr));
}

#[test]
#[cfg(unix)]
fn a_name_of_a_file_puts_no_line_on_a_log() {
    let here = Folder::new("lines");
    let name = "a\n::error::b\u{1b}[31m.yaml";
    here.write(name, &SPEC.replace("version: 1", "version: 2"));
    here.write(&format!("good{name}"), SPEC);
    for arguments in [
        vec!["check", "--spec", name],
        vec!["check", "--spec", &format!("good{name}"), "--only", "spec"],
        vec!["check", "--spec", &format!("gone{name}")],
        vec!["check", "--root", name],
        vec!["init", "--app", name],
        vec!["init", "--spec", &format!("x/{name}")],
        vec!["diff", "--against", name, "--spec", &format!("good{name}")],
        vec!["check", "--format", "markdown", "--spec", name],
    ] {
        let output = here.run(&arguments);
        let all = text(&output.stdout) + &text(&output.stderr);
        assert!(
            !all.is_empty() && !all.lines().any(|line| line.trim_start().starts_with("::error")),
            "{arguments:?}\n{all}"
        );
        assert!(!all.contains("\u{1b}[31m"), "{arguments:?}\n{all:?}");
    }
}

#[test]
fn diff_writes_its_page_to_files_as_well() {
    let here = Folder::application("pages");
    here.write("spec/inngest-offload.yaml", &here.read("spec/before.yaml").replace("window: 5m", "window: 1m"));
    for format in ["markdown", "text"] {
        let output =
            here.run(&["diff", "--format", format, "--output", "markdown=out/page.md", "--output", "json=out/r.json"]);
        let page = here.read("out/page.md");
        assert!(page.starts_with("<!-- inngest-offload diff -->\n"), "{page}");
        assert!(here.read("out/r.json").contains("\"findings\""));
        if format == "markdown" {
            assert_eq!(text(&output.stdout), page);
        }
        fs::remove_dir_all(here.0.join("out")).expect("removed");
    }
    // A contract that was nowhere before.
    here.write("new.yaml", SPEC);
    for format in ["markdown", "text"] {
        let output = here.run(&["diff", "--spec", "new.yaml", "--format", format, "--output", "markdown=out/page.md"]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(here.read("out/page.md").contains("The offload contract is new"));
        fs::remove_dir_all(here.0.join("out")).expect("removed");
    }
}

#[test]
fn a_branch_is_compared_with_where_it_was_left() {
    let here = Folder::application("branches");
    here.git(&["branch", "-M", "main"]);
    here.git(&["checkout", "--quiet", "-b", "mine"]);
    here.git(&["checkout", "--quiet", "main"]);
    here.write("spec/inngest-offload.yaml", &here.read("spec/before.yaml").replace("window: 5m", "window: 1m"));
    here.git(&["commit", "--quiet", "--all", "--message", "theirs"]);
    here.git(&["checkout", "--quiet", "mine"]);
    let said = |against: &str| text(&here.run(&["diff", "--against", against]).stdout);
    assert_eq!(said("main"), "no changes in the contract since main\n", "what main did since is no change of ours");
    assert_eq!(
        said("main:spec/inngest-offload.yaml"),
        "no changes in the contract since main:spec/inngest-offload.yaml\n"
    );
    // A commit is what it says.
    let tip = Command::new("git").arg("-C").arg(&here.0).args(["rev-parse", "main"]).output().expect("git");
    assert!(said(text(&tip.stdout).trim()).contains("window"), "{}", said("main"));
}

#[test]
fn colour_is_as_it_is_asked_for() {
    let here = Folder::new("colour");
    here.write("spec/inngest-offload.yaml", &SPEC.replace("version: 1", "version: 2"));
    let coloured = |flag: &str, variable: Option<(&str, &str)>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inngest-offload"));
        command
            .args(["check", "--color", flag])
            .current_dir(&here.0)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE");
        command.envs(variable);
        text(&command.output().expect("runs").stdout).contains('\u{1b}')
    };
    assert!(!coloured("auto", None), "no terminal");
    assert!(coloured("auto", Some(("CLICOLOR_FORCE", "1"))));
    assert!(!coloured("auto", Some(("NO_COLOR", "1"))));
    assert!(coloured("always", Some(("NO_COLOR", "1"))), "what is asked for here counts");
    assert!(!coloured("never", Some(("CLICOLOR_FORCE", "1"))));
}
