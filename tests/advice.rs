//! What a finding advises is done: the language accepts it, and the finding is gone.

mod overlay;

use inngest_offload::compile::{Compiled, compile};
use inngest_offload::diagnostic::{Diagnostic, Severity};
use inngest_offload::pointer::Pointer;
use inngest_offload::rule::BASE;
use overlay::laid_over;
use serde_yaml::{Mapping, Value};

const CEILING: &str = "above-ceiling";

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn compiled(spec: &Value) -> Compiled {
    let text = serde_yaml::to_string(spec).expect("YAML");
    compile("spec.yaml", text.clone().into_bytes()).unwrap_or_else(|findings| panic!("{text}\n{findings:#?}"))
}

/// The first of the texts in backticks that is YAML with a key, with something in place of what is left open.
fn advised(finding: &Diagnostic) -> Value {
    let parts = finding.help.split('`').skip(1).step_by(2);
    let part = parts.into_iter().find(|part| part.contains(": ")).unwrap_or_else(|| panic!("{}", finding.help));
    yaml(&part.replace('…', "measured"))
}

fn child<'v>(value: &'v mut Value, segment: &str) -> &'v mut Value {
    match value {
        Value::Sequence(items) => &mut items[segment.parse::<usize>().expect("an index")],
        value => value.get_mut(segment).expect("a key"),
    }
}

/// The spec with the advice in the place of what it is about.
fn follow(spec: &Value, at: &Pointer, advice: Value) -> Value {
    let mut spec = spec.clone();
    let is_section = advice.get("defaults").or(advice.get("policy")).is_some();
    let parent = if is_section { Pointer::root() } else { at.parent().expect("a parent") };
    let mut place = &mut spec;
    for segment in parent.segments() {
        place = child(place, &segment);
    }
    if is_section {
        *place = laid_over(place, advice);
    } else if let (Value::Mapping(place), Value::Mapping(advice)) = (place, advice) {
        place.extend(advice);
    }
    spec
}

/// How often the rule reports, whether the advice is taken as it is written.
fn findings(spec: &Value) -> (Compiled, Vec<usize>) {
    let compiled = compiled(spec);
    let found = compiled.findings.iter().enumerate().filter(|(_, finding)| finding.rule.id == CEILING);
    let found = found.map(|(index, _)| index).collect();
    (compiled, found)
}

#[test]
fn what_above_ceiling_advises_is_what_the_language_accepts() {
    let over = |text: &str| laid_over(&yaml(BASE), yaml(text));
    let function = |text: &str| over(&format!("offloads: {{ nightly-report: {{ function: {text} }} }}"));
    let specs = [
        function("{ retries: 7 }"),
        function("{ retries: { env: RETRIES, default: 1, min: 0, max: 9 } }"),
        function("{ retries: { env: RETRIES, default: 5, min: 4, max: 9 } }"),
        function("{ concurrency: 50 }"),
        function("{ concurrency: { limit: 50 } }"),
        function("{ concurrency: { limit: 50, key: event.data.dispatchKey } }"),
        function("{ concurrency: { limit: { env: RUNS, default: 2, min: 1 } } }"),
        function("{ concurrency: [{ limit: 1 }, { limit: 50, key: event.data.dispatchKey }] }"),
        over("defaults: { cron: { function: { retries: 8 } } }"),
        over("defaults: { cron: { function: { concurrency: 8 } } }"),
        over("policy: { retries: { ceiling: 1 } }"),
        over("policy: { concurrency: { ceiling: 0 } }"),
    ];
    for mut spec in specs {
        let (before, found) = findings(&spec);
        assert!(!found.is_empty(), "{}", serde_yaml::to_string(&spec).expect("YAML"));
        for index in &found {
            let finding = &before.findings[*index];
            let (at, ..) = before.document.at(finding.location.span.start).expect("a place");
            spec = follow(&spec, &at, advised(finding));
        }
        let (after, found) = findings(&spec);
        let text = serde_yaml::to_string(&spec).expect("YAML");
        assert!(found.is_empty(), "{text}\n{:#?}", after.findings);
        let errors = after.findings.iter().filter(|finding| finding.rule.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{text}\n{:#?}", after.findings);
    }
}

#[test]
fn every_text_that_is_undecided_is_found() {
    // Each text of the spec in turn, whatever key it is under.
    let more = laid_over(
        &yaml(BASE),
        yaml(
            "payloads: { D: { description: a, fields: { x: { type: string, description: a, example: a } } } }
offloads: { nightly-report: { description: a, function: { retries: { value: 5, justification: { evidence: a, reason: a } } } } }
flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { description: a, rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: 'false' }, note: a } } } }
synchronous: [{ route: /api/x, why: a }]
allow: [{ rule: unused-payload, reason: a }]",
        ),
    );
    let mut all = Vec::new();
    places(&more, &Pointer::root(), &mut all);
    let mut seen = 0;
    for at in &all {
        let mut one = more.clone();
        let mut place = &mut one;
        for segment in at.segments() {
            place = child(place, &segment);
        }
        *place = Value::String("undecided: is it so?".to_owned());
        let text = serde_yaml::to_string(&one).expect("YAML");
        // Where the language takes no such text, that is reported.
        let Ok(compiled) = compile("spec.yaml", text.into_bytes()) else { continue };
        let found = compiled.findings.iter().filter(|finding| finding.rule.id == "undecided").collect::<Vec<_>>();
        assert_eq!(found.len(), 1, "{at}");
        assert_eq!(compiled.document.at(found[0].location.span.start).expect("a place").0, *at);
        seen += 1;
    }
    assert!(seen > 8, "{seen}");
}

fn places(value: &Value, at: &Pointer, out: &mut Vec<Pointer>) {
    match value {
        Value::String(_) => out.push(at.clone()),
        Value::Sequence(items) => items.iter().enumerate().for_each(|(i, item)| places(item, &at.index(i), out)),
        Value::Mapping(entries) => walk(entries, at, out),
        _ => {}
    }
}

fn walk(entries: &Mapping, at: &Pointer, out: &mut Vec<Pointer>) {
    for (key, value) in entries {
        places(value, &at.key(key.as_str().expect("text")), out);
    }
}
