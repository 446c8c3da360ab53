//! The spec as it was: another file, or the same file in a commit of git.
//!
//! Git is asked for one commit and one blob with plumbing that runs no hook, no pager and no filter, and
//! is never given text of the user where it reads an option.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use super::{Workspace, shown};
use crate::source::MAX_BYTES;

/// What the spec is compared against.
#[derive(Debug)]
pub struct Former {
    /// How people know it: a path, or `path@commit`.
    pub shown: String,
    /// Its bytes; `None` when the commit has no such file.
    pub bytes: Option<Vec<u8>>,
}

/// Why there is nothing to compare with.
#[derive(Debug)]
pub enum NoFormer {
    /// Git is not installed or cannot be started.
    NoGit(io::Error),
    /// The folder belongs to no repository, or git refuses to look: its own words.
    NoRepository(String, PathBuf),
    /// There is no such file.
    NoSuchFile(String),
    /// The repository has no commit.
    NoCommit,
    /// There is no such file and no such commit.
    Unknown(String),
    /// The commit has something else than a file there.
    NoFile(String),
    /// The file, or what git says of it, cannot be read.
    Unreadable(String, io::Error),
}

impl fmt::Display for NoFormer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit(error) => write!(f, "git cannot be started: {error}; name a file with --against"),
            Self::NoRepository(words, folder) => {
                write!(f, "{} is not in a repository that git can read", shown(folder))?;
                if !words.is_empty() {
                    write!(f, " ({words})")?;
                }
                f.write_str("; name a file with --against")
            }
            Self::NoSuchFile(name) => write!(f, "there is no file `{name}`"),
            Self::NoCommit => {
                f.write_str("this repository has no commit yet: commit the spec, or name a file with --against")
            }
            Self::Unknown(name) => write!(
                f,
                "`{name}` is neither a file nor a commit; if this is CI, the commit may not be fetched: run \
                 `git fetch origin`, or check out with `fetch-depth: 0`"
            ),
            Self::NoFile(name) => write!(f, "`{name}` is not a file"),
            Self::Unreadable(name, error) => write!(f, "cannot read `{name}`: {error}"),
        }
    }
}

impl std::error::Error for NoFormer {}

impl Workspace {
    /// What `against` names: a file that is there, else the spec in a commit, `REF` or `REF:path`. Of a branch it is
    /// the commit where the one at hand left it.
    ///
    /// # Errors
    /// It names nothing, or what it names cannot be read.
    pub fn former(&self, here: &Path, against: &str) -> Result<Former, NoFormer> {
        let file = here.join(against);
        if file.is_file() {
            let read = fs::File::open(&file).and_then(limited);
            let bytes = read.map_err(|error| NoFormer::Unreadable(against.to_owned(), error))?;
            return Ok(Former { shown: against.replace('\\', "/"), bytes: Some(bytes) });
        }
        let folder = self.spec.parent().unwrap_or(&self.root);
        let name = self.spec.file_name().unwrap_or_default().to_string_lossy();
        let (commit, path, shown) = match against.split_once(':') {
            Some((commit, path)) => (commit, path.to_owned(), format!("{path}@{commit}")),
            None => (against, format!("./{name}"), format!("{}@{against}", self.shown)),
        };
        let inside = run(folder, &["rev-parse", "--is-inside-work-tree"])?;
        if !inside.succeeded {
            return Err(NoFormer::NoRepository(inside.complaint, folder.to_owned()));
        }
        let unknown = || {
            let is_path = [".yaml", ".yml", ".json"].iter().any(|end| against.ends_with(end))
                || against.starts_with(['.', '/', '\\']);
            match against {
                "HEAD" => NoFormer::NoCommit,
                _ if is_path && !against.contains(':') => NoFormer::NoSuchFile(against.to_owned()),
                _ => NoFormer::Unknown(against.to_owned()),
            }
        };
        if commit.is_empty() || commit.starts_with('-') {
            return Err(unknown());
        }
        let found =
            run(folder, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{commit}^{{commit}}")])?;
        let text = String::from_utf8_lossy(&found.bytes).into_owned();
        let hash = text.lines().last().unwrap_or_default();
        let is_hash = hash.len() >= 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !found.succeeded || !is_hash {
            return Err(unknown());
        }
        let base = branched_off(folder, commit, hash)?;
        let object = format!("{}:{path}", base.as_deref().unwrap_or(hash));
        let kind = run(folder, &["cat-file", "-t", &object])?;
        if !kind.succeeded {
            return Ok(Former { shown, bytes: None });
        }
        if kind.bytes.trim_ascii() != b"blob" {
            return Err(NoFormer::NoFile(shown));
        }
        let blob = run(folder, &["cat-file", "blob", &object])?;
        if !blob.succeeded {
            return Err(NoFormer::Unreadable(shown, io::Error::other(blob.complaint)));
        }
        Ok(Former { shown, bytes: Some(blob.bytes) })
    }
}

/// Where the commit at hand left a branch: what changed on the branch since is no change of ours. None for
/// what is no branch, and where the history that is here does not reach so far back.
fn branched_off(folder: &Path, name: &str, hash: &str) -> Result<Option<String>, NoFormer> {
    let full = run(folder, &["rev-parse", "--symbolic-full-name", "--end-of-options", name])?;
    let full = String::from_utf8_lossy(&full.bytes).into_owned();
    let mut lines = full.lines().filter(|line| *line != "--end-of-options");
    let is_branch = lines.any(|line| line.starts_with("refs/heads/") || line.starts_with("refs/remotes/"));
    if !is_branch {
        return Ok(None);
    }
    let base = run(folder, &["merge-base", hash, "HEAD"])?;
    let text = String::from_utf8_lossy(&base.bytes).trim().to_owned();
    Ok(Some(text).filter(|text| base.succeeded && text.len() >= 40 && text.bytes().all(|b| b.is_ascii_hexdigit())))
}

/// What git answered.
struct Answer {
    succeeded: bool,
    bytes: Vec<u8>,
    /// The first line of its complaint.
    complaint: String,
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Answer, NoFormer> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        // It never asks, in the words that this expects.
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(NoFormer::NoGit)?;
    let failed = |error| NoFormer::Unreadable("git".to_owned(), error);
    // Both at once: git waits for whoever does not read.
    let complaints = child.stderr.take().map(|errors| thread::spawn(|| limited(errors)));
    let bytes = child.stdout.take().map(limited).transpose().map_err(failed)?.unwrap_or_default();
    if bytes.len() > MAX_BYTES {
        // The rest is not wanted; git would wait for a reader.
        let _ = child.kill();
    }
    let status = child.wait().map_err(failed)?;
    let complaint = complaints.and_then(|complaints| complaints.join().ok()?.ok()).unwrap_or_default();
    let complaint = String::from_utf8_lossy(&complaint);
    let complaint = complaint.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    Ok(Answer { succeeded: status.success() || bytes.len() > MAX_BYTES, bytes, complaint })
}

/// At most one byte more than can be compiled.
fn limited(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
