//! The mutants as cargo-mutants lists them: it says what they are, this program only runs them in another way.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// Lines of files, both ends among them.
pub struct Lines(HashMap<String, Vec<(usize, usize)>>);

#[derive(Debug, Deserialize)]
pub struct Mutant {
    pub file: String,
    pub name: String,
    pub genre: String,
    pub replacement: String,
    pub span: Span,
    /// What it is called however far it moves: its name without the place, and which of that name it is.
    #[serde(skip)]
    pub key: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Span {
    pub start: Place,
    pub end: Place,
}

/// Both from 1, columns in characters.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Place {
    pub line: usize,
    pub column: usize,
}

/// All mutants of the core; the number of one is its place in the list, from 1.
pub fn list(root: &Path) -> Result<Vec<Mutant>> {
    let output = Command::new("cargo")
        .args(["mutants", "--list", "--json"])
        .current_dir(root)
        .output()
        .context("`cargo mutants` does not start: cargo install --locked cargo-mutants")?;
    ensure!(output.status.success(), "cargo mutants: {}", String::from_utf8_lossy(&output.stderr));
    let mut all: Vec<Mutant> = serde_json::from_slice(&output.stdout)?;
    let mut known: HashMap<String, usize> = HashMap::new();
    for mutant in &mut all {
        let place = format!("{}:{}:{}: ", mutant.file, mutant.span.start.line, mutant.span.start.column);
        let change = mutant.name.strip_prefix(&place).context("a name begins with its place")?;
        let key = format!("{}: {change}", mutant.file);
        let count = known.entry(key.clone()).or_default();
        *count += 1;
        mutant.key = if *count == 1 { key } else { format!("{key} #{count}") };
    }
    Ok(all)
}

impl Lines {
    /// What the working tree has that a commit has not.
    pub fn since(root: &Path, commit: &str) -> Result<Self> {
        let output = Command::new("git")
            .args(["diff", "--unified=0", "--no-color", "--no-ext-diff", "--src-prefix=a/", "--dst-prefix=b/", commit])
            .args(["--", "src"])
            .current_dir(root)
            .output()
            .context("`git` does not start")?;
        ensure!(output.status.success(), "git diff: {}", String::from_utf8_lossy(&output.stderr));
        let mut all: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        let mut file = String::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            if let Some(path) = line.strip_prefix("+++ ") {
                file = path.trim_start_matches("b/").to_owned();
            } else if let Some(hunk) = line.strip_prefix("@@ ") {
                let added =
                    hunk.split(' ').find_map(|part| part.strip_prefix('+')).context("a hunk says what it adds")?;
                let (first, count) = added.split_once(',').unwrap_or((added, "1"));
                let (first, count): (usize, usize) = (first.parse()?, count.parse()?);
                if count > 0 {
                    all.entry(file.clone()).or_default().push((first, first + count - 1));
                }
            }
        }
        Ok(Self(all))
    }

    /// Whether a mutant changes one of them.
    pub fn have(&self, mutant: &Mutant) -> bool {
        let (start, end) = (mutant.span.start.line, mutant.span.end.line);
        self.0.get(&mutant.file).is_some_and(|lines| lines.iter().any(|(first, last)| start <= *last && end >= *first))
    }
}
