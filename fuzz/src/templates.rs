//! A team's own templates: whatever is in them, they print, or a finding says in which file and where.

use std::collections::HashMap;
use std::sync::LazyLock;

use inngest_offload::compile::{Compiled, compile};
use inngest_offload::diagnostic::Diagnostic;
use inngest_offload::emit::{BuiltIn, EMITTERS, Emission, EmitError, Emitter, GivenTemplate, Templates};
use inngest_offload::source::Source;

use super::choices::{Choices, change};
use super::findings::sound;
use super::seeds::SPECS;

/// A small contract with every output.
static CONTRACT: LazyLock<Compiled> = LazyLock::new(|| {
    let small = SPECS.iter().filter(|spec| spec.windows(9).any(|part| part == b"\n  docs: "));
    let mut small: Vec<Compiled> = small.filter_map(|spec| compile("spec.yaml", spec.clone()).ok()).collect();
    small.retain(|compiled| !compiled.is_broken() && compiled.contract.targets.typescript.is_some());
    small.retain(|compiled| compiled.contract.ledger.is_some());
    small.sort_by_key(|compiled| compiled.document.source().text().len());
    small.into_iter().next().expect("a small contract")
});

/// The emitters that print each template: what comes of the others is the same whatever stands in it.
static PRINTERS: LazyLock<HashMap<&str, Vec<&Emitter>>> = LazyLock::new(|| {
    let printed = |emitter: &Emitter, templates: &Templates| {
        let all = emitter.files(&Emission { contract: &CONTRACT.contract, spec: "spec.yaml", templates });
        all.ok().map(|all| all.into_iter().map(|artifact| artifact.text).collect::<Vec<_>>())
    };
    let built_in = Templates::built_in().unwrap_or_else(|error| panic!("{error}"));
    let printers = Templates::list().map(|template| {
        let other = with(template.name, "other {{ 1 // 0 }}".to_owned()).unwrap_or_else(|told| panic!("{told:?}"));
        let differs = |emitter: &&Emitter| printed(emitter, &other) != printed(emitter, &built_in);
        let all: Vec<&Emitter> = EMITTERS.iter().copied().filter(differs).collect();
        assert!(!all.is_empty(), "{} is printed by nothing", template.name);
        (template.name, all)
    });
    printers.collect()
});

/// The built-in templates with this text in the place of one, and a piece for it to include.
fn with(name: &str, text: String) -> Result<Templates, Vec<Diagnostic>> {
    let given = |name: &str, text: String| GivenTemplate {
        name: name.to_owned(),
        source: Source::new(format!("templates/{name}"), text),
        is_text: true,
    };
    Templates::with(vec![given(name, text), given("_x.j2", "{{ 1 }}\n".to_owned())])
}

/// What a template is made of.
const PIECES: &str = "{{ name }}\n{% if x is defined %}\n{% for a in b %}\n{% endfor %}\n{% else %}\n{% endif %}\n\
{% include \"_x.j2\" %}\n{% include \"built-in/docs/README.md.j2\" %}\n{% set x = 1 %}\n{% macro m(a) %}\n{% endmacro %}\n\
{{ loop.index }}\n{{ x | length }}\n{{ [1, 2][5] }}\n{{ 1 // 0 }}\n{{ 1 + \"a\" }}\n{{ x() }}\n{{ x.y.z }}\n\
{% raw %}\n{% endraw %}\n{# a #}\n{{ \"a\" * 3 }}\n{{ -9223372036854775808 }}\n{{ x | join(\",\") }}\n{% extends \"x\" %}\n\
{% block a %}\n{% import \"_x.j2\" as x %}\n{{ a if b else c }}\n{{ range(3) }}\n{{ debug() }}\n{{ namespace() }}\n";

/// What holds for any change of a template.
pub fn hold(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    let all: Vec<&BuiltIn> = Templates::list().collect();
    let template = *choices.pick(&all);
    let mut text = template.source.to_owned();
    for _ in 0..6 {
        if choices.is_empty() {
            break;
        }
        let other = if choices.once_in(2) { choices.pick(&all).source } else { PIECES };
        change(&mut text, other, &mut choices);
    }
    let input = text.len();
    let templates = match with(template.name, text) {
        Ok(templates) => templates,
        Err(findings) => {
            assert!(!findings.is_empty(), "refused without a word");
            assert!(findings.iter().all(|f| f.location.source.path().starts_with("templates/")), "{findings:?}");
            return sound(&findings, input);
        }
    };
    let emission = Emission { contract: &CONTRACT.contract, spec: "spec.yaml", templates: &templates };
    for printer in &PRINTERS[template.name] {
        match printer.files(&emission) {
            Ok(_) => {}
            Err(EmitError::Template(error)) => {
                let finding = error.finding.as_deref().unwrap_or_else(|| panic!("{error}: no place"));
                assert!(finding.location.source.path().starts_with("templates/"));
                sound(std::slice::from_ref(finding), input);
            }
            Err(EmitError::Path(path, _)) => panic!("a template does not name files: {path}"),
        }
    }
}
