//! The pages that people follow are followed here: what a page says to type is typed in an empty folder, and what it
//! says is printed is compared. `UPDATE=1` writes what was printed into the page.
//!
//! A page is followed when it has a block of the language `console`. In such a page
//! - a block with `file=PATH` is a file, written when the page comes to it; the text before it names that path;
//! - a block `diff` with `file=PATH` is a change of that file, each line of which begins with ` `, `-` or `+`;
//! - a block `console` holds commands after `$ `, each followed by what it prints; a line `…` stands for lines that are
//!   left out; `exit=N` is what its last command ends with;
//! - every other block is only shown.

#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A fenced block: the words after the fence, and where its lines are, without the fences.
struct Block {
    words: Vec<String>,
    lines: std::ops::Range<usize>,
}

impl Block {
    fn value(&self, key: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }

    fn is(&self, language: &str) -> bool {
        self.words.first().is_some_and(|word| word == language)
    }
}

fn blocks(lines: &[String]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<(String, Block)> = None;
    for (number, line) in lines.iter().enumerate() {
        let fence: String = line.chars().take_while(|character| *character == '`').collect();
        match &mut open {
            None if fence.len() >= 3 => {
                let words = line[fence.len()..].split_whitespace().map(str::to_owned).collect();
                open = Some((fence, Block { words, lines: number + 1..number + 1 }));
            }
            Some((with, block)) if line == with => {
                block.lines.end = number;
                found.extend(open.take().map(|(_, block)| block));
            }
            _ => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    found
}

/// A folder to follow a page in, with the program under the names that pages call it by.
struct Desk {
    folder: PathBuf,
    programs: PathBuf,
}

impl Desk {
    fn new(page: &str) -> Self {
        let name = page.replace(['/', '.'], "-");
        let desk = std::env::temp_dir().join(format!("inngest-offload-page-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&desk);
        let (folder, programs) = (desk.join("folder"), desk.join("programs"));
        fs::create_dir_all(&folder).expect("folder");
        fs::create_dir_all(&programs).expect("folder");
        let binary = env!("CARGO_BIN_EXE_inngest-offload");
        // `npx inngest-offload …`, as it is when the package is installed.
        for (name, script) in [("inngest-offload", "\"$@\""), ("npx", "\"${@:2}\"")] {
            let file = programs.join(name);
            fs::write(&file, format!("#!/usr/bin/env bash\nexec '{binary}' {script}\n")).expect("program");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("program");
        }
        Self { folder, programs }
    }

    /// What a shell prints of a command, both streams as they come, and what it ends with.
    fn run(&self, command: &str) -> (Vec<String>, i32) {
        let path = std::env::var("PATH").expect("a path");
        let output = Command::new("bash")
            .args(["-c", &format!("exec 2>&1\n{command}")])
            .current_dir(&self.folder)
            .env("PATH", format!("{}:{path}", self.programs.display()))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .envs([("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.com")])
            .envs([("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.com")])
            .env_remove("GITHUB_ACTIONS")
            .output()
            .expect("bash runs");
        let printed = String::from_utf8(output.stdout).expect("text");
        (printed.lines().map(str::to_owned).collect(), output.status.code().unwrap_or(-1))
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.folder.join(path);
        fs::create_dir_all(file.parent().expect("folder")).expect("folder");
        fs::write(file, text).expect("file");
    }

    fn change(&self, path: &str, diff: &[String]) {
        let side = |other: char| -> String {
            let kept = diff.iter().filter(|line| !line.starts_with(other));
            kept.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
        };
        let text = fs::read_to_string(self.folder.join(path)).expect("a file that was written before");
        let (old, new) = (side('+'), side('-'));
        assert_eq!(text.matches(&old).count(), 1, "{path} does not hold this once:\n{old}\n---\n{text}");
        self.write(path, &text.replace(&old, &new));
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.folder.parent().expect("a desk"));
    }
}

/// Whether what was printed is what is shown, in which `…` stands for any lines.
fn shows(shown: &[String], printed: &[String]) -> bool {
    match shown.iter().position(|line| line == "…") {
        None => shown == printed,
        Some(gap) => {
            let (before, after) = (&shown[..gap], &shown[gap + 1..]);
            printed.starts_with(before) && (before.len()..=printed.len()).any(|from| shows(after, &printed[from..]))
        }
    }
}

/// Follows a page; returns it as it would be with what was printed.
fn follow(name: &str, text: &str) -> String {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let desk = Desk::new(name);
    let mut page: Vec<String> = Vec::new();
    let mut copied = 0;
    for block in blocks(&lines) {
        let body = &lines[block.lines.clone()];
        if let Some(path) = block.value("file") {
            let fence = block.lines.start - 1;
            let said = lines[..fence].iter().rev().skip_while(|line| line.is_empty());
            let said: String = said.take_while(|line| !line.is_empty()).cloned().collect();
            assert!(said.contains(&format!("`{path}`")), "{name}:{fence}: the text before does not name `{path}`");
            if block.is("diff") {
                desk.change(path, body);
            } else {
                desk.write(path, &body.iter().map(|line| format!("{line}\n")).collect::<String>());
            }
        } else if block.is("console") {
            page.extend_from_slice(&lines[copied..block.lines.start]);
            copied = block.lines.end;
            let expected: i32 = block.value("exit").map_or(0, |code| code.parse().expect("a number"));
            let mut ended = 0;
            for part in body.chunk_by(|_, next| !next.starts_with("$ ")) {
                let command = part[0].strip_prefix("$ ").expect("a command first");
                assert_eq!(ended, 0, "{name}: the command before `{command}`; the end was\n{}", end_of(&page));
                let (printed, code) = desk.run(command);
                ended = code;
                page.push(part[0].clone());
                page.extend(if shows(&part[1..], &printed) { part[1..].to_vec() } else { printed });
            }
            assert_eq!(ended, expected, "{name}: the exit code; the end was\n{}", end_of(&page));
        }
    }
    page.extend_from_slice(&lines[copied..]);
    page.join("\n") + "\n"
}

fn end_of(page: &[String]) -> String {
    page[page.len().saturating_sub(30)..].join("\n")
}

#[test]
fn pages_say_what_happens() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.to_owned(), root.join("docs")];
    let listed = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("folder"));
    let mut pages: Vec<PathBuf> = listed.map(|entry| entry.expect("entry").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    let mut followed = Vec::new();
    for path in pages {
        let text = fs::read_to_string(&path).expect("text");
        if !text.lines().any(|line| line.starts_with("```console")) {
            continue;
        }
        let name = path.strip_prefix(root).expect("below the root").to_string_lossy().into_owned();
        let page = follow(&name, &text);
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, &page).expect("page");
        } else {
            assert!(page == text, "{name} shows what is not printed:\n{}", difference(&text, &page));
        }
        followed.push(name);
    }
    assert!(followed.iter().any(|name| name == "docs/tutorial.md"), "the tutorial is not followed: {followed:?}");
    assert!(followed.iter().any(|name| name == "README.md"), "the README is not followed: {followed:?}");
}

/// The first lines in which two texts differ.
fn difference(shown: &str, printed: &str) -> String {
    let same = shown.lines().zip(printed.lines()).take_while(|(one, other)| one == other).count();
    let from = |text: &str| text.lines().skip(same).take(12).collect::<Vec<_>>().join("\n");
    format!("from line {}, shown:\n{}\nprinted:\n{}", same + 1, from(shown), from(printed))
}
