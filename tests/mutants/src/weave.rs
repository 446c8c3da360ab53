//! Writes a file with all its mutants inside, each behind a question whether it is on.
//!
//! A mutant is a text of the list put in the place of another one. The smallest expression around it that can stand
//! in an `if` is written twice, with and without it: `(if on(7) { a != b } else { a == b })`. Copies hold no other
//! mutants, since one is on at a time.

use std::collections::{BTreeSet, HashMap};

use anyhow::{Context, Result};
use proc_macro2::LineColumn;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::list::{Mutant, Place};

type Range = (usize, usize);

/// A place, and the mutants that are asked for there, with what each replaces.
type Unit<'m> = (Site, Vec<(usize, &'m Mutant, Range)>);

/// Where a mutant is asked for.
#[derive(Debug, Clone, Copy)]
enum Site {
    /// An expression that is written twice.
    Twice(Range),
    /// The statements of a function.
    Body(Range),
    /// Those of one that returns `impl Iterator`: both results are made one type.
    Iterator(Range),
    /// Behind the pattern of an arm.
    Arm(usize),
    /// Before a guard that binds names, which can be refused and not replaced.
    Refused(usize),
    /// It cannot compile, in the list's way either: `||` beside `let`, a guard whose names are used, an arm less where
    /// nothing catches the rest.
    Unviable,
    /// The compiler runs it: no environment tells it what is on.
    Constant,
}

/// What became of the mutants of a file.
pub struct Woven {
    pub text: String,
    pub unviable: Vec<usize>,
    pub constant: Vec<usize>,
}

/// `all` are the mutants of the file, with their numbers; those in `dropped` are left out.
pub fn weave(text: &str, all: &[(usize, &Mutant)], dropped: &BTreeSet<usize>) -> Result<Woven> {
    let lines = Lines::of(text);
    let mut sites = Sites { lines: &lines, found: HashMap::new(), chain: None, beside_let: false, constant: false };
    sites.visit_file(&syn::parse_file(text)?);

    let mut woven = Woven { text: String::new(), unviable: Vec::new(), constant: Vec::new() };
    let mut units: Vec<Unit<'_>> = Vec::new();
    for (id, mutant) in all {
        let range = (lines.listed(mutant.span.start), lines.listed(mutant.span.end));
        let genre = if mutant.genre == "FnValue" { "FnValue" } else { "" };
        let site = *sites.found.get(&(genre, range)).with_context(|| format!("no place for {}", mutant.name))?;
        match site {
            Site::Unviable => woven.unviable.push(*id),
            Site::Constant => woven.constant.push(*id),
            Site::Refused(_) if mutant.replacement == "true" => woven.unviable.push(*id),
            // It gives `&mut`, and no iterator that is promised gives that.
            Site::Iterator(_) if mutant.replacement.contains("Box::leak") => woven.unviable.push(*id),
            _ if dropped.contains(id) => {}
            _ => match units.iter_mut().find(|(known, _)| same(*known, site)) {
                Some((_, mutants)) => mutants.push((*id, mutant, range)),
                None => units.push((site, vec![(*id, mutant, range)])),
            },
        }
    }
    woven.text = write(text, &units);
    Ok(woven)
}

fn same(one: Site, other: Site) -> bool {
    match (one, other) {
        (Site::Twice(a), Site::Twice(b)) | (Site::Body(a), Site::Body(b)) => a == b,
        (Site::Iterator(a), Site::Iterator(b)) => a == b,
        _ => false,
    }
}

/// The text of a mutant between marks, by which a fault of the compiler is known to be its own.
fn marked(id: usize, text: &str) -> String {
    format!("/*<{id}*/ {text} /*{id}>*/")
}

