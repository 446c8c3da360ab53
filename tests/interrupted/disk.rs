//! Disks as people have them: without permission, full, not to be written to, with what a killed run has left.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::sandbox::{Sandbox, said};
use crate::scene::{say, specs};

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
