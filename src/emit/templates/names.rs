//! Names in a template held against the type of what it prints, also on lines that no contract has
//! reached yet. What a macro is called with, and what a team's own piece is included with, is not known:
//! there only printing tells.

use std::collections::HashMap;

use minijinja::machinery::Span as Place;
use minijinja::machinery::ast::{CallArg, Expr, Macro, Stmt};
use serde_json::Value;

use super::shape::{self, Shape, alternatives, items, suggestion};
use super::{Templates, given, views};
use crate::source::Span;

/// A name that nothing has.
pub(super) struct Unknown {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: String,
}

/// Names that every template has.
const EVERYWHERE: [&str; 8] = ["range", "dict", "debug", "namespace", "self", "super", "caller", "loop"];

/// The names of a template that nothing has. `view` is the type of what it prints; without it, names that
/// the template does not set itself may be anything.
pub(super) fn unknown(parsed: &Stmt<'_>, text: &str, view: Option<&str>, templates: &Templates) -> Vec<Unknown> {
    let mut walk = Walk { text, templates, open: view.is_none(), scopes: vec![HashMap::new()], found: Vec::new() };
    let fields = view.and_then(|view| views().types.get(view)?.get("properties")?.as_object());
    for (name, schema) in fields.into_iter().flatten() {
        walk.bind(name, Some(schema));
    }
    walk.statement(parsed);
    walk.found
}

struct Walk<'t> {
    text: &'t str,
    templates: &'t Templates,
    /// Names may come from whoever includes the template.
    open: bool,
    scopes: Vec<HashMap<String, Shape>>,
    found: Vec<Unknown>,
}