fn write(text: &str, units: &[Unit<'_>]) -> String {
    // What opens a unit and what closes it, by place: outer ones open first and close last.
    let mut opening: Vec<(usize, std::cmp::Reverse<usize>, usize, String)> = Vec::new();
    let mut closing: Vec<(usize, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>, String)> = Vec::new();
    for (number, (site, mutants)) in units.iter().enumerate() {
        let mut put = |(start, end): Range, before: String, after: String| {
            opening.push((start, std::cmp::Reverse(end), number, before));
            closing.push((end, std::cmp::Reverse(start), std::cmp::Reverse(number), after));
        };
        match *site {
            Site::Twice(unit) => {
                let copies = mutants.iter().map(|(id, mutant, range)| {
                    let copy = [&text[unit.0..range.0], &mutant.replacement, &text[range.1..unit.1]].concat();
                    format!("if crate::mutated::on({id}) {{ {} }} else ", marked(*id, &copy))
                });
                put(unit, format!("({}{{ ", copies.collect::<String>()), " })".to_owned());
            }
            Site::Body(unit) => {
                let copies = mutants.iter().map(|(id, mutant, _)| {
                    format!("if crate::mutated::on({id}) {{ return {}; }} ", marked(*id, &mutant.replacement))
                });
                put(unit, copies.collect(), String::new());
            }
            Site::Iterator(unit) => {
                let copies = mutants.iter().map(|(id, mutant, _)| {
                    let copy = marked(*id, &mutant.replacement);
                    let either = "crate::mutated::Either";
                    format!("if crate::mutated::on({id}) {{ {either}::A({copy}) }} else {{ {either}::B({{ ")
                });
                put(unit, copies.collect(), " }) }".repeat(mutants.len()));
            }
            Site::Arm(at) => {
                let id = mutants[0].0;
                put((at, at), format!(" if {}", marked(id, &format!("!crate::mutated::on({id})"))), String::new());
            }
            Site::Refused(at) => {
                let id = mutants[0].0;
                put((at, at), format!("{} && ", marked(id, &format!("!crate::mutated::on({id})"))), String::new());
            }
            Site::Unviable | Site::Constant => {}
        }
    }
    opening.sort();
    closing.sort();
    let mut out = String::with_capacity(text.len() * 3);
    let (mut opened, mut closed, mut at) = (opening.into_iter().peekable(), closing.into_iter().peekable(), 0);
    while opened.peek().is_some() || closed.peek().is_some() {
        let opens = opened.peek().map_or(usize::MAX, |next| next.0);
        let closes = closed.peek().map_or(usize::MAX, |next| next.0);
        // What is put behind a place of no length closes nothing.
        let (here, piece) = if closes <= opens {
            closed.next().map(|next| (next.0, next.3)).expect("peeked")
        } else {
            opened.next().map(|next| (next.0, next.3)).expect("peeked")
        };
        out.push_str(&text[at..here]);
        out.push_str(&piece);
        at = here;
    }
    out.push_str(&text[at..]);
    out
}

/// Where the lines of a text begin, to count bytes.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    fn byte(&self, line: usize, characters: usize) -> usize {
        let start = self.starts[line - 1];
        let rest = &self.text[start..];
        start + rest.char_indices().nth(characters).map_or(rest.len(), |(at, _)| at)
    }

    fn listed(&self, place: Place) -> usize {
        self.byte(place.line, place.column - 1)
    }

    fn parsed(&self, place: LineColumn) -> usize {
        self.byte(place.line, place.column)
    }

    fn range(&self, of: &impl Spanned) -> Range {
        (self.parsed(of.span().start()), self.parsed(of.span().end()))
    }
}

/// Finds where each mutant is asked for, by what it replaces.
struct Sites<'l, 't> {
    lines: &'l Lines<'t>,
    found: HashMap<(&'static str, Range), Site>,
    /// The outermost of the binary expressions that we are directly in.
    chain: Option<Range>,
    /// Whether that is a part of one with a `let`.
    beside_let: bool,
    constant: bool,
}

impl Sites<'_, '_> {
    fn put(&mut self, genre: &'static str, replaced: Range, site: Site) {
        let site = if self.constant { Site::Constant } else { site };
        self.found.insert((genre, replaced), site);
    }

    fn body(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (Some(first), Some(last)) = (block.stmts.first(), block.stmts.last()) else { return };
        let range = (self.lines.range(first).0, self.lines.range(last).1);
        let opaque =
            matches!(&signature.output, syn::ReturnType::Type(_, of) if matches!(**of, syn::Type::ImplTrait(_)));
        let mut leaves = Leaves(false);
        leaves.visit_block(block);
        let site = match (opaque, leaves.0) {
            (false, _) => Site::Body(range),
            (true, false) => Site::Iterator(range),
            (true, true) => Site::Constant,
        };
        self.put("FnValue", range, site);
    }

    fn function(&mut self, signature: &syn::Signature, block: &syn::Block, inside: impl FnOnce(&mut Self)) {
        let (chain, constant) = (self.chain.take(), self.constant);
        self.constant = signature.constness.is_some();
        self.body(signature, block);
        inside(self);
        (self.chain, self.constant) = (chain, constant);
    }

    fn in_constant(&mut self, inside: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.constant, true);
        inside(self);
        self.constant = before;
    }
}

/// Whether a function is left from within: what is in closures and functions of it does not count.
struct Leaves(bool);

