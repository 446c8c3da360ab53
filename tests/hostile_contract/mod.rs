//! A contract all of whose texts are given, and what it compiles to.

use inngest_offload::artifact::Artifact;
use inngest_offload::compile::compile;
use inngest_offload::emit::{Emission, Templates, emit};

/// One line of everything that Markdown, HTML and Mermaid could read as theirs.
pub(crate) const LINE: &str = "x | y `q` ``r <b onclick=\"a()\">&lt;</b> <!-- --> [l](javascript:alert(1)) ![i](data:x) \\| \\` **b** _e_ ~~s~~ $m$ [^1] <https://a.example|b> https://c.example/?d=e_f http://g.example/<h> www.i.example j@k.example --> ;end; %%{init}%% {{n}} #35; \"o\" 'p'";

/// The same over several lines, with characters that cannot be seen.
pub(crate) const LINES: &str = "# heading\n\n- item\n1. one\n> quote\n```\nfence\n```\n| a | b |\n| - | - |\n\n===\n---\n<script>alert(1)</script>\n\n    code\n\u{202e}\u{2066}\u{200b}\u{feff}\u{0007}\u{00ad}end";

const SPEC: &str = r#"
version: 1
name: LINES
description: LINES
targets:
  typescript:
    out: lib/generated
    handlers: lib/functions
    sdk: 4
    client: { module: MODULE, export: inngest }
  schemas: { out: lib/generated/schemas }
  docs: { out: docs }
payloads:
  Data:
    description: LINES
    fields:
      source: { type: string, from: source, description: LINES, example: LINES }
      dispatchKey: { type: string, from: dispatchKey, description: LINE }
      "odd | `field` <b>": { type: enum, values: [LINES, LINE], default: LINES, description: LINES }
      bounded: { type: string, pattern: "^a|b`c`<d>$", optional: true }
dispatch:
  auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: allow }
  metadata: LINE
  responses:
    dispatched: { status: 202, mode: LINE }
    misconfigured: { status: 503, mode: LINE 2 }
    failed: { status: 503, mode: LINE 3 }
ledger:
  writer: { module: MODULE, export: write }
  states: [running, succeeded, failed]
  fields: [dispatchKey, runId, LINES]
environment: { secrets: [CRON_SECRET] }
flags:
  truthy: ["1", LINES]
  declared:
    A_FLAG:
      description: LINES
      since: LINES
      enabledWhen: { on: A_FLAG }
      override: { on: B_FLAG, means: inline, for: LINES }
      rollback: { set: { A_FLAG: LINES }, note: LINES }
offloads:
  job:
    kind: cron
    description: LINES
    route: /api/cron/job
    schedule: "*/5 * * * *"
    window: 5m
    source: PATTERN
    payload: Data
    dispatchKey: "a:{window}"
    flag: A_FLAG
    inlineFields: [LINES]
    events:
      "x/LINE":
        description: LINES
        eventId: "b:{dispatchKey}"
        function:
          id: PATTERN
          name: LINES
          description: LINES
          jobName: PATTERN
          idempotency: LINES
          retries: { value: 9, justification: { evidence: LINES, reason: LINES } }
          concurrency: { limit: 1, key: LINES }
          priority: { run: LINES }
          cancelOn: [{ event: LINES, if: LINES, match: LINES, timeout: 1m }]
  queued:
    kind: webhook
    status: existing
    route: /api/webhooks/queued
    when: LINES
    via: { queue: LINE }
synchronous:
  - { route: /api/now, why: LINES }
rollout:
  - { offload: job, step: convert, note: LINES }
gates:
  variables: { a: LINES, b: { ask: LINES } }
  run: [LINE, "{a} LINE"]
  fallback: { when: { missing: "{a}" }, run: [LINE] }
  report: [LINE]
"#;

/// What the contract compiles to when these texts are everywhere in it.
pub(crate) fn outputs(line: &str, lines: &str) -> Vec<Artifact> {
    let mut spec: serde_yaml::Value = serde_yaml::from_str(SPEC).expect("the spec is YAML");
    fill(&mut spec, line, lines);
    let text = serde_yaml::to_string(&spec).expect("a value is YAML");
    let compiled = compile("spec.yaml", text.into_bytes()).unwrap_or_else(|found| {
        let all: Vec<String> = found.iter().map(|f| format!("{} {}: {}", f.location, f.rule.id, f.message)).collect();
        panic!("{}", all.join("\n"))
    });
    let templates = Templates::built_in().expect("the templates are sound");
    let emission = Emission { contract: &compiled.contract, spec: "spec.yaml", templates: &templates };
    emit(&emission).unwrap_or_else(|error| panic!("{error}"))
}

fn fill(value: &mut serde_yaml::Value, line: &str, lines: &str) {
    // Brackets, braces and backslashes mean something in a pattern.
    let escaped = || {
        line.chars().fold(String::new(), |out, c| if "[]{}\\".contains(c) { out + "\\" } else { out } + &c.to_string())
    };
    // A module that names a drive, a scheme or a backslash is refused.
    let module = || line.replace([':', '\\'], "");
    let put = |text: &str| {
        let text = text.replace("LINES", lines).replace("LINE", line);
        text.replace("PATTERN", &escaped()).replace("MODULE", &module())
    };
    match value {
        serde_yaml::Value::String(text) => *text = put(text),
        serde_yaml::Value::Sequence(items) => items.iter_mut().for_each(|item| fill(item, line, lines)),
        serde_yaml::Value::Mapping(map) => {
            for (mut key, mut value) in std::mem::take(map) {
                fill(&mut key, line, lines);
                fill(&mut value, line, lines);
                map.insert(key, value);
            }
        }
        _ => {}
    }
}
