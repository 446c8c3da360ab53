//! The literals of TypeScript, read back by a parser that is not ours.

use std::collections::HashSet;

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_parser::Parser;
use oxc_semantic::SemanticBuilder;
use oxc_span::SourceType;

/// Every text that stands in this TypeScript as a literal.
///
/// # Panics
/// It is no TypeScript.
pub fn of_typescript(path: &str, text: &str) -> HashSet<String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, SourceType::ts()).parse();
    assert!(parsed.diagnostics.is_empty() && !parsed.panicked, "{path}: {:?}\n{text}", parsed.diagnostics);
    let built = SemanticBuilder::new().with_build_nodes(true).with_check_syntax_error(true).build(&parsed.program);
    assert!(built.diagnostics.is_empty(), "{path}: {:?}\n{text}", built.diagnostics);
    let literals = built.semantic.nodes().iter().filter_map(|node| match node.kind() {
        AstKind::StringLiteral(literal) => Some(literal.value.to_string()),
        AstKind::IdentifierName(name) => Some(name.name.to_string()),
        _ => None,
    });
    literals.collect()
}
