//! `--watch`: the same work again after every save, told in one line or in full.

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};

use clap::Args;

use super::output::{Out, Outcome, nobody_reads};
use super::progress::Progress;
use super::{Exit, Format, Options};
use crate::workspace::{Watch, Workspace};

#[derive(Debug, Args)]
pub(super) struct Watching {
    /// Keep running, and repeat after every save; stop with Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Do not clear the terminal before a new report
    #[arg(long, requires = "watch")]
    no_clear: bool,
}

/// One run of a command.
type Work<'w> = dyn Fn(&Workspace) -> anyhow::Result<Outcome> + 'w;

impl Watching {
    /// Does the work once, or again and again.
    pub(super) fn run(&self, options: &Options, work: &Work<'_>) -> anyhow::Result<Exit> {
        let workspace = options.workspace()?;
        if !self.watch {
            let progress = Progress::of(options, "reading and interpreting the application");
            let outcome = work(&workspace);
            drop(progress);
            return options.tell(&workspace, outcome?);
        }
        // Before the first run: what is saved while it runs is told.
        let mut watch = Watch::start(&workspace, &options.output_files()?)?;
        let mut told: Option<Told> = None;
        let mut own = HashSet::new();
        let mut is_echo = false;
        loop {
            let outcome = work(&workspace);
            let (mut wrote, mut not_watched) = (false, false);
            if let Ok(outcome) = &outcome {
                not_watched = watch.add(&outcome.outputs, outcome.templates.as_deref(), &workspace.packages())?;
                wrote = !outcome.wrote.is_empty();
                if wrote {
                    own = outcome.wrote.iter().map(|path| workspace.root().join(path.as_str())).collect();
                }
            }
            let now = Told::of(&outcome);
            // The run after one that wrote finds what was written. If it finds no more, all is told.
            if !is_echo || wrote || told.as_ref() != Some(&now) {
                self.tell(options, &workspace, outcome)?;
                if told.is_none() {
                    let root = crate::workspace::shown(workspace.root());
                    options.say(&format!("watching {root} and {}; press Ctrl-C to stop", workspace.spec()))?;
                }
            }
            if nobody_reads() {
                return Ok(now.exit);
            }
            told = Some(now);
            is_echo = not_watched || watch.wait()?.only(&own);
        }
    }

    fn tell(&self, options: &Options, workspace: &Workspace, outcome: anyhow::Result<Outcome>) -> io::Result<()> {
        if !self.no_clear && options.format == Format::Text && io::stdout().is_terminal() {
            // The screen is emptied; what has scrolled away stays.
            write!(Out::plain(), "\x1b[2J\x1b[H")?;
        }
        // What was written needs no list after every save.
        let told = outcome.and_then(|outcome| options.tell(workspace, Outcome { details: Vec::new(), ..outcome }));
        if let Err(error) = told {
            anstream::eprintln!("{}", super::complaint(&error));
        }
        Ok(())
    }
}

/// What was told last, as far as it has to be told again when it differs.
#[derive(PartialEq, Eq)]
struct Told {
    findings: Vec<String>,
    failure: Option<String>,
    exit: Exit,
}

impl Told {
    fn of(outcome: &anyhow::Result<Outcome>) -> Self {
        match outcome {
            Ok(outcome) => {
                let findings = outcome.report.diagnostics().iter();
                let findings = findings.map(|d| format!("{} {} {}", d.rule.id, d.location, d.message));
                let failure = outcome.failure.as_ref().map(|error| format!("{error:#}"));
                Self { findings: findings.collect(), failure, exit: outcome.exit }
            }
            Err(error) => Self { findings: Vec::new(), failure: Some(format!("{error:#}")), exit: Exit::Findings },
        }
    }
}
