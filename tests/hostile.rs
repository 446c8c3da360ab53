//! Hostile text stays text: whatever a spec says, its documents keep their structure, show the text
//! and carry no markup, link or character that the compiler did not put there.
//!
//! The outputs are parsed, not looked at: the Markdown with a parser for GitHub's dialect, HTML with one
//! that mends nothing, JSON as JSON. Each document of a hostile spec must have the structure of the same spec with plain words.

mod hostile_contract;
mod markup;

use std::collections::HashSet;

use hostile_contract::{LINE, LINES, outputs};
use inngest_offload::artifact::Artifact;
use markup::Piece;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// What other tools say of such documents is asked where those run: `tests/typescript` reads these.
#[test]
#[expect(clippy::disallowed_methods, reason = "tests look at the disk")]
fn other_tools_read_these_documents() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hostile_contract");
    let update = std::env::var_os("UPDATE").is_some();
    let artifacts = outputs(LINE, LINES);
    let mut faults = Vec::new();
    for artifact in artifacts.iter().filter(|a| a.path.as_str().ends_with(".md") || a.path.as_str().ends_with(".yaml"))
    {
        let path = format!("{folder}/{}", artifact.path);
        if update {
            std::fs::write(&path, &artifact.text).expect("a document");
        }
        if std::fs::read_to_string(&path).ok().as_ref() != Some(&artifact.text) {
            faults.push(path);
        }
    }
    assert!(faults.is_empty(), "{faults:?} differ; UPDATE=1 cargo test --test hostile rewrites them");
}

