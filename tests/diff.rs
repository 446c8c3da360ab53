//! `diff` as a shell sees it, on a real repository of git: what is compared with what, exit codes, and
//! text that means something to git, to a terminal or to GitHub.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

const SPEC: &str = include_str!("../src/rule/example.yaml");

/// A repository with a spec in a folder of its own.
struct Repository(PathBuf);

impl Repository {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("inngest-offload-diff-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("service/spec")).expect("folder");
        let repository = Self(path);
        repository.git(&["init", "--quiet", "--initial-branch=main", "."]);
        repository.write(SPEC);
        repository.commit("first");
        repository
    }

    fn write(&self, spec: &str) {
        fs::write(self.0.join("service/spec/inngest-offload.yaml"), spec).expect("spec");
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.email=a@b.c", "-c", "user.name=a", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", message]);
    }

    fn diff(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_inngest-offload"))
            .arg("diff")
            .args(arguments)
            .current_dir(self.0.join("service"))
            .env_remove("CLICOLOR_FORCE")
            .env("NO_COLOR", "1")
            .output()
            .expect("the binary runs")
    }

    /// Exit code, standard output, standard error.
    fn told(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = self.diff(arguments);
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }
}

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn without_a_word_the_last_commit_is_compared_with() {
    let repository = Repository::new("head");
    assert_eq!(repository.told(&[]), (Some(0), "no changes in the contract since HEAD\n".into(), String::new()));
    repository.write(&SPEC.replace("window: 5m", "window: 1m"));
    let (code, out, _) = repository.told(&[]);
    assert_eq!(code, Some(0), "risky changes do not fail: {out}");
    assert!(out.starts_with("risky[window-narrowed]: "), "{out}");
    assert!(out.contains("spec/inngest-offload.yaml@HEAD:9:13"), "{out}");
    assert!(out.ends_with("\n1 risky\n"), "{out}");
    repository.write(&SPEC.replace("route: /api/cron/nightly-report", "route: /api/cron/report"));
    let (code, out, _) = repository.told(&[]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.starts_with("breaking[route-changed]: ") && out.contains("= why: "), "{out}");
    assert!(out.contains("= note: this affects callers, operators") && out.contains("= help: "), "{out}");
}

#[test]
fn a_branch_a_tag_a_commit_and_a_path_in_it_name_the_old_side() {
    let repository = Repository::new("names");
    repository.git(&["branch", "release/1"]);
    repository.git(&["tag", "v1"]);
    repository.write(&SPEC.replace("window: 5m", "window: 1m"));
    repository.commit("second");
    for against in ["release/1", "v1", "HEAD~1", "main~1", "v1:service/spec/inngest-offload.yaml"] {
        let (code, out, err) = repository.told(&["--against", against]);
        assert_eq!((code, out.lines().last()), (Some(0), Some("1 risky")), "{against}: {out}{err}");
    }
    let (code, out, _) = repository.told(&["--against", "v1:service/spec/elsewhere.yaml"]);
    assert_eq!(code, Some(0));
    assert_eq!(out, "`service/spec/elsewhere.yaml@v1` does not exist: the whole contract is new\n");
    let (_, out, _) = repository.told(&["--against", "v1:elsewhere.yaml", "--format", "markdown"]);
    assert!(out.contains("### The offload contract is new"), "{out}");
}

#[test]
fn a_file_that_is_there_wins_over_a_commit() {
    let repository = Repository::new("file");
    fs::write(repository.0.join("service/main"), SPEC.replace("priority: P1", "priority: P2")).expect("file");
    let (code, out, _) = repository.told(&["--against", "main"]);
    assert_eq!((code, out.lines().last()), (Some(0), Some("1 safe")), "{out}");
    assert!(out.contains("::: main:"), "{out}");
}