impl Visit<'_> for Leaves {
    fn visit_expr_return(&mut self, _: &syn::ExprReturn) {
        self.0 = true;
    }

    fn visit_expr_try(&mut self, _: &syn::ExprTry) {
        self.0 = true;
    }

    fn visit_expr_closure(&mut self, _: &syn::ExprClosure) {}

    fn visit_item(&mut self, _: &syn::Item) {}
}

/// `a && let Some(b) = c`: no part of it can stand alone.
fn binds(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(binary) => binds(&binary.left) || binds(&binary.right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Sites<'_, '_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block, |all| visit::visit_item_fn(all, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block, |all| visit::visit_impl_item_fn(all, item));
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let Some(block) = &item.default else { return };
        self.function(&item.sig, block, |all| visit::visit_trait_item_fn(all, item));
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.in_constant(|all| visit::visit_item_const(all, item));
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.in_constant(|all| visit::visit_item_static(all, item));
    }

    fn visit_impl_item_const(&mut self, item: &'ast syn::ImplItemConst) {
        self.in_constant(|all| visit::visit_impl_item_const(all, item));
    }

    /// Closures of constants are run when the program is.
    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        let before = std::mem::replace(&mut self.constant, false);
        let chain = self.chain.take();
        visit::visit_expr_closure(self, closure);
        (self.constant, self.chain) = (before, chain);
    }

    fn visit_pat(&mut self, pat: &'ast syn::Pat) {
        self.in_constant(|all| visit::visit_pat(all, pat));
    }

    fn visit_expr(&mut self, expr: &'ast syn::Expr) {
        // Only binary expressions go on with the chain that they are in.
        let before = (self.chain, self.beside_let);
        if !matches!(expr, syn::Expr::Binary(_)) {
            (self.chain, self.beside_let) = (None, false);
        }
        visit::visit_expr(self, expr);
        (self.chain, self.beside_let) = before;
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        let own = self.lines.range(binary);
        let operator = self.lines.range(&binary.op);
        if binds(&binary.left) || binds(&binary.right) {
            self.put("", operator, Site::Unviable);
            self.beside_let = true;
            visit::visit_expr_binary(self, binary);
            return;
        }
        let before = self.chain;
        let chain = *self.chain.get_or_insert(own);
        let joins = self.beside_let && matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_));
        self.put("", operator, if joins { Site::Unviable } else { Site::Twice(chain) });
        visit::visit_expr_binary(self, binary);
        self.chain = before;
    }

    fn visit_expr_unary(&mut self, unary: &'ast syn::ExprUnary) {
        let site = Site::Twice(self.lines.range(unary));
        self.put("", self.lines.range(&unary.op), site);
        visit::visit_expr_unary(self, unary);
    }

    fn visit_type_array(&mut self, array: &'ast syn::TypeArray) {
        self.visit_type(&array.elem);
        self.in_constant(|all| all.visit_expr(&array.len));
    }

    fn visit_expr_repeat(&mut self, repeat: &'ast syn::ExprRepeat) {
        self.visit_expr(&repeat.expr);
        self.in_constant(|all| all.visit_expr(&repeat.len));
    }

    fn visit_expr_match(&mut self, matched: &'ast syn::ExprMatch) {
        let catches_all = |arm: &syn::Arm| {
            arm.guard.is_none()
                && match &arm.pat {
                    syn::Pat::Wild(_) => true,
                    syn::Pat::Ident(name) => name.ident.to_string().starts_with(|c: char| c.is_lowercase()),
                    _ => false,
                }
        };
        for (index, arm) in matched.arms.iter().enumerate() {
            let rest_is_caught = matched.arms.iter().enumerate().any(|(other, arm)| other != index && catches_all(arm));
            let site = if rest_is_caught { Site::Arm(self.lines.range(&arm.pat).1) } else { Site::Unviable };
            self.put("", self.lines.range(arm), site);
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if let Some((_, guard)) = &arm.guard {
            let range = self.lines.range(guard.as_ref());
            self.put("", range, if binds(guard) { Site::Refused(range.0) } else { Site::Twice(range) });
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_struct(&mut self, made: &'ast syn::ExprStruct) {
        let unit = self.lines.range(made);
        for pair in made.fields.pairs() {
            let (start, end) = self.lines.range(*pair.value());
            let end = pair.punct().map_or(end, |comma| self.lines.range(*comma).1);
            self.put("", (start, end), Site::Twice(unit));
        }
        visit::visit_expr_struct(self, made);
    }
}