impl Walk<'_> {
    fn bind(&mut self, name: &str, shape: Shape) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.insert(name.to_owned(), shape);
        }
    }

    /// Gives a name, or several, a value.
    fn assign(&mut self, target: &Expr<'_>, shape: Shape) {
        match target {
            Expr::Var(name) => self.bind(name.id, shape),
            Expr::List(names) => names.items.iter().for_each(|name| self.assign(name, None)),
            Expr::Tuple(names) => names.items.iter().for_each(|name| self.assign(name, None)),
            other => drop(self.expression(other)),
        }
    }

    fn scoped(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scopes.push(HashMap::new());
        inside(self);
        self.scopes.pop();
    }

    fn statements(&mut self, all: &[Stmt<'_>]) {
        // A macro may be called above its place.
        for statement in all {
            if let Stmt::Macro(made) = statement {
                self.bind(made.name, None);
            }
        }
        all.iter().for_each(|statement| self.statement(statement));
    }

    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitExpr(printed) => drop(self.expression(&printed.expr)),
            Stmt::EmitRaw(_) => {}
            Stmt::ForLoop(given) => {
                let over = self.expression(&given.iter);
                self.scoped(|walk| {
                    walk.assign(&given.target, items(over));
                    walk.all(given.filter_expr.as_ref());
                    walk.statements(&given.body);
                });
                self.statements(&given.else_body);
            }
            Stmt::IfCond(given) => {
                self.expression(&given.expr);
                self.statements(&given.true_body);
                self.statements(&given.false_body);
            }
            Stmt::WithBlock(given) => self.scoped(|walk| {
                for (target, value) in &given.assignments {
                    let shape = walk.expression(value);
                    walk.assign(target, shape);
                }
                walk.statements(&given.body);
            }),
            Stmt::Set(given) => {
                let shape = self.expression(&given.expr);
                self.assign(&given.target, shape);
            }
            Stmt::SetBlock(given) => {
                self.statements(&given.body);
                self.all(given.filter.as_ref());
                self.assign(&given.target, None);
            }
            Stmt::AutoEscape(given) => {
                self.expression(&given.enabled);
                self.statements(&given.body);
            }
            Stmt::FilterBlock(given) => {
                self.expression(&given.filter);
                self.statements(&given.body);
            }
            Stmt::Block(given) => self.scoped(|walk| walk.statements(&given.body)),
            Stmt::Import(given) => {
                self.template(&given.expr);
                self.assign(&given.name, None);
            }
            Stmt::FromImport(given) => {
                self.template(&given.expr);
                for (name, alias) in &given.names {
                    self.assign(alias.as_ref().unwrap_or(name), None);
                }
            }
            Stmt::Extends(given) => self.template(&given.name),
            Stmt::Include(given) => {
                if given.ignore_missing {
                    self.expression(&given.name);
                } else {
                    self.template(&given.name);
                }
            }
            Stmt::Macro(made) => self.made(made),
            Stmt::CallBlock(given) => {
                self.expression(&given.call.expr);
                self.arguments(&given.call.args);
                self.made(&given.macro_decl);
            }
            Stmt::Do(given) => {
                self.expression(&given.call.expr);
                self.arguments(&given.call.args);
            }
        }
    }

    fn made(&mut self, made: &Macro<'_>) {
        self.all(&made.defaults);
        self.scoped(|walk| {
            made.args.iter().for_each(|argument| walk.assign(argument, None));
            walk.statements(&made.body);
        });
    }

    fn all<'e>(&mut self, expressions: impl IntoIterator<Item = &'e Expr<'e>>) {
        for expression in expressions {
            self.expression(expression);
        }
    }

    fn arguments(&mut self, all: &[CallArg<'_>]) {
        for argument in all {
            let (CallArg::Pos(given)
            | CallArg::Kwarg(_, given)
            | CallArg::PosSplat(given)
            | CallArg::KwargSplat(given)) = argument;
            self.expression(given);
        }
    }

    /// Looks at an expression; what it gives.
    fn expression(&mut self, expression: &Expr<'_>) -> Shape {
        match expression {
            Expr::Var(name) => return self.variable(name.id, name.span()),
            Expr::GetAttr(given) => {
                let of = self.expression(&given.expr);
                return self.field(of, given.name, given.span());
            }
            Expr::GetItem(given) => {
                let of = self.expression(&given.expr);
                self.expression(&given.subscript_expr);
                return match given.subscript_expr.as_const() {
                    Some(name) if name.as_str().is_some() => {
                        self.field(of, name.as_str().unwrap_or_default(), given.subscript_expr.span())
                    }
                    _ => items(of),
                };
            }
            Expr::Const(_) => {}
            Expr::Slice(given) => {
                let of = self.expression(&given.expr);
                self.all([&given.start, &given.stop, &given.step].into_iter().flatten());
                return of;
            }
            Expr::UnaryOp(given) => drop(self.expression(&given.expr)),
            Expr::BinOp(given) => self.all([&given.left, &given.right]),
            Expr::Compare(given) => {
                self.expression(&given.expr);
                self.all(given.ops.iter().map(|operand| &operand.expr));
            }
            Expr::IfExpr(given) => {
                self.all([&given.test_expr, &given.true_expr]);
                self.all(given.false_expr.as_ref());
            }
            Expr::Filter(given) => {
                self.known(shape::FILTER, given.name, given.span());
                self.all(given.expr.as_ref());
                self.arguments(&given.args);
            }
            Expr::Test(given) => {
                self.known(shape::TEST, given.name, given.span());
                // Whether a name is there may be asked of any name; what a thing has is known.
                if !(matches!(given.expr, Expr::Var(_)) && matches!(given.name, "defined" | "undefined")) {
                    self.expression(&given.expr);
                }
                self.arguments(&given.args);
            }
            Expr::Call(given) => {
                match &given.expr {
                    // A method of a value, such as `items`.
                    Expr::GetAttr(method) => drop(self.expression(&method.expr)),
                    other => drop(self.expression(other)),
                }
                self.arguments(&given.args);
            }
            Expr::List(given) => self.all(&given.items),
            Expr::Tuple(given) => self.all(&given.items),
            Expr::Map(given) => self.all(given.keys.iter().chain(&given.values)),
        }
        None
    }

    fn variable(&mut self, name: &str, place: Place) -> Shape {
        if let Some(shape) = self.scopes.iter().rev().find_map(|scope| scope.get(name)) {
            return *shape;
        }
        if !self.open && !EVERYWHERE.contains(&name) {
            let mut known: Vec<&str> = self.scopes.iter().flat_map(|scope| scope.keys().map(String::as_str)).collect();
            known.sort_unstable();
            let (help, span) = (suggestion(name, &known), self.span(name, place));
            self.found.push(Unknown { span, message: format!("the template has no value `{name}`"), help });
        }
        None
    }

    fn field(&mut self, of: Shape, name: &str, place: Place) -> Shape {
        let mut known: Vec<&str> = Vec::new();
        for schema in alternatives(of?) {
            let Some(fields) = schema.get("properties").and_then(Value::as_object) else {
                match schema.get("additionalProperties") {
                    Some(values) if values.is_object() => return Some(values),
                    _ if schema.get("type").is_none() => return None,
                    _ => continue,
                }
            };
            if let Some(field) = fields.get(name) {
                return Some(field);
            }
            known.extend(fields.keys().map(String::as_str));
        }
        let (help, span) = (suggestion(name, &known), self.span(name, place));
        self.found.push(Unknown { span, message: format!("there is no `{name}` here"), help });
        None
    }

    /// The name of a template that is included or imported.
    fn template(&mut self, name: &Expr<'_>) {
        self.expression(name);
        let Some(given) = name.as_const() else { return };
        let Some(named) = given.as_str() else { return };
        if !given::exists(self.templates, named) {
            let all = self.templates.given.keys().map(String::as_str).chain(Templates::list().map(|known| known.name));
            let mut known: Vec<&str> = all.collect();
            known.sort_unstable();
            let (help, span) = (suggestion(named, &known), self.span(named, name.span()));
            self.found.push(Unknown { span, message: format!("there is no template `{named}`"), help });
        }
    }

    /// A filter or a test, which the environment knows or not.
    fn known(&mut self, (kind, some): (&str, &[&str]), name: &str, place: Place) {
        let question = format!("name is {kind}");
        let asked = self.templates.environment.compile_expression(&question);
        let is_known = asked.and_then(|asked| asked.eval(minijinja::context! { name }));
        if is_known.is_ok_and(|is_known| !is_known.is_true()) {
            let (help, span) = (suggestion(name, some), self.span(name, place));
            self.found.push(Unknown { span, message: format!("there is no {kind} `{name}`"), help });
        }
    }

    /// The name alone where it ends the expression that it stands in.
    fn span(&self, name: &str, place: Place) -> Span {
        let (start, end) = (place.start_offset as usize, place.end_offset as usize);
        let inside = self.text.get(start..end).unwrap_or_default();
        match inside.rfind(name) {
            Some(at) => Span::new(start + at, start + at + name.len()),
            None => Span::new(start.min(self.text.len()), end.min(self.text.len())),
        }
    }
}

