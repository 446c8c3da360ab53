//! Runs the mutants, one at a time, until a test fails.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use anyhow::Result;
use serde::{Deserialize, Serialize};

use crate::build::Built;
use crate::list::Mutant;
use crate::probe::{Outcome, Probe, own};

/// What became of a mutant: a line of `results.jsonl`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ran {
    pub key: String,
    pub verdict: Verdict,
    /// Who caught it.
    pub by: Option<String>,
    pub millis: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Caught,
    /// A test ran five times as long as without it.
    Timeout,
    Missed,
    /// Not caught so far: what takes long was not asked yet.
    Suspect,
    /// No test runs the code.
    Unreached,
}

/// The last that is known of each.
pub fn results(out: &Path) -> Result<HashMap<String, Ran>> {
    let text = fs::read_to_string(out.join("results.jsonl")).unwrap_or_default();
    let all = text.lines().map(|line| serde_json::from_str(line).map(|ran: Ran| (ran.key.clone(), ran)));
    Ok(all.collect::<Result<_, _>>()?)
}

/// What was first known of each: of mutants for whose sake a test was written, what the tests before it told.
pub fn at_first(out: &Path) -> Result<HashMap<String, Ran>> {
    let text = fs::read_to_string(out.join("results.jsonl")).unwrap_or_default();
    let all = text.lines().rev().map(|line| serde_json::from_str(line).map(|ran: Ran| (ran.key.clone(), ran)));
    Ok(all.collect::<Result<_, _>>()?)
}

/// Always the same order, in which every part of the list comes early: what was run is a sample of the whole.
pub fn order(count: usize) -> Vec<usize> {
    let mut ids: Vec<usize> = (1..=count).collect();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for last in (1..count).rev() {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        ids.swap(last, (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % (last + 1));
    }
    ids
}

/// How often a probe was asked about a file's folder, and how often it caught a mutant there.
type Record = HashMap<(usize, String), (f64, f64)>;

/// How long the tests take, all off, that look at a mutant first.
const QUICK: u64 = 6_000;

/// What a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// What has no result, held against what is quick and likely to tell.
    First,
    /// What is left of it, held against everything else.
    Second,
    /// What survived, held once more against what is quick and likely to tell.
    Again,
}

pub fn run(
    out: &Path,
    all: &[Mutant],
    asked: &dyn Fn(&Mutant) -> bool,
    built: &Built,
    probes: &[Probe],
    jobs: usize,
    pass: Pass,
) -> Result<()> {
    let known = results(out)?;
    let due = order(all.len()).into_iter().filter(|id| {
        let verdict = known.get(&all[id - 1].key).map(|ran| ran.verdict);
        let wanted = match pass {
            Pass::First => verdict.is_none(),
            Pass::Second => verdict == Some(Verdict::Suspect),
            Pass::Again => matches!(verdict, Some(Verdict::Suspect | Verdict::Missed | Verdict::Unreached)),
        };
        wanted && asked(&all[id - 1]) && !built.unviable.contains(id) && !built.constant.contains(id)
    });
    let due: Vec<usize> = due.collect();
    let queue = Mutex::new(due.iter());
    let record: Mutex<Record> = Mutex::default();
    let file = Mutex::new(OpenOptions::new().create(true).append(true).open(out.join("results.jsonl"))?);
    let one = || -> Result<()> {
        loop {
            let Some(&id) = queue.lock().expect("no worker panics").next() else { return Ok(()) };
            let ran = judge(out, id, &all[id - 1], probes, &record, pass)?;
            let mut line = serde_json::to_vec(&ran)?;
            line.push(b'\n');
            file.lock().expect("no worker panics").write_all(&line)?;
        }
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs).map(|_| scope.spawn(one)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no worker panics"))
    })
}

fn judge(out: &Path, id: usize, mutant: &Mutant, probes: &[Probe], record: &Mutex<Record>, pass: Pass) -> Result<Ran> {
    let started = Instant::now();
    let said = |verdict, by: Option<&Probe>| Ran {
        key: mutant.key.clone(),
        verdict,
        by: by.map(|probe| probe.name.clone()),
        millis: started.elapsed().as_millis() as u64,
    };
    let folder = mutant.file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut due: Vec<(usize, &Probe)> =
        probes.iter().enumerate().filter(|(_, probe)| probe.reached.contains(&id)).collect();
    if due.is_empty() {
        return Ok(said(Verdict::Unreached, None));
    }
    for probe in own(&mutant.file, probes) {
        match probe.with(out, id)? {
            Outcome::Passed => {}
            Outcome::Failed => return Ok(said(Verdict::Caught, Some(&probe))),
            Outcome::TooLong => return Ok(said(Verdict::Timeout, Some(&probe))),
        }
    }
    // Who caught much there in little time is asked first.
    let cost = |number: usize, probe: &Probe, record: &Record| {
        let (asked, caught) = record.get(&(number, folder.clone())).copied().unwrap_or_default();
        probe.millis as f64 * (asked + 2.0) / (caught + 1.0)
    };
    {
        let record = record.lock().expect("no worker panics");
        due.sort_by(|a, b| cost(a.0, a.1, &record).total_cmp(&cost(b.0, b.1, &record)));
    }
    let mut spent = 0;
    for (number, probe) in due {
        spent += probe.millis;
        if pass != Pass::Second && spent > QUICK {
            return Ok(said(Verdict::Suspect, None));
        }
        let outcome = probe.with(out, id)?;
        let mut record = record.lock().expect("no worker panics");
        let entry = record.entry((number, folder.clone())).or_default();
        entry.0 += 1.0;
        if outcome != Outcome::Passed {
            entry.1 += 1.0;
            let verdict = if outcome == Outcome::Failed { Verdict::Caught } else { Verdict::Timeout };
            return Ok(said(verdict, Some(probe)));
        }
    }
    Ok(said(Verdict::Missed, None))
}

/// How many of each.
pub fn count<'r>(all: impl Iterator<Item = &'r Ran>) -> BTreeMap<Verdict, usize> {
    let mut counts = BTreeMap::new();
    all.for_each(|ran| *counts.entry(ran.verdict).or_default() += 1);
    counts
}
