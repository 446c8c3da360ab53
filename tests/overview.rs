//! The picture of the whole contract in its overview: there at every size, within what GitHub draws, and
//! with every offload in it.

use inngest_offload::compile::compile;
use inngest_offload::emit::{Emission, Templates, emit};

/// Mermaid's own limits, which GitHub keeps.
const MOST_ARROWS: usize = 500;
const MOST_CHARACTERS: usize = 50_000;

#[test]
fn a_picture_of_every_size() {
    let every = |n: usize| format!("*/{} * * * *", [5, 10, 15, 20, 30][n % 5]);
    let own = |n: usize| format!("{} {} * * *", n % 60, n / 60 % 24);
    let schedules: [&dyn Fn(usize) -> String; 2] = [&every, &own];
    for schedule in schedules {
        for offloads in [1, 24, 25, 80] {
            let picture = picture(offloads, schedule);
            let arrows = picture.matches("-->").count();
            assert!(arrows > 0 && arrows <= MOST_ARROWS, "{offloads}: {arrows} arrows");
            assert!(picture.chars().count() <= MOST_CHARACTERS, "{offloads}: {} characters", picture.len());
            let routes: usize = picture.lines().filter_map(routes).sum();
            let expected = if offloads <= 24 { 0 } else { offloads };
            assert_eq!(routes, expected, "{offloads}: every route is counted once\n{picture}");
        }
    }
}

/// How many routes a line of a group stands for.
fn routes(line: &str) -> Option<usize> {
    let (_, label) = line.trim().strip_prefix("routes")?.split_once("[\"")?;
    label.split_once(" route")?.0.parse().ok()
}

fn picture(offloads: usize, schedule: &dyn Fn(usize) -> String) -> String {
    let mut spec = String::from("version: 1\nname: many\ntargets: { docs: { out: docs } }\noffloads:\n");
    for n in 0..offloads {
        spec.push_str(&format!(
            "  job-{n}:\n    kind: cron\n    route: /api/job-{n}\n    schedule: \"{}\"\n    window: 5m\n    priority: P{}\n",
            schedule(n),
            n % 10
        ));
    }
    let compiled = compile("spec.yaml", spec.into_bytes()).unwrap_or_else(|found| panic!("{}", found[0].message));
    let templates = Templates::built_in().expect("the templates are sound");
    let emission = Emission { contract: &compiled.contract, spec: "spec.yaml", templates: &templates };
    let artifacts = emit(&emission).unwrap_or_else(|error| panic!("{error}"));
    let readme = artifacts.iter().find(|artifact| artifact.path.as_str() == "docs/README.md").expect("the overview");
    let (_, rest) = readme.text.split_once("```mermaid\n").expect("a picture");
    rest.split_once("```").expect("its end").0.to_owned()
}
