//! Reads the HTML that the compiler writes, and nothing laxer: every tag closed in its place, every
//! attribute in double quotes, every `&` a known reference. What a browser would have to mend is a
//! fault here, so a browser sees the very tree that is read here.

/// A part of a document, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Open {
        tag: String,
        attributes: Vec<(String, String)>,
    },
    Close(String),
    Text(String),
    /// What stands in a `style` or a `script`, as it is.
    Raw(String),
}

/// Elements that hold nothing.
const VOID: &[&str] = &["meta", "input", "wbr"];

/// The pieces of a document.
pub(crate) fn read(html: &str) -> Result<Vec<Piece>, String> {
    let mut rest = html;
    let mut out = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let comment = rest.strip_prefix("<!--").and_then(|rest| rest.split_once("-->"));
    let (comment, after) = comment.ok_or("no note at the top")?;
    if comment.contains("--") || comment.contains('>') {
        return Err("the note ends early".into());
    }
    rest = after.trim_start().strip_prefix("<!doctype html>").ok_or("no doctype")?;
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            out.push(Piece::Text(decode(rest)?));
            break;
        };
        if at > 0 {
            out.push(Piece::Text(decode(&rest[..at])?));
        }
        rest = &rest[at + 1..];
        if let Some(close) = rest.strip_prefix('/') {
            let (tag, after) = close.split_once('>').ok_or("an end tag without an end")?;
            if open.pop().as_deref() != Some(tag) {
                return Err(format!("`{tag}` is closed where it is not open"));
            }
            out.push(Piece::Close(tag.to_owned()));
            rest = after;
            continue;
        }
        let (tag, attributes, empty, after) = tag(rest)?;
        out.push(Piece::Open { tag: tag.clone(), attributes });
        rest = after;
        if empty || VOID.contains(&tag.as_str()) {
            out.push(Piece::Close(tag));
        } else if tag == "style" || tag == "script" {
            let end = format!("</{tag}>");
            let (raw, after) = rest.split_once(&end).ok_or("a raw element without an end")?;
            if raw.contains("</") || raw.contains("<!--") {
                return Err(format!("a `{tag}` that ends early"));
            }
            out.push(Piece::Raw(raw.to_owned()));
            out.push(Piece::Close(tag));
            rest = after;
        } else {
            open.push(tag);
        }
    }
    if open.is_empty() { Ok(out) } else { Err(format!("still open: {open:?}")) }
}

type Tag<'t> = (String, Vec<(String, String)>, bool, &'t str);

fn tag(text: &str) -> Result<Tag<'_>, String> {
    let name = |text: &str| text.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
    let length = name(text);
    if length == 0 {
        return Err(format!("a `<` that opens nothing: {:?}", text.chars().take(40).collect::<String>()));
    }
    let (tag, mut rest) = text.split_at(length);
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((tag.to_owned(), attributes, true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((tag.to_owned(), attributes, false, after));
        }
        rest = rest.strip_prefix(' ').ok_or_else(|| format!("`{tag}` has something strange in it"))?;
        let length = name(rest);
        let (attribute, after) = rest.split_at(length);
        if length == 0 || attributes.iter().any(|(known, _)| known == attribute) {
            return Err(format!("`{tag}` has an attribute without a name, or one twice"));
        }
        rest = after;
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (inside, after) = quoted.split_once('"').ok_or("a quote without an end")?;
            if inside.contains(['<', '\n']) {
                return Err(format!("`{attribute}` holds markup: {inside}"));
            }
            value = decode(inside)?;
            rest = after;
        }
        attributes.push((attribute.to_owned(), value));
    }
}

/// Text with its references read.
fn decode(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (reference, after) = part.split_once(';').ok_or_else(|| format!("a bare `&`: {part}"))?;
        out.push(match reference {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" | "#x27" => '\'',
            "#x2f" => '/',
            other => return Err(format!("an unknown reference `{other}`")),
        });
        out.push_str(after);
    }
    Ok(out)
}
