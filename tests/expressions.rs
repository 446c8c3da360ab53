//! Expressions of function options: which rule finds what, and the text that it underlines.

use inngest_offload::compile::compile;
use inngest_offload::diagnostic::Diagnostic;

const SPEC: &str = r#"version: 1
name: example
payloads:
  Address:
    fields:
      town: { type: string }
  Report:
    extends: BackgroundDispatchEventData
    fields:
      tenant: { type: string }
      user-id: { type: string }
      count: { type: integer }
      urgent: { type: boolean }
      maybe: { type: string, optional: true }
      empty: { type: string, nullable: true }
      labels: { type: map<string> }
      items: { type: array<string> }
      meta: { type: json }
      home: { type: Address }
      owner: { fields: { name: { type: string }, mail: { type: string, optional: true } } }
offloads:
  digest:
    kind: cron
    route: /api/cron/digest
    schedule: "*/5 * * * *"
    window: 5m
    owners: [app/api/cron/digest/route.ts]
  report:
    kind: cron
    route: /api/cron/report
    schedule: "*/5 * * * *"
    window: 5m
    payload: Report
    owners: [app/api/cron/report/route.ts]
    function:
"#;

/// The findings of one option of the function.
fn findings(option: &str) -> Vec<Diagnostic> {
    let spec = format!(
        "{SPEC}      {option}\nrollout:\n  - {{ offload: report, step: convert }}\n  - {{ offload: digest, step: convert }}\n"
    );
    compile("spec.yaml", spec.into_bytes()).map_or_else(|faults| faults, |compiled| compiled.findings)
}

/// Rules with the text that they underline.
fn found(option: &str) -> Vec<(&'static str, String)> {
    let place = |d: &Diagnostic| d.location.source.slice(d.location.span).to_owned();
    findings(option).iter().map(|d| (d.rule.id, place(d))).collect()
}

#[test]
fn sound_expressions_are_silent() {
    for option in [
        "idempotency: event.data.tenant",
        "idempotency: event.id",
        "idempotency: event['data']['tenant']",
        "idempotency: event.data['user-id']",
        "idempotency: event.data.owner.name",
        "idempotency: event.data.home.town",
        r#"idempotency: "r'\\' + event.data.tenant""#,
        r#"idempotency: "'\\'${' + event.data.tenant""#,
        r#"idempotency: "'''it's ${''' + event.data.tenant""#,
        "idempotency: event.data.tenant + '-' + string(event.data.count)",
        r#"idempotency: "has(event.data.maybe) ? event.data.maybe : event.data.tenant""#,
        r#"idempotency: "event.data.urgent ? 'urgent' : event.data.tenant""#,
        "concurrency: { limit: 1, key: event.data.tenant }",
        r#"concurrency: { limit: 1, scope: env, key: "'reports'" }"#,
        "priority: { run: event.data.count }",
        r#"priority: { run: "event.data.urgent ? 120 : 0" }"#,
        r#"cancelOn: [{ event: app/stopped, if: "event.data.items[0] == async.data.id && async.data.n > 5" }]"#,
        "cancelOn: [{ event: app/stopped, match: data.tenant }]",
        "cancelOn: [{ event: cron/digest.requested, match: data.dispatchKey }]",
        // A number may be computed from a text.
        r#"priority: { run: "event.data.tenant + '1'" }"#,
    ] {
        assert_eq!(found(option), [], "{option}");
    }
}