#[test]
fn what_cannot_be_compared_is_said_and_told_from_findings() {
    let repository = Repository::new("failures");
    let fails = |against: &str, words: &str| {
        let (code, out, err) = repository.told(&[&format!("--against={against}")]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{against}: {err}");
        assert!(err.contains(words), "{against}: {err}");
    };
    fails("origin/main", "git fetch origin");
    fails("-x", "`-x` is neither a file nor a commit");
    fails("--output=stolen", "is neither a file nor a commit");
    fails("", "is neither a file nor a commit");
    fails(":service/spec/inngest-offload.yaml", "is neither a file nor a commit");
    fails("HEAD:service/spec", "is not a file");
    assert!(!repository.0.join("service/stolen").exists());
    fs::write(repository.0.join("service/broken.yaml"), SPEC.replace("window:", "windw:")).expect("file");
    let (code, out, err) = repository.told(&["--against", "broken.yaml"]);
    assert_eq!(code, Some(2));
    assert!(out.contains("error[unknown-key]") && out.contains("broken.yaml:9:5"), "{out}");
    assert!(err.contains("broken.yaml does not compile with this version of the tool"), "{err}");
    repository.write("version: 1\n");
    let (code, out, err) = repository.told(&[]);
    assert_eq!(code, Some(2));
    assert!(out.contains("error[") && err.contains("does not compile, so nothing was compared"), "{out}{err}");
}

#[test]
fn outside_of_a_repository_a_file_can_be_named() {
    let repository = Repository::new("no-git");
    fs::remove_dir_all(repository.0.join(".git")).expect("gone");
    let (code, _, err) = repository.told(&[]);
    assert_eq!(code, Some(2));
    assert!(err.contains("is not in a repository that git can read") && err.contains("name a file"), "{err}");
    fs::write(repository.0.join("service/before.yaml"), SPEC).expect("file");
    assert_eq!(repository.told(&["--against", "before.yaml"]).0, Some(0));
}

#[test]
fn data_names_the_class_and_keeps_its_shape() {
    let repository = Repository::new("json");
    repository.write(
        &SPEC.replace("window: 5m", "window: 1m").replace("route: /api/cron/nightly-report", "route: /api/cron/x"),
    );
    let (code, out, _) = repository.told(&["--format", "json"]);
    assert_eq!(code, Some(1));
    let report: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let classes: Vec<&str> =
        report["findings"].as_array().expect("list").iter().filter_map(|f| f["class"].as_str()).collect();
    assert_eq!(classes, ["breaking", "risky"]);
    assert_eq!(report["findings"][0]["hits"], serde_json::json!(["callers", "operators"]));
    let schema = inngest_offload::diagnostic::json::schema();
    assert!(jsonschema::draft202012::new(&schema).expect("a schema").is_valid(&report), "{out}");
}

#[test]
fn the_comment_says_what_breaks_first_and_keeps_text_text() {
    let repository = Repository::new("comment");
    repository.write(
        &SPEC.replace("window: 5m", "window: 1m").replace("route: /api/cron/nightly-report", "route: /api/cron/x"),
    );
    let (_, out, _) = repository.told(&["--format", "markdown"]);
    assert!(out.starts_with("<!-- inngest-offload diff -->\n"), "{out}");
    assert!(out.contains("### One change to the offload contract breaks what works today"), "{out}");
    assert!(out.contains("| 1 | 1 | 0 |"), "{out}");
    let (breaking, risky) = (out.find("#### Breaking").expect("breaking"), out.find("<b>Risky</b>").expect("risky"));
    assert!(breaking < risky && out[risky..].contains("</details>"), "{out}");
    assert!(out.contains("`service/spec/inngest-offload.yaml:7`: `route: /api/cron/x`"), "{out}");
    let hostile = "name: \"@octocat </details><script>x</script> #1 [a](https://b.example) ` | ` ::error::x\"";
    repository.write(&SPEC.replace("name: example", hostile));
    let (code, out, _) = repository.told(&["--format", "markdown"]);
    assert_eq!(code, Some(0));
    let parser = pulldown_cmark::Parser::new(&out);
    for event in parser {
        match event {
            pulldown_cmark::Event::Text(text) => assert!(!text.contains("@octocat"), "{out}"),
            pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
                assert!(!html.contains("script"), "{out}");
            }
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { .. }) => panic!("a link: {out}"),
            _ => {}
        }
    }
    let lines = |start: &str| out.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(lines("</details>"), lines("<details"), "{out}");
}

#[test]
fn a_comment_is_never_too_long_and_says_what_it_leaves_out() {
    let repository = Repository::new("long");
    let offload = |job: usize, route: &str| {
        format!(
            "  job-{job}:\n    kind: cron\n    route: /api/{route}-{job}\n    schedule: \"*/5 * * * *\"\n    window: 5m\n"
        )
    };
    let spec = |route: &str| {
        let offloads: String = (0..400).map(|job| offload(job, route)).collect();
        format!("version: 1\nname: many\noffloads:\n{offloads}")
    };
    repository.write(&spec("old"));
    repository.commit("many");
    repository.write(&spec("new"));
    let (code, out, _) = repository.told(&["--format", "markdown"]);
    assert_eq!(code, Some(1));
    assert!(out.chars().count() < 60_000, "{}", out.chars().count());
    assert!(out.contains("### 400 changes") && out.contains("are left out"), "{}", &out[..400]);
}
