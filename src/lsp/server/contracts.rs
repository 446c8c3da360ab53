//! The contracts of the folders that a client has open, each with its application.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::Sender;

use super::{Settings, guarded};
use crate::compile::compile;
use crate::conform;
use crate::diagnostic::{Diagnostic, Report};
use crate::lsp::Model;
use crate::workspace::{SPEC_NAMES, Workspace};

/// One contract.
pub(super) struct Unit {
    pub(super) workspace: Workspace,
    text: String,
    model: Model,
    /// The text changed after the model was made.
    stale: bool,
    /// When findings are to be told.
    pub(super) due: Option<Instant>,
    /// How long the last model took.
    took: Duration,
    /// What was found in the code, or in the spec by looking at the code.
    pub(super) code: Vec<Diagnostic>,
    judging: bool,
    again: bool,
    /// Files that findings were told of.
    pub(super) told: HashSet<String>,
}

/// What came of holding code against a contract.
pub(super) struct Judged {
    spec: PathBuf,
    /// `None` when there is nothing to hold against each other.
    findings: Option<Vec<Diagnostic>>,
}

pub(super) struct Contracts {
    settings: Settings,
    results: Sender<Judged>,
    pub(super) units: Vec<Unit>,
}

impl Unit {
    /// The text as it is.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// What the compiler knows of the text as it is.
    pub(super) fn model(&mut self) -> &Model {
        if self.stale {
            let began = Instant::now();
            self.model = Model::new(self.workspace.spec(), &self.text, Some(&self.model));
            (self.took, self.stale) = (began.elapsed(), false);
        }
        &self.model
    }

    /// What the compiler knows of the text of a moment ago.
    pub(super) fn recent_model(&self) -> &Model {
        &self.model
    }

    fn set(&mut self, text: &str) {
        if self.text != text {
            text.clone_into(&mut self.text);
            self.stale = true;
        }
    }

    /// A pause in typing is at least as long as the work that waits for it.
    fn tell_after_a_pause(&mut self, now: Instant) {
        const SHORTEST: Duration = Duration::from_millis(30);
        const LONGEST: Duration = Duration::from_millis(400);
        self.due = Some(now + self.took.clamp(SHORTEST, LONGEST));
    }
}

impl Contracts {
    pub(super) fn new(settings: Settings, results: Sender<Judged>) -> Self {
        Self { settings, results, units: Vec::new() }
    }

