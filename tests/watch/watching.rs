//! A folder that files change in, and a process that watches it and tells.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::examples;

pub(crate) const SPEC: &str = include_str!("../../src/rule/example.yaml");
pub(crate) const TARGETS: &str = "targets: { docs: { out: docs/inngest } }\n";
/// Longer than the slowest machine takes for anything here.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// A process that tells nothing for this long has told all.
pub(crate) const SILENCE: Duration = Duration::from_millis(1200);

pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str, spec: &str) -> Self {
        let path = std::env::temp_dir().join(format!("inngest-offload-watch-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        let folder = Self(
            fs::canonicalize(path.parent().expect("parent")).expect("folder").join(path.file_name().expect("name")),
        );
        folder.write("spec/inngest-offload.yaml", spec);
        folder
    }

    /// With the application of the rules' examples, which agrees with its spec.
    pub(crate) fn with_application(name: &str) -> Self {
        let (spec, files) = examples::code("{}", &[]);
        let folder = Self::new(name, &String::from_utf8(spec).expect("text"));
        for (path, text) in files {
            folder.write(&path, &text);
        }
        folder
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.join(path)
    }

    pub(crate) fn spec(&self) -> PathBuf {
        self.path("spec/inngest-offload.yaml")
    }

    /// Truncates and writes, as most programs do.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        fs::write(path, text).expect("write");
    }

    /// A spec with a fault that is told by this name.
    pub(crate) fn break_spec(&self, name: &str) {
        fs::write(self.spec(), broken(name)).expect("write");
    }

    pub(crate) fn mend_spec(&self) {
        fs::write(self.spec(), SPEC).expect("write");
    }

    pub(crate) fn watch(&self, arguments: &[&str]) -> Watching {
        Watching::start(Command::new(env!("CARGO_BIN_EXE_inngest-offload")).args(arguments).current_dir(&self.0))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn broken(name: &str) -> String {
    format!("{SPEC}{name}: 1\n")
}

pub(crate) struct Watching {
    pub(crate) child: Child,
    lines: Receiver<String>,
    pub(crate) seen: Vec<String>,
}

impl Watching {
    /// Starts it, and waits until it watches.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
        let (sender, lines) = mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("stdout")), Box::new(child.stderr.take().expect("stderr"))];
        for stream in streams {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                    let _ = sender.send(String::from_utf8_lossy(&line).into_owned());
                }
            });
        }
        drop(sender);
        let mut watching = Self { child, lines, seen: Vec::new() };
        watching.until("press Ctrl-C to stop");
        watching
    }

    /// Waits for a line with this text; gives the lines before it.
    pub(crate) fn until(&mut self, text: &str) -> Vec<String> {
        let began = Instant::now();
        let mut before = Vec::new();
        while let Some(left) = PATIENCE.checked_sub(began.elapsed()) {
            let Ok(line) = self.lines.recv_timeout(left) else { break };
            self.seen.push(line.clone());
            if line.contains(text) {
                return before;
            }
            before.push(line);
        }
        panic!("nothing told `{text}`; all that was told:\n{}", self.seen.join("\n"));
    }

    /// Everything that is told until nothing is any more.
    pub(crate) fn rest(&mut self) -> Vec<String> {
        let mut rest = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(SILENCE) {
            rest.push(line);
        }
        self.seen.extend(rest.iter().cloned());
        rest
    }

    #[track_caller]
    pub(crate) fn is_silent(&mut self) {
        let rest = self.rest();
        assert!(rest.is_empty(), "told without a reason:\n{}\nbefore:\n{}", rest.join("\n"), self.seen.join("\n"));
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