#[test]
fn each_fault_is_one_finding_at_its_place() {
    for (option, id, text) in [
        ("idempotency: event.data.tennant", "cel-unknown-path", "tennant"),
        ("idempotency: tenant", "cel-unknown-path", "tenant"),
        ("idempotency: evnt.data.tenant", "cel-unknown-path", "evnt"),
        ("idempotency: event.tenant", "cel-unknown-path", "tenant"),
        ("idempotency: event.data.user-id", "cel-unknown-path", "user-id"),
        ("idempotency: event.data.owner.nam", "cel-unknown-path", "nam"),
        ("idempotency: event.data.tenant.length", "cel-unknown-path", "length"),
        ("idempotency: event.data.params", "cel-unknown-path", "params"),
        ("idempotency: event.data.tenant + event['data'].tennant", "cel-unknown-path", "tennant"),
        ("idempotency: event.data?.tenant", "cel-syntax", "?."),
        ("idempotency: ${event.data.tenant}", "cel-syntax", "${"),
        ("idempotency: '{{ event.data.tenant }}'", "cel-syntax", "{{"),
        ("idempotency: event.data.tenant ?? event.id", "cel-syntax", "??"),
        ("idempotency: event.data.tenant === event.id", "cel-syntax", "==="),
        ("idempotency: event.data.tenant +", "cel-syntax", "+"),
        ("idempotency: event.data.tenant tenant", "cel-syntax", "tenant"),
        ("idempotency: event.data.tenant user_id + 'a'", "cel-syntax", "user_id"),
        ("idempotency: event.data.tenant ) + 'a'", "cel-syntax", ")"),
        // What is in quotes is no fault, however they are written.
        (r"idempotency: event.data.tenant + '\'${' +", "cel-syntax", "+"),
        (r"idempotency: event.data.tenant + '''it's ${''' +", "cel-syntax", "+"),
        (r"idempotency: event.data.tenant + r'\' ?? event.id", "cel-syntax", "??"),
        (r"idempotency: event.data.tenant + 'é\é' + 'ü' ?? event.id", "cel-syntax", "??"),
        ("idempotency: event.data.urgent", "idempotency-path-not-required-text", "event.data.urgent"),
        ("idempotency: event.data.count", "idempotency-path-not-required-text", "event.data.count"),
        ("idempotency: event.data.maybe", "idempotency-path-not-required-text", "event.data.maybe"),
        ("idempotency: event.data.empty", "idempotency-path-not-required-text", "event.data.empty"),
        ("idempotency: event.data.labels.a", "idempotency-path-not-required-text", "event.data.labels.a"),
        ("idempotency: event.data.items[0]", "idempotency-path-not-required-text", "event.data.items[0]"),
        ("idempotency: event.data.owner.mail", "idempotency-path-not-required-text", "event.data.owner.mail"),
        ("idempotency: event.data.owner", "idempotency-path-not-required-text", "event.data.owner"),
        (
            "idempotency: event.data.tenant + '-' + event.data.maybe",
            "idempotency-path-not-required-text",
            "event.data.maybe",
        ),
        ("idempotency: event.data.tenant == 'a'", "idempotency-boolean", "event.data.tenant == 'a'"),
        ("idempotency: event.name", "idempotency-constant", "event.name"),
        ("idempotency: event.data.source", "idempotency-constant", "event.data.source"),
        ("idempotency: \"'once'\"", "idempotency-constant", "'once'"),
        (
            "idempotency: string(event.data.dispatchWindowSeconds)",
            "idempotency-constant",
            "string(event.data.dispatchWindowSeconds)",
        ),
        ("idempotency: event.data.home.twn", "cel-unknown-path", "twn"),
        ("idempotency: event.data.home", "idempotency-path-not-required-text", "event.data.home"),
        ("idempotency: event.data.meta.a", "idempotency-path-not-required-text", "event.data.meta.a"),
        ("idempotency: event", "idempotency-path-not-required-text", "event"),
        ("idempotency: event.data", "idempotency-path-not-required-text", "event.data"),
        ("idempotency: event.data.items.first", "cel-unknown-path", "first"),
        ("idempotency: event.user", "idempotency-path-not-required-text", "event.user"),
        ("idempotency: \"true\"", "idempotency-boolean", "true"),
        ("idempotency: event.ts", "cel-never-repeats", "event.ts"),
        ("idempotency: event.data.requestedAt", "cel-never-repeats", "event.data.requestedAt"),
        ("idempotency: event.data.tenant + string(now())", "cel-never-repeats", "now"),
        ("concurrency: { limit: 1, key: report }", "cel-unknown-path", "report"),
        ("concurrency: { limit: 1, key: \"'reports'\" }", "key-constant", "'reports'"),
        ("throttle: { limit: 10, period: 1m, key: event.data.maybe }", "key-path-optional", "event.data.maybe"),
        ("priority: { run: \"-700\" }", "priority-out-of-range", "-700"),
        ("priority: { run: event.data.tenant }", "priority-out-of-range", "event.data.tenant"),
        ("cancelOn: [{ event: a/b, if: event.data.count + 1 == async.data.count }]", "cancel-condition-refused", "+"),
        ("cancelOn: [{ event: a/b, if: has(async.data.tenant) }]", "cancel-condition-refused", "has"),
        ("cancelOn: [{ event: a/b, match: event.data.tenant }]", "cel-unknown-path", "event."),
        ("cancelOn: [{ event: a/b, match: data.tennant }]", "cel-unknown-path", "tennant"),
        // Both events must have what is compared.
        ("cancelOn: [{ event: cron/digest.requested, match: data.tenant }]", "cel-unknown-path", "tenant"),
        // Of what is beyond a condition that matches, the piece that stands first.
        (
            "cancelOn: [{ event: a/b, if: event.data.count + 1 == async.data.count * 2 }]",
            "cancel-condition-refused",
            "+",
        ),
        (
            "cancelOn: [{ event: a/b, if: event.data.count * 2 == async.data.count + 1 }]",
            "cancel-condition-refused",
            "*",
        ),
        ("cancelOn: [{ event: a/b, if: \"async.data.tenant in ['a', 'b']\" }]", "cancel-condition-refused", "in"),
        ("cancelOn: [{ event: a/b, if: \"async.data.a == { 'a': 1 }\" }]", "cancel-condition-refused", "{"),
        ("cancelOn: [{ event: a/b, if: \"async.data.l.exists(x, x == 1)\" }]", "cancel-condition-refused", "exists"),
        // The branches of a condition are what comes out, what it asks is not.
        (
            "idempotency: \"event.data.urgent ? event.data.maybe : event.data.tenant\"",
            "idempotency-path-not-required-text",
            "event.data.maybe",
        ),
        (
            "idempotency: \"event.data.urgent ? true : event.data.count > 1\"",
            "idempotency-boolean",
            "event.data.urgent ? true : event.data.count > 1",
        ),
        ("idempotency: \"has(event.data.maybe)\"", "idempotency-boolean", "has(event.data.maybe)"),
        (
            "idempotency: \"event.data.items.exists(x, x == 'a')\"",
            "idempotency-boolean",
            "event.data.items.exists(x, x == 'a')",
        ),
        (
            "idempotency: \"event.data.tenant.startsWith('a')\"",
            "idempotency-boolean",
            "event.data.tenant.startsWith('a')",
        ),
        // What stands in a list or a map is asked for as well.
        ("cancelOn: [{ event: a/b, if: \"event.data.tennant == 'a'\" }]", "cel-unknown-path", "tennant"),
        (
            "idempotency: \"event.data.tenant + string(size({ 'a': event.data.tennant }))\"",
            "cel-unknown-path",
            "tennant",
        ),
        ("idempotency: \"event.data.tenant + string(size([event.data.tennant]))\"", "cel-unknown-path", "tennant"),
        ("idempotency: \"has(event.data.tennant) ? 'a' : event.data.tenant\"", "cel-unknown-path", "tennant"),
        ("idempotency: event.data. tennant", "cel-unknown-path", "tennant"),
        (
            "cancelOn: [{ event: cron/report.requested, if: async.data.tennant == event.id }]",
            "cel-unknown-path",
            "tennant",
        ),
    ] {
        assert_eq!(found(option), [(id, text.to_owned())], "{option}");
    }
}

