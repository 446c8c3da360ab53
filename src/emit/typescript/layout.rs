//! Where lines break: as prettier breaks them, at any length of any name.
//!
//! Templates use shapes whose breaks do not depend on the width wherever there is one: open object
//! literals, block bodies, template literals, imports of one name. These functions print the rest.

use super::literal::width;

const COLUMNS: usize = 80;

/// Whether code that starts in a column ends within the line.
fn fits(indent: usize, code: &str) -> bool {
    indent + width(code) <= COLUMNS
}

fn pad(indent: usize) -> String {
    " ".repeat(indent)
}

/// `head value end`; when it is too long, the value stands on a line of its own. For string
/// literals, identifiers and members. A template literal stays where it is.
pub(super) fn assign(indent: usize, head: &str, value: &str, end: &str) -> String {
    assigned(indent, &[head], value, end)
}

/// The same with a head in parts.
fn assigned(indent: usize, head: &[&str], value: &str, end: &str) -> String {
    let mut line = String::with_capacity(2 * indent + COLUMNS);
    line.extend(std::iter::repeat_n(' ', indent));
    line.extend(head.iter().copied());
    let broken = line.len();
    line.extend([" ", value, end]);
    if !value.starts_with('`') && !fits(0, &line) {
        line.replace_range(broken..=broken, &format!("\n{}", pad(indent + 2)));
    }
    line
}

/// `key: value,`; a key shorter than five columns keeps its value on the line.
pub(super) fn property(indent: usize, key: &str, value: &str) -> String {
    if width(key) < 5 {
        return [&pad(indent), key, ": ", value, ","].concat();
    }
    assigned(indent, &[key, ":"], value, ",")
}

/// `head[a, b]end`, or one item a line. After a declaration too long for the bracket, the list
/// stands on a line of its own.
pub(super) fn array(indent: usize, head: &str, items: &[String], end: &str) -> String {
    let opening = if items.is_empty() { format!("{head}[]{end}") } else { format!("{head}[") };
    if let Some(declared) = head.strip_suffix("= ").filter(|_| !fits(indent, &opening)) {
        let list = group(indent + 2, "", ('[', ']'), items, end);
        return format!("{}{declared}=\n{list}", pad(indent));
    }
    group(indent, head, ('[', ']'), items, end)
}

/// `head(a, b)end`, or one argument a line: calls, and signatures with their return type in `end`.
pub(super) fn call(indent: usize, head: &str, arguments: &[String], end: &str) -> String {
    group(indent, head, ('(', ')'), arguments, end)
}

fn group(indent: usize, head: &str, (open, close): (char, char), items: &[String], end: &str) -> String {
    let line = format!("{}{head}{open}{}{close}{end}", pad(indent), items.join(", "));
    if items.is_empty() || fits(0, &line) {
        return line;
    }
    let inner: String = items.iter().map(|item| format!("{}{item},\n", pad(indent + 2))).collect();
    format!("{}{head}{open}\n{inner}{}{close}{end}", pad(indent), pad(indent))
}

/// `head a | b;`, the members on one line below, or one member a line. For `type X =` and for
/// members of a type whose type is a union.
pub(super) fn union(indent: usize, head: &str, members: &[String]) -> String {
    let joined = members.join(" | ");
    let line = format!("{head} {joined};");
    if fits(indent, &line) {
        return format!("{}{line}", pad(indent));
    }
    if members.len() == 1 || fits(indent + 2, &format!("{joined};")) {
        return format!("{}{head}\n{}{joined};", pad(indent), pad(indent + 2));
    }
    let last = members.len().saturating_sub(1);
    let inner: String = members
        .iter()
        .enumerate()
        .map(|(i, member)| format!("\n{}| {member}{}", pad(indent + 2), if i == last { ";" } else { "" }))
        .collect();
    format!("{}{head}{inner}", pad(indent))
}

/// `head opening`, where `opening` ends with an open bracket; when it is too long, the opening
/// stands on the next line and what is inside is two columns deeper, as `body` is told.
pub(super) fn opened(head: &str, opening: &str, close: &str, body: impl Fn(usize) -> String) -> String {
    let line = format!("{head} {opening}");
    if fits(0, &line) {
        return format!("{line}\n{}{close}", body(2));
    }
    format!("{head}\n  {opening}\n{}  {close}", body(4))
}

