//! Processes and times: killed whenever it may be, several runs at once, a spec that is saved while it is read.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::sandbox::{Sandbox, said};
use crate::scene::{MINE, SPEC, TARGETS, say};

/// A spec of many offloads, with `window` as their window.
fn large(offloads: usize, window: &str) -> String {
    let mut text = "version: 1\nname: large\n".to_owned() + TARGETS + "offloads:\n";
    let mut rollout = "rollout:\n".to_owned();
    for n in 0..offloads {
        text.push_str(&format!(
            "  job-{n}:\n    kind: cron\n    priority: P1\n    route: /api/cron/job-{n}\n    schedule: \"0 * * * *\"\n    window: {window}\n    owners: [app/api/cron/job-{n}/route.ts]\n"
        ));
        rollout.push_str(&format!("  - {{ offload: job-{n}, step: convert }}\n"));
    }
    let ledger = &SPEC[SPEC.find("ledger:").expect("a ledger")..];
    text + &rollout + ledger
}

#[test]
fn killed_at_random_times() {
    let kills: usize = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(8);
    let specs = [large(1_000, "1h"), large(1_000, "30m")];
    let folder = Sandbox::new("random");
    let mut trees = Vec::new();
    let mut took = Duration::ZERO;
    for spec in &specs {
        folder.write("spec/inngest-offload.yaml", spec);
        let began = Instant::now();
        folder.succeed(&["generate"]);
        took = began.elapsed();
        let mut tree = folder.tree("");
        tree.remove("spec/inngest-offload.yaml");
        trees.push(tree);
    }
    assert!(trees[0].len() > 3_000, "{} files", trees[0].len());
    folder.write("docs/own.md", MINE);
    // Any numbers do; the same ones each time are easier to look into.
    let mut state = 0x9e37_79b9_u64;
    let (mut killed, mut round) = (0, 0);
    while killed < kills {
        assert!(round < 20 * kills, "only {killed} of {round} were killed");
        folder.write("spec/inngest-offload.yaml", &specs[round % 2]);
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = took.mul_f64((state >> 33) as f64 / f64::from(1_u32 << 31));
        let mut child =
            folder.command(&["generate"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        let began = Instant::now();
        thread::sleep(wait);
        child.kill().expect("killed");
        if child.wait().expect("ended").signal() == Some(9) {
            killed += 1;
        } else {
            // The machine is less busy than it was.
            took = took.min(began.elapsed()).mul_f64(0.8);
        }
        for (path, bytes) in folder.tree("") {
            let known = trees.iter().any(|tree| tree.get(&path) == Some(&bytes))
                || path.starts_with("spec/")
                || path.contains("/.inngest-offload-")
                || (path == "docs/own.md" && bytes == MINE.as_bytes());
            assert!(known, "round {round}, after {wait:?}: {path} is neither the old one nor the new one");
        }
        round += 1;
    }
    say(&format!("killed {killed} of {round} times within {took:?}"));
    folder.write("spec/inngest-offload.yaml", &specs[0]);
    folder.succeed(&["generate"]);
    folder.succeed(&["check"]);
    let mut now = folder.tree("");
    assert_eq!(now.remove("docs/own.md").as_deref(), Some(MINE.as_bytes()));
    now.remove("spec/inngest-offload.yaml");
    assert!(now == trees[0], "something is left of the killed runs");
}

#[test]
fn two_at_once_are_one_after_the_other() {
    let specs = [large(40, "1h"), large(40, "30m")];
    let folder = Sandbox::new("two");
    for round in 0..6 {
        folder.write("spec/inngest-offload.yaml", &specs[round % 2]);
        let runs: Vec<_> = (0..4)
            .map(|_| {
                folder.command(&["generate"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs")
            })
            .collect();
        let outputs: Vec<Output> = runs.into_iter().map(|run| run.wait_with_output().expect("ended")).collect();
        for output in &outputs {
            assert!(output.status.success(), "{}", said(output));
        }
        let wrote = outputs.iter().filter(|output| said(output).contains("wrote ")).count();
        assert_eq!(wrote, 1, "each found other work");
        folder.succeed(&["check"]);
        assert!(!folder.tree("").keys().any(|path| path.contains(".inngest-offload-")));
    }
}

#[test]
fn a_spec_that_changes_while_it_is_read_is_the_old_one_or_the_new_one() {
    let specs = [large(60, "1h"), large(60, "30m")];
    let folder = Sandbox::new("changing");
    let mut trees = Vec::new();
    for spec in &specs {
        folder.write("spec/inngest-offload.yaml", spec);
        folder.succeed(&["generate"]);
        let mut tree = folder.tree("");
        tree.remove("spec/inngest-offload.yaml");
        trees.push(tree);
    }
    let path = folder.path("spec/inngest-offload.yaml");
    let done = std::sync::atomic::AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for round in 0.. {
                if done.load(std::sync::atomic::Ordering::Relaxed) {
                    break;
                }
                // In place, as some editors save: there is nothing in it for a moment.
                fs::write(&path, &specs[round % 2]).expect("spec");
                thread::sleep(Duration::from_millis(3));
            }
        });
        for _ in 0..12 {
            let output = folder.run(&["generate"]);
            let ended = output.status.code();
            assert!(matches!(ended, Some(0..=2)), "{}", said(&output));
            let mut now = folder.tree("");
            now.remove("spec/inngest-offload.yaml");
            assert!(trees.contains(&now), "{ended:?}: half a spec was carried out: {}", said(&output));
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    folder.succeed(&["generate"]);
}