#[test]
fn documents_keep_their_structure() {
    let hostile = outputs(LINE, LINES);
    let plain = outputs("word", "word");
    let mut faults = Vec::new();
    for (hostile, plain) in documents(&hostile).zip(documents(&plain)) {
        assert_eq!(hostile.path, plain.path);
        let (hostile_shape, plain_shape) = (shape(&hostile.text), shape(&plain.text));
        if hostile_shape != plain_shape {
            let first = hostile_shape.iter().zip(&plain_shape).position(|(a, b)| a != b);
            let at = first.unwrap_or(hostile_shape.len().min(plain_shape.len()));
            let around = |shape: &[String]| shape[at.saturating_sub(3)..shape.len().min(at + 5)].to_vec();
            faults.push(format!(
                "{}: {:?} instead of {:?}",
                hostile.path,
                around(&hostile_shape),
                around(&plain_shape)
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn documents_hold_no_markup_of_the_spec() {
    let artifacts = outputs(LINE, LINES);
    for document in documents(&artifacts) {
        for (index, event) in parse(&document.text).enumerate() {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    assert!(index < 8 && !html.contains("script"), "{}: HTML `{html}`", document.path);
                }
                Event::Start(Tag::Image { .. }) => panic!("{}: an image", document.path),
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let known = &*dest_url == "https://c.example/?d=e_f" || !dest_url.contains(':');
                    assert!(known, "{}: a link to `{dest_url}`", document.path);
                }
                Event::InlineMath(text) | Event::DisplayMath(text) => panic!("{}: math `{text}`", document.path),
                Event::FootnoteReference(text) => panic!("{}: a footnote `{text}`", document.path),
                _ => {}
            }
        }
    }
}

#[test]
fn documents_show_the_text() {
    let artifacts = outputs(LINE, LINES);
    let shown: String = documents(&artifacts).map(|document| text(&document.text)).collect();
    for part in [
        "[l](javascript:alert(1))",
        "<b onclick=\"a()\">&lt;</b>",
        "<script>alert(1)</script>",
        "**b** _e_ ~~s~~ $m$ [^1]",
        "[U+202E][U+2066][U+200B][U+FEFF][U+0007][U+00AD]end",
    ] {
        assert!(shown.contains(part), "`{part}` is not shown");
    }
}

#[test]
fn nothing_that_cannot_be_seen_comes_out() {
    for artifact in outputs(LINE, LINES) {
        let bad = artifact
            .text
            .chars()
            .find(|c| (c.is_control() && *c != '\n') || "\u{202e}\u{2066}\u{200b}\u{feff}\u{ad}".contains(*c));
        assert_eq!(bad, None, "{}", artifact.path);
    }
}

#[test]
fn pictures_hold_no_syntax_of_the_spec() {
    let (hostile, plain) = (outputs(LINE, LINES), outputs("word", "word"));
    let mut pictures = 0;
    for (hostile, plain) in documents(&hostile).zip(documents(&plain)) {
        let (hostile, plain) = (mermaid(&hostile.text), mermaid(&plain.text));
        assert_eq!(hostile.len(), plain.len());
        for (hostile, plain) in hostile.iter().zip(&plain) {
            pictures += 1;
            assert_eq!(hostile.lines().count(), plain.lines().count(), "{hostile}");
            for (hostile, plain) in hostile.lines().zip(plain.lines()) {
                let syntax = |line: &str| line.chars().filter(|c| "[]{}<>|\"`:%".contains(*c)).collect::<String>();
                assert_eq!(syntax(hostile), syntax(plain), "{hostile}");
            }
        }
    }
    assert_eq!(pictures, 3);
}

#[test]
fn links_lead_somewhere() {
    for artifacts in [outputs(LINE, LINES), outputs("word", "word")] {
        let files: HashSet<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
        let anchors: HashSet<String> = documents(&artifacts).flat_map(anchors).collect();
        let mut links = 0;
        for document in documents(&artifacts) {
            let (folder, name) = document.path.as_str().rsplit_once('/').expect("a document lies in a folder");
            for event in parse(&document.text) {
                let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
                if dest_url.starts_with("https:") {
                    continue;
                }
                links += 1;
                let target = if dest_url.starts_with('#') { format!("{name}{dest_url}") } else { dest_url.to_string() };
                if target.contains('#') {
                    assert!(anchors.contains(&target), "{}: no heading for `{dest_url}`", document.path);
                } else {
                    let mut path: Vec<&str> = folder.split('/').collect();
                    for part in target.split('/') {
                        match part {
                            "." => {}
                            ".." => drop(path.pop()),
                            part => path.push(part),
                        }
                    }
                    assert!(files.contains(path.join("/").as_str()), "{}: no file for `{dest_url}`", document.path);
                }
            }
        }
        assert!(links > 50, "only {links} links");
    }
}

#[test]
fn the_page_keeps_its_structure() {
    // What a text may have of its own: code and addresses. Long names are broken into lines of a picture.
    let own = |tag: &str| matches!(tag, "code" | "wbr" | "a" | "tspan");
    let shape = |pieces: &[Piece]| -> Vec<String> {
        let shape = pieces.iter().filter_map(|piece| match piece {
            Piece::Open { tag, attributes } if !own(tag) => {
                let names: Vec<&str> = attributes.iter().map(|(name, _)| name.as_str()).collect();
                Some(format!("<{tag} {}>", names.join(" ")))
            }
            Piece::Close(tag) if !own(tag) => Some(format!("</{tag}>")),
            Piece::Raw(text) => Some(text.clone()),
            _ => None,
        });
        shape.collect()
    };
    let (hostile, plain) = (shape(&page(LINE, LINES)), shape(&page("word", "word")));
    let first = hostile.iter().zip(&plain).position(|(a, b)| a != b);
    let around = |shape: &[String], at: usize| shape[at.saturating_sub(4)..shape.len().min(at + 4)].to_vec();
    if let Some(at) = first {
        panic!("{:?} instead of {:?}", around(&hostile, at), around(&plain, at));
    }
    assert_eq!(hostile.len(), plain.len());
}

#[test]
fn the_page_holds_no_markup_of_the_spec() {
    let plain: HashSet<String> = page("word", "word").into_iter().filter_map(kind).collect();
    for piece in page(LINE, LINES) {
        if let Piece::Open { attributes, .. } = &piece {
            for (name, value) in attributes {
                assert!(!name.starts_with("on") && name != "style" && name != "src", "{piece:?}");
                let local = value.starts_with('#') || !value.contains(':') || value == "https://c.example/?d=e_f";
                assert!(name != "href" || local, "{piece:?}");
            }
        }
        let known = kind(piece.clone()).is_none_or(|kind| plain.contains(&kind) || kind == "a rel href");
        assert!(known, "{piece:?} is not on the page of a spec with plain words");
    }
}

#[test]
fn the_page_shows_the_text() {
    let pieces = page(LINE, LINES);
    let shown: String =
        pieces.iter().map(|piece| if let Piece::Text(text) = piece { text.as_str() } else { "" }).collect();
    for part in [
        "[l](javascript:alert(1))",
        "<b onclick=\"a()\">&lt;</b>",
        "<script>alert(1)</script>",
        "**b** _e_ ~~s~~ $m$ [^1]",
        "[U+202E][U+2066][U+200B][U+FEFF][U+0007][U+00AD]end",
    ] {
        assert!(shown.contains(part), "`{part}` is not shown");
    }
}

#[test]
fn what_is_no_strict_html_is_refused() {
    let page = |body: &str| format!("<!-- note -->\n<!doctype html>\n{body}\n");
    assert!(markup::read(&page("<p class=\"a\">b &amp; c<wbr></p>")).is_ok());
    for bad in
        ["<p>", "</p>", "<p><b></p></b>", "a & b", "a < b", "<p a='b'></p>", "<p a=b></p>", "<p a=\"<\"></p>", "&x;"]
    {
        assert!(markup::read(&page(bad)).is_err(), "{bad}");
    }
    for bad in ["<!-- a --> --><!doctype html>", "<p></p>", "<!-- a --><script></script>"] {
        assert!(markup::read(bad).is_err(), "{bad}");
    }
}

/// The page of a spec that is filled with these texts.
fn page(line: &str, lines: &str) -> Vec<Piece> {
    let artifacts = outputs(line, lines);
    let page = artifacts.iter().find(|artifact| artifact.path.as_str() == "docs/contract.html").expect("the page");
    markup::read(&page.text).unwrap_or_else(|fault| panic!("{fault}"))
}

/// An element with the names of its attributes.
fn kind(piece: Piece) -> Option<String> {
    match piece {
        Piece::Open { tag, attributes } => Some(attributes.into_iter().fold(tag, |kind, (name, _)| kind + " " + &name)),
        _ => None,
    }
}

#[test]
fn other_files_stay_what_they_are() {
    let artifacts = outputs(LINE, LINES);
    let mut json = 0;
    for artifact in &artifacts {
        if artifact.path.as_str().ends_with(".json") {
            json += 1;
            serde_json::from_str::<serde_json::Value>(&artifact.text)
                .unwrap_or_else(|error| panic!("{}: {error}", artifact.path));
        }
        if artifact.path.as_str().ends_with("env.example") {
            for line in artifact.text.lines() {
                let set = line
                    .split_once('=')
                    .is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
                assert!(line.is_empty() || line.starts_with("# ") || set, "`{line}`");
            }
        }
    }
    assert!(json > 4, "only {json} JSON files");
}

#[test]
fn the_events_for_other_tools_keep_their_structure() {
    let read = |line: &str, lines: &str| -> serde_yaml::Value {
        let artifacts = outputs(line, lines);
        let file = artifacts.iter().find(|artifact| artifact.path.as_str() == "docs/asyncapi.yaml").expect("the file");
        serde_yaml::from_str(&file.text).unwrap_or_else(|error| panic!("{error}"))
    };
    let (hostile, plain) = (read(LINE, LINES), read("word", "word"));
    assert_eq!(outline(&hostile), outline(&plain));
    let event = hostile["channels"].as_mapping().and_then(|channels| channels.values().next()).expect("a channel");
    assert_eq!(event["x-event"].as_str(), Some(format!("x/{LINE}").as_str()));
    assert_eq!(event["address"], serde_yaml::Value::Null, "braces would be parameters");
    // Descriptions are Markdown there: what is shown is the text.
    let shown = text(hostile["info"]["description"].as_str().expect("text"));
    assert!(shown.contains("<script>alert(1)</script>") && shown.contains("[U+202E]"), "{shown}");
}

/// Kinds of values, deep, without what only depends on the text.
fn outline(value: &serde_yaml::Value) -> String {
    match value {
        serde_yaml::Value::Mapping(map) => map.values().map(outline).collect::<Vec<_>>().join(","),
        serde_yaml::Value::Sequence(items) => format!("[{}]", items.iter().map(outline).collect::<String>()),
        serde_yaml::Value::Null | serde_yaml::Value::String(_) => "t".to_owned(),
        serde_yaml::Value::Bool(_) => "b".to_owned(),
        serde_yaml::Value::Number(_) => "n".to_owned(),
        serde_yaml::Value::Tagged(_) => panic!("a tag"),
    }
}

fn documents(artifacts: &[Artifact]) -> impl Iterator<Item = &Artifact> {
    artifacts.iter().filter(|artifact| artifact.path.as_str().ends_with(".md"))
}

fn parse(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::all() - Options::ENABLE_SMART_PUNCTUATION)
}

/// The blocks of a document in order. Notes below tables are left out: they come with long cells.
fn shape(text: &str) -> Vec<String> {
    let blocks = parse(text).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(format!("{level}")),
        Event::Start(Tag::Table(_)) => Some("table".to_owned()),
        Event::Start(Tag::TableRow) => Some("row".to_owned()),
        Event::Start(Tag::TableCell) => Some("cell".to_owned()),
        Event::Start(Tag::List(None)) => Some("list".to_owned()),
        Event::Start(Tag::BlockQuote(_)) => Some("quote".to_owned()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => Some(format!("code {language}")),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("indented code".to_owned()),
        Event::Rule => Some("rule".to_owned()),
        _ => None,
    });
    blocks.collect()
}

fn text(document: &str) -> String {
    let mut out = String::new();
    for event in parse(document) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::End(TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item) => out.push('\n'),
            _ => {}
        }
    }
    out
}

fn mermaid(document: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut inside = false;
    for event in parse(document) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "mermaid" => {
                inside = true;
                out.push(String::new());
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => out.iter_mut().last().into_iter().for_each(|last| last.push_str(&text)),
            _ => {}
        }
    }
    out
}

/// `page.md#anchor` of every heading, as GitHub makes them.
fn anchors(document: &Artifact) -> Vec<String> {
    let name = document.path.as_str().rsplit('/').next().unwrap_or_default();
    let mut out = Vec::new();
    let mut heading: Option<String> = None;
    for event in parse(&document.text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let text = heading.take().unwrap_or_default().to_lowercase();
                let kept = text.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                out.push(format!("{name}#{}", kept.collect::<String>().replace(' ', "-")));
            }
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|h| h.push_str(&text)),
            _ => {}
        }
    }
    out
}