#[cfg(test)]
mod tests {
    use minijinja::machinery::parse;

    use super::super::{Templates, shape, views};
    use super::unknown;

    fn messages(name: &str, text: &str) -> Vec<String> {
        let templates = Templates::built_in().expect("the templates are sound");
        let parsed = parse(text, name, templates.environment.syntax().clone()).expect("a template");
        let view = views().of.iter().find(|(known, _)| *known == name).map(|(_, view)| view.as_str());
        let found = unknown(&parsed, text, view, &templates);
        found
            .iter()
            .map(|one| format!("{} {}; {}", &text[one.span.start..one.span.end], one.message, one.help))
            .collect()
    }

    #[test]
    fn the_built_in_templates_name_what_they_are_given() {
        for template in Templates::list().filter(|template| template.view.is_some()) {
            assert_eq!(messages(template.name, template.source), Vec::<String>::new(), "{}", template.name);
        }
    }

    #[test]
    fn what_is_not_there_is_found_wherever_it_stands() {
        let cases = [
            ("{{ pages | tabel }}", "tabel there is no filter `tabel`; did you mean `table`?"),
            ("{% if name is definde %}{% endif %}", "definde there is no test `definde`; did you mean `defined`?"),
            ("{{ nmae }}", "nmae the template has no value `nmae`; did you mean `name`?"),
            (
                "{% if false %}{{ rollout.progres }}{% endif %}",
                "progres there is no `progres` here; did you mean `progress`?",
            ),
            (
                "{% for row in offloads.rows %}{{ row.x }}{% endfor %}",
                "x there is no `x` here; it is text, a number or a list",
            ),
            ("{{ name.foo }}", "foo there is no `foo` here; it is text, a number or a list"),
            ("{{ counts['haed'] }}", "haed there is no `haed` here; did you mean `head`?"),
            ("{% set a = rollout %}{{ a.tabel | table }}", "tabel there is no `tabel` here; did you mean `table`?"),
            ("{{ pages | table(nmae) }}", "nmae the template has no value `nmae`; did you mean `name`?"),
            (
                "{% include \"docs/REDME.md.j2\" %}",
                "docs/REDME.md.j2 there is no template `docs/REDME.md.j2`; did you mean `docs/README.md.j2`?",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(messages("docs/README.md.j2", text), [expected], "{text}");
        }
    }

    #[test]
    fn what_may_be_there_is_not_told() {
        for text in [
            "{% if own is defined %}{{ name }}{% endif %}",
            "{% macro show(of) %}{{ of.anything }}{{ name }}{% endmacro %}{{ show(pages) }}",
            "{% for a, b in [[1, 2]] %}{{ a }}{{ loop.index }}{% endfor %}",
            "{% from \"docs/README.md.j2\" import x as y %}{{ y(name) }}",
            "{% with z = counts.rows[0][0] %}{{ z }}{% endwith %}",
            "{% include \"built-in/docs/README.md.j2\" %}",
        ] {
            assert_eq!(messages("docs/README.md.j2", text), Vec::<String>::new(), "{text}");
        }
        for (kind, names) in [shape::FILTER, shape::TEST] {
            for name in names {
                let operator = if kind == "filter" { "|" } else { "is" };
                let text = format!("{{{{ name {operator} {name} }}}}");
                assert_eq!(messages("docs/README.md.j2", &text), Vec::<String>::new(), "{text}");
            }
        }
        assert_eq!(messages("docs/_piece.md.j2", "{{ whatever.it.is }}"), Vec::<String>::new());
    }
}