#[test]
fn a_close_name_is_suggested() {
    for (option, help) in [
        ("idempotency: event.data.tennant", "did you mean `tenant`?"),
        ("idempotency: tenant", "write `event.data.tenant`"),
        ("idempotency: tennant", "did you mean `event.data.tenant`?"),
        ("idempotency: evnt.data.tenant", "did you mean `event`?"),
        ("idempotency: event.tenant", "write `event.data.tenant`"),
        ("idempotency: event.data.user-id", "write a name with a hyphen as an index: `event.data['user-id']`"),
        ("cancelOn: [{ event: a/b, match: event.data.tenant }]", "write `data.tenant`"),
        ("cancelOn: [{ event: a/b, match: tenant }]", "write `data.tenant`"),
        ("idempotency: event.nam", "did you mean `event.name`?"),
    ] {
        let help_found: Vec<String> = findings(option).into_iter().map(|d| d.help).collect();
        assert_eq!(help_found, [help], "{option}");
    }
}

#[test]
fn an_expression_may_be_as_long_and_as_deep_as_is_said() {
    let quoted = |text: &str| format!("idempotency: {}", serde_json::Value::from(text));
    let nested = |depth: usize, open: &str, close: &str| {
        format!(
            "event.data.tenant + string({}{}{})",
            open.repeat(depth - 1),
            "event.data.count",
            close.repeat(depth - 1)
        )
    };
    assert_eq!(found(&quoted(&nested(8, "(", ")"))), []);
    assert_eq!(found(&quoted(&nested(9, "(", ")"))), [("cel-syntax", "(".to_owned())]);
    let asked = (0..8).fold("event.data.tenant".to_owned(), |rest, _| format!("(event.data.urgent ? 'a' : {rest})"));
    assert_eq!(found(&quoted(&asked)), []);
    // What is closed no longer counts, nor what is quoted.
    assert_eq!(found(&quoted(&["(event.data.tenant)"; 20].join(" + "))), []);
    assert_eq!(found(&quoted("event.data.tenant + '(((((((((((('")), []);
    assert_eq!(
        found(&quoted("event.data.items[0] + event.data.items[1] + event.data.tenant + [[[[[[[[['a']]]]]]]]][0]"))[0].0,
        "cel-syntax"
    );
    let long = |bytes: usize| format!("event.data.tenant + '{}'", "x".repeat(bytes - "event.data.tenant + ''".len()));
    assert_eq!(found(&quoted(&long(1_024))), []);
    assert_eq!(found(&quoted(&long(1_025)))[0].0, "cel-syntax");
}