    /// When the next findings are to be told.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.units.iter().filter_map(|unit| unit.due).min()
    }

    /// Takes on the contracts that folders belong to.
    pub(super) fn look_in(&mut self, folders: &[PathBuf]) {
        if folders.is_empty() {
            self.find(&self.settings.here.clone(), None);
        }
        for folder in folders {
            self.find(folder, None);
        }
    }

    /// Lets contracts go whose root lies in these folders.
    pub(super) fn leave(&mut self, folders: &[PathBuf]) -> Vec<Unit> {
        let lies = |unit: &Unit| folders.iter().any(|folder| unit.workspace.root().starts_with(folder));
        let (gone, kept) = std::mem::take(&mut self.units).into_iter().partition(lies);
        self.units = kept;
        gone
    }

    /// The contract whose spec this is.
    pub(super) fn of_spec(&mut self, path: &Path) -> Option<&mut Unit> {
        self.units.iter_mut().find(|unit| is_same(unit.workspace.spec_file(), path))
    }

    /// The contract that a file of code belongs to: that with the nearest root.
    pub(super) fn of_code(&mut self, path: &Path) -> Option<&mut Unit> {
        let inside = self.units.iter_mut().filter(|unit| path.starts_with(unit.workspace.root()));
        inside.max_by_key(|unit| unit.workspace.root().components().count())
    }

    fn find(&mut self, folder: &Path, spec: Option<&Path>) -> Option<&mut Unit> {
        let Settings { here, root, spec: asked } = &self.settings;
        // What was asked for is seen from where the server was started.
        let (from, spec) = match (asked, spec) {
            (Some(asked), None) => (here.as_path(), Some(asked.as_path())),
            (_, spec) => (folder, spec),
        };
        let root = root.as_ref().map(|root| here.join(root));
        let workspace = Workspace::find(from, root.as_deref(), spec).ok()?;
        let at = self.units.iter().position(|unit| is_same(unit.workspace.spec_file(), workspace.spec_file()));
        let index = match at {
            Some(index) => index,
            None => {
                let bytes = workspace.read_spec().unwrap_or_default();
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let began = Instant::now();
                self.units.push(Unit {
                    model: Model::new(workspace.spec(), &text, None),
                    workspace,
                    text,
                    stale: false,
                    due: Some(Instant::now()),
                    took: began.elapsed(),
                    code: Vec::new(),
                    judging: false,
                    again: false,
                    told: HashSet::new(),
                });
                self.judge(self.units.len() - 1);
                self.units.len() - 1
            }
        };
        self.units.get_mut(index)
    }

    /// A client opened or saved a file: it may be a spec, or lead to one.
    pub(super) fn opened(&mut self, path: &Path, text: &str) {
        let is_spec_name = path.file_name().is_some_and(|name| {
            SPEC_NAMES.iter().any(|spec| Path::new(spec).file_name().is_some_and(|spec| spec == name))
        });
        let folder = path.parent().unwrap_or(path).to_owned();
        if self.of_spec(path).is_none() {
            self.find(&folder, is_spec_name.then_some(path));
        }
        if let Some(unit) = self.of_spec(path) {
            unit.set(text);
            unit.due = Some(Instant::now());
        }
    }

    /// A person typed in a file.
    pub(super) fn typed(&mut self, path: &Path, text: &str, now: Instant) {
        if let Some(unit) = self.of_spec(path) {
            unit.set(text);
            unit.tell_after_a_pause(now);
        }
    }

    /// A file was saved: the code is held against the contract.
    pub(super) fn saved(&mut self, path: &Path) {
        let concerned = |unit: &Unit| {
            is_same(unit.workspace.spec_file(), path)
                || path.strip_prefix(unit.workspace.root()).is_ok_and(|inside| !lies_aside(inside))
                || unit
                    .workspace
                    .packages()
                    .iter()
                    .any(|folder| path.strip_prefix(folder).is_ok_and(|inside| !lies_aside(inside)))
        };
        let indices: Vec<usize> = (0..self.units.len()).filter(|index| concerned(&self.units[*index])).collect();
        for index in indices {
            self.judge(index);
        }
    }

    /// A client no longer has a file: what is on the disk counts.
    pub(super) fn closed(&mut self, path: &Path) {
        if let Some(unit) = self.of_spec(path) {
            let bytes = unit.workspace.read_spec().unwrap_or_default();
            unit.set(&String::from_utf8_lossy(&bytes));
            unit.due = Some(Instant::now());
        }
    }

    /// A file changed beside the client.
    pub(super) fn changed_on_disk(&mut self, path: &Path, is_open: bool) {
        if !is_open {
            if self.of_spec(path).is_none() && SPEC_NAMES.iter().any(|name| path.ends_with(name)) {
                self.find(path.parent().unwrap_or(path), Some(path));
            }
            self.closed(path);
        }
        self.saved(path);
    }

    /// Starts to hold the code against a contract; once more afterwards, if that is going on.
    fn judge(&mut self, index: usize) {
        let Some(unit) = self.units.get_mut(index) else { return };
        if unit.judging {
            unit.again = true;
            return;
        }
        unit.judging = true;
        let (workspace, text, results) = (unit.workspace.clone(), unit.text.clone(), self.results.clone());
        let work = move || {
            let spec = workspace.spec_file().to_owned();
            let findings = guarded(|| findings(&workspace, text)).flatten();
            // The session may be over.
            let _ = results.send(Judged { spec, findings });
        };
        if thread::Builder::new().name("conformance".to_owned()).spawn(work).is_err() {
            unit.judging = false;
        }
    }

    /// Takes over what came of a run.
    pub(super) fn judged(&mut self, judged: Judged) {
        let index = self.units.iter().position(|unit| unit.workspace.spec_file() == judged.spec);
        let Some((index, unit)) = index.and_then(|index| Some((index, self.units.get_mut(index)?))) else { return };
        unit.judging = false;
        if let Some(findings) = judged.findings {
            unit.code = findings;
        }
        unit.due = Some(Instant::now());
        if std::mem::take(&mut unit.again) {
            self.judge(index);
        }
    }
}

/// What the code does that the contract does not say, and the other way; `None` while the spec has errors.
fn findings(workspace: &Workspace, text: String) -> Option<Vec<Diagnostic>> {
    let compiled = compile(workspace.spec(), text.into_bytes()).ok().filter(|compiled| !compiled.is_broken())?;
    let files = workspace.application().ok()?;
    if !conform::is_application(&files) {
        return Some(Vec::new());
    }
    let (document, contract) = (&compiled.document, &compiled.contract);
    let found = conform::conform(document, contract, files, &|paths| workspace.read_all(paths)).ok()?;
    Some(Report::new(found).diagnostics().to_vec())
}

/// Whether a file lies where nothing is looked at.
fn lies_aside(inside: &Path) -> bool {
    let folders = inside.parent().into_iter().flat_map(Path::iter);
    folders.map(|part| part.to_string_lossy()).any(|part| part.starts_with('.') || part == "node_modules")
}

/// Whether two paths are of one file, however they lead there.
fn is_same(a: &Path, b: &Path) -> bool {
    a == b || matches!((std::fs::canonicalize(a), std::fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}