/// `import { a, b } from "module";`, or one name a line; an import of one name never breaks.
pub(super) fn import(word: &str, names: &[String], module: &str) -> String {
    let line = format!("{word} {{ {} }} from {module};", names.join(", "));
    if names.len() < 2 || fits(0, &line) {
        return line;
    }
    let inner: String = names.iter().map(|name| format!("  {name},\n")).collect();
    format!("{word} {{\n{inner}}} from {module};")
}

/// `head f(() => {`, the column of the body, and what ends it; `given` stands for `()`.
pub(super) fn callback(head: &str, function: &str, given: &str) -> (String, usize, String) {
    let line = format!("{head} {function}({given} => {{");
    if fits(0, &line) {
        return (line, 2, "});".to_owned());
    }
    let line = format!("{head} {function}(");
    if fits(0, &line) {
        return (format!("{line}\n  {given} => {{"), 4, "  },\n);".to_owned());
    }
    let line = format!("{function}({given} => {{");
    if fits(2, &line) {
        return (format!("{head}\n  {line}"), 4, "  });".to_owned());
    }
    (format!("{head}\n  {function}(\n    {given} => {{"), 6, "    },\n  );".to_owned())
}

/// `return process.env.NAME;` inside a getter.
pub(super) fn environment_read(indent: usize, name: &str) -> String {
    let line = format!("return process.env.{name};");
    if fits(indent, &line) {
        return format!("{}{line}", pad(indent));
    }
    format!("{}return process.env\n{}.{name};", pad(indent), pad(indent + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(length: usize) -> String {
        "x".repeat(length)
    }

    #[test]
    fn a_value_moves_to_the_next_line_at_81_columns() {
        let text = format!("\"{}\"", name(62));
        assert_eq!(assign(0, "export const X =", "\"y\"", ";"), "export const X = \"y\";");
        let fitting = assign(0, "const abcde =", &text, ";").trim_end().len();
        assert_eq!(fitting, 79);
        assert!(!assign(1, "const abcde =", &text, ";").trim_end().contains('\n'));
        assert_eq!(assign(2, "const abcde =", &text, ";"), format!("  const abcde =\n    {text};"));
    }

    #[test]
    fn a_short_key_keeps_its_value() {
        assert_eq!(property(2, "name", &name(100)), format!("  name: {},", name(100)));
        assert_eq!(property(2, "event", &name(100)), format!("  event:\n    {},", name(100)));
        assert_eq!(property(2, "event", "x"), "  event: x,");
    }

    #[test]
    fn a_list_breaks_into_one_item_a_line() {
        let items = [name(40), name(40)];
        assert_eq!(array(0, "a: ", &["b".into(), "c".into()], ","), "a: [b, c],");
        assert_eq!(call(2, "f", &items, ";"), format!("  f(\n    {},\n    {},\n  );", items[0], items[1]));
        let declared = format!("const {}: T[] = ", name(80));
        let moved = format!("const {}: T[] =\n  [b, c];", name(80));
        assert_eq!(array(0, &declared, &["b".into(), "c".into()], ";"), moved);
        assert_eq!(array(0, &name(100), &[], ";"), format!("{}[];", name(100)));
    }

    #[test]
    fn a_union_has_three_shapes() {
        let two = |n| vec![name(n), name(n)];
        assert_eq!(union(0, "type X =", &two(3)), "type X = xxx | xxx;");
        assert_eq!(union(0, "type X =", &two(36)), format!("type X =\n  {} | {};", name(36), name(36)));
        assert_eq!(union(0, "type X =", &two(60)), format!("type X =\n  | {}\n  | {};", name(60), name(60)));
        assert_eq!(union(0, "type X =", &[name(100)]), format!("type X =\n  {};", name(100)));
    }

    #[test]
    fn what_is_open_moves_down_as_a_whole() {
        let body = |indent: usize| format!("{}a: 1,\n", " ".repeat(indent));
        assert_eq!(opened("const x =", "event({", "});", body), "const x = event({\n  a: 1,\n});");
        let head = format!("const {} =", name(70));
        assert_eq!(opened(&head, "event({", "});", body), format!("{head}\n  event({{\n    a: 1,\n  }});"));
    }
}
