//! The share, and who survived without a reason.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};
use serde::Deserialize;

use crate::build::Built;
use crate::list::Mutant;
use crate::run::{Verdict, at_first, count, results};

/// Mutants that no test tells, and why that is right, or what is missing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    why: String,
    mutants: Vec<String>,
}

pub fn report(out: &Path, all: &[Mutant], asked: &dyn Fn(&Mutant) -> bool, built: &Built) -> Result<()> {
    let reasons: Vec<Reason> = serde_yaml::from_str(include_str!("../survivors.yaml"))?;
    let reasons: BTreeMap<&str, &str> =
        reasons.iter().flat_map(|r| r.mutants.iter().map(|mutant| (mutant.as_str(), r.why.as_str()))).collect();
    let known = results(out)?;
    let (all, numbers): (Vec<&Mutant>, BTreeSet<usize>) =
        all.iter().zip(1..).filter(|(mutant, _)| asked(mutant)).unzip();
    let ran: Vec<_> = all.iter().filter_map(|mutant| known.get(&mutant.key)).collect();
    let counts = count(ran.iter().copied());
    let of = |verdict| counts.get(&verdict).copied().unwrap_or_default();
    let caught = of(Verdict::Caught) + of(Verdict::Timeout);
    let among = |ids: &BTreeSet<usize>| ids.intersection(&numbers).count();
    let (unviable, constant) = (among(&built.unviable), among(&built.constant));
    println!("{} mutants: {} do not compile, {} are never switched", all.len(), unviable, constant);
    println!(
        "{} run: {} caught ({} by time), {} survived, {} of them reached by no test, {} not yet held against all tests",
        ran.len(),
        caught,
        of(Verdict::Timeout),
        ran.len() - caught,
        of(Verdict::Unreached),
        of(Verdict::Suspect)
    );
    println!("share caught: {:.1} %", 100.0 * caught as f64 / ran.len() as f64);
    if ran.len() + unviable + constant < all.len() {
        // Tests that were written for survivors of a sample make it better than the rest.
        let first = at_first(out)?;
        let counts = count(all.iter().filter_map(|mutant| first.get(&mutant.key)));
        let hits: usize = [Verdict::Caught, Verdict::Timeout].iter().filter_map(|verdict| counts.get(verdict)).sum();
        let (low, high) = interval(hits as f64, ran.len() as f64);
        let share = 100.0 * hits as f64 / ran.len() as f64;
        println!("a sample; at first sight {share:.1} %: with 95 % that share of all is from {low:.1} to {high:.1} %");
    }
    let survived = ran.iter().filter(|ran| !matches!(ran.verdict, Verdict::Caught | Verdict::Timeout));
    let survived: BTreeSet<&str> = survived.map(|ran| ran.key.as_str()).collect();
    let unexplained: Vec<&&str> = survived.iter().filter(|key| !reasons.contains_key(**key)).collect();
    let gone: Vec<&&str> =
        reasons.keys().filter(|key| known.contains_key(**key) && !survived.contains(**key)).collect();
    unexplained.iter().for_each(|key| println!("no reason: {key}"));
    gone.iter().for_each(|key| println!("caught, though a reason is given: {key}"));
    if !unexplained.is_empty() || !gone.is_empty() {
        bail!("{} survivors without a reason, {} reasons without a survivor", unexplained.len(), gone.len());
    }
    Ok(())
}

/// Wilson's interval of a share.
fn interval(hits: f64, of: f64) -> (f64, f64) {
    let (z, share) = (1.96, hits / of);
    let middle = share + z * z / (2.0 * of);
    let wide = z * (share * (1.0 - share) / of + z * z / (4.0 * of * of)).sqrt();
    let all = 1.0 + z * z / of;
    (100.0 * (middle - wide) / all, 100.0 * (middle + wide) / all)
}
