//! A file that is to be: its path, its text, and the seal by which it is known again.
//!
//! Every generated file carries the SHA-256 of its own text (with the digits of the seal taken as
//! zeros and line ends as LF). So a hand edit is known for what it is, and a file without an intact
//! seal is never overwritten or deleted.

use sha2::{Digest, Sha256};

use crate::contract::RelPath;
use crate::pointer::Pointer;

/// What stands before the digits of a seal.
const MARK: &str = "inngest-offload:sha256:";
const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
const DIGITS: usize = ZEROS.len();

/// A file of the output.
#[derive(Debug, Clone)]
pub struct Artifact {
    /// Where it goes.
    pub path: RelPath,
    /// Its whole text.
    pub text: String,
    /// Whose it is once it is written.
    pub ownership: Ownership,
    /// The part of the spec that it follows from.
    pub cause: Pointer,
}

/// Whose a file is once it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// The compiler's: rewritten on every run.
    Generated,
    /// The team's: written once, never touched again.
    Handler,
}

/// How a file carries its seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Two `//` lines at the top.
    Slashes,
    /// Two `#` lines at the top.
    Hashes,
    /// One `<!-- -->` comment at the top.
    Markup,
    /// The first property, `$comment`, of the outermost object; the body starts with `{`.
    Json,
}

impl Artifact {
    /// A generated file: `body` with the note that says so and the seal. `spec` is the path of the
    /// spec from the root.
    pub fn generated(path: RelPath, style: Style, spec: &str, body: String, cause: Pointer) -> Self {
        Self::printed(path, style, spec, None, body, cause)
    }

    /// The same for what a template of the team printed, which the note names.
    pub fn printed(
        path: RelPath,
        style: Style,
        spec: &str,
        template: Option<&str>,
        body: String,
        cause: Pointer,
    ) -> Self {
        let note = note(spec, template);
        let mut replaced = 0;
        let (before, after) = match style {
            Style::Slashes => (format!("// {note}\n// {MARK}"), "\n\n"),
            Style::Hashes => (format!("# {note}\n# {MARK}"), "\n\n"),
            Style::Markup => (format!("<!-- {}\n{MARK}", in_markup(&note)), " -->\n\n"),
            Style::Json => {
                let comment = serde_json::Value::from(format!("{note} {MARK}")).to_string();
                replaced = usize::from(body.starts_with('{'));
                let last = body[replaced..].trim_start().starts_with('}');
                let open = comment.strip_suffix('"').unwrap_or(&comment);
                (format!("{{\n  \"$comment\": {open}"), if last { "\"" } else { "\"," })
            }
        };
        // In the body itself, which may be large: it is not copied for the few lines above it.
        let mut text = body;
        text.replace_range(..replaced, &[&before, ZEROS, after].concat());
        let digest = digest(&[&text]);
        text.replace_range(before.len()..before.len() + DIGITS, &digest);
        Self { path, text, ownership: Ownership::Generated, cause }
    }

    /// A file that is written once and then belongs to the team.
    pub fn handler(path: RelPath, text: String, cause: Pointer) -> Self {
        Self { path, text, ownership: Ownership::Handler, cause }
    }
}

/// What the seal of a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seal {
    /// The compiler wrote exactly this.
    Intact,
    /// The compiler wrote it, and someone changed it since.
    Broken,
    /// The compiler did not write it.
    None,
}

/// Reads the seal of a text.
pub fn seal(text: &str) -> Seal {
    let Some(start) = find(text) else { return Seal::None };
    let (before, rest) = text.split_at(start);
    let (digits, after) = rest.split_at(DIGITS);
    if digest(&[before, ZEROS, after]) == digits { Seal::Intact } else { Seal::Broken }
}

/// The text with the digits of its seal taken out, so that a diff does not show them.
pub fn without_seal(text: &str) -> String {
    match find(text) {
        Some(start) => format!("{}…{}", &text[..start], &text[start + DIGITS..]),
        None => text.to_owned(),
    }
}

/// Whether the note of a text says that it was generated from this spec.
pub fn names_spec(text: &str, spec: &str) -> bool {
    let head = head(text);
    let (plain, with) = (note(spec, None), origin(spec) + WITH);
    [plain, with].iter().any(|said| {
        let quoted = serde_json::Value::from(said.as_str()).to_string();
        head.contains(said) || head.contains(quoted.trim_matches('"')) || head.contains(&in_markup(said))
    })
}

/// The spec that the note of a text names, if the compiler wrote one. A name that the note could not hold as it is
/// is none.
pub fn spec_of(text: &str) -> Option<&str> {
    find(text)?;
    let (_, rest) = head(text).split_once(&origin(""))?;
    let end = [WITH, ". Do not edit: "].iter().filter_map(|mark| rest.find(mark)).min()?;
    Some(&rest[..end]).filter(|name| !name.contains('\n'))
}

/// The template of the team that the note of a text names, if one printed it.
pub fn template(text: &str) -> Option<&str> {
    let (_, rest) = head(text).split_once(WITH)?;
    rest.split_once(TEMPLATE_END).map(|(name, _)| name).filter(|name| !name.contains('\n'))
}

const WITH: &str = " with the template ";
const TEMPLATE_END: &str = ". Do not edit: change the spec or the template.";

fn origin(spec: &str) -> String {
    format!("Generated by inngest-offload from {}", one_line(spec))
}

fn note(spec: &str, template: Option<&str>) -> String {
    match template {
        None => format!("{}. Do not edit: change the spec.", origin(spec)),
        Some(name) => format!("{}{WITH}{name}{TEMPLATE_END}", origin(spec)),
    }
}

fn in_markup(text: &str) -> String {
    text.replace("--", "- -")
}

/// The part of a text in which its note and its seal must stand, so that text of the spec that looks
/// like a seal is none.
fn head(text: &str) -> &str {
    const HEAD: usize = 4_096;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Where the digits of the seal begin.
fn find(text: &str) -> Option<usize> {
    let start = head(text).find(MARK)? + MARK.len();
    let digits = text.get(start..start + DIGITS)?;
    digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')).then_some(start)
}

/// The digest of a text in parts, with its CRLFs taken as LFs. None of them is split between parts.
fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        let mut rest = *part;
        while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
            let end = at + usize::from(!rest[at + 1..].starts_with('\n'));
            hasher.update(&rest[..end]);
            rest = &rest[at + 1..];
        }
        hasher.update(rest);
    }
    crate::derive::hex(&hasher.finalize())
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