/// The parser behind the rules recurses; what is too much for a thread's stack is refused before.
#[test]
fn monstrous_expressions_are_refused_not_crashed_on() {
    let mut texts: Vec<String> = Vec::new();
    for unit in
        ["a+", "a||", "a?b:", "!", "-", "a.", "a==", "a?", "$", "'", "''", "((((a?b:", "[a,[", "{a:", ".b()", "é"]
    {
        texts.extend([1_020, 100_000].map(|length| unit.repeat(length / unit.len()) + "a"));
    }
    let brackets =
        [("(", ")"), ("[", "]"), ("f(", ")"), ("{1:", "}"), ("(a?b:", ")"), ("a[", "]"), ("l.exists(x, ", ")")];
    for (open, close) in brackets {
        for unit in ["a+", "a.b+", "a||", "a==", "-", "!"] {
            let (depth, room) = (8, 1_000 - 8 * (open.len() + close.len()));
            texts.push(format!("{}{}a{}", open.repeat(depth), unit.repeat(room / unit.len()), close.repeat(depth)));
        }
        texts.push(open.repeat(10_000));
    }
    for text in texts {
        let option = format!("idempotency: {}", serde_json::Value::from(text.as_str()));
        assert!(!findings(&option).is_empty(), "{} is accepted", &text[..20.min(text.len())]);
    }
}
