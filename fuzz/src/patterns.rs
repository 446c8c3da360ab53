//! The pattern language and its neighbours: what is printed is read as the same, and a fault is inside of the text.

use inngest_offload::derive::{Duration, Instant, Pattern, PatternError, Schedule, ValueName, canonical_json, trim};

/// What holds for any text.
pub fn hold(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Pattern::parse(&text) {
        Ok(pattern) => parsed(&pattern, text.len()),
        Err(error) => {
            let at = match error {
                PatternError::Unclosed(at) | PatternError::Unopened(at) | PatternError::Nested(at) => at,
                PatternError::UnknownValue(at, _) | PatternError::BadFilter(at, _) => at,
                PatternError::NoValueInside(at) => at,
            };
            assert!(text.is_char_boundary(at), "{error:?} is not in {text:?}");
        }
    }
    if let Some(duration) = Duration::parse(&text) {
        assert_eq!(Duration::parse(&duration.to_string()), Some(duration));
        let twice = canonical_json(&["a"], &[("a".to_owned(), text.to_string())]);
        assert!(twice.is_some_and(|json| json.contains(trim(&text))));
    }
    if let Some(instant) = Instant::parse(&text) {
        assert_eq!(Instant::parse(&instant.iso()), Some(instant), "{}", instant.iso());
        assert!(instant.iso().starts_with(&instant.minute()));
    }
    match Schedule::parse(&text) {
        Ok(schedule) => {
            let again = Schedule::parse(schedule.as_str()).expect("a schedule");
            assert!(again == schedule && again.same(&schedule));
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

fn parsed(pattern: &Pattern, input: usize) {
    let printed = pattern.to_string();
    let again = Pattern::parse(&printed).unwrap_or_else(|error| panic!("{printed:?}: {error}"));
    assert_eq!(&again, pattern, "{printed:?}");
    // What is known early and what is known late meet: it does not matter when a value is put in.
    let value = |name: ValueName| (name != ValueName::ParamsHash).then(|| format!("<{}>", name.as_str()));
    let early = |name: ValueName| value(name).filter(|_| name.as_str().len().is_multiple_of(2));
    let whole = pattern.render(&value);
    assert_eq!(pattern.fill(&early).render(&value), whole);
    assert_eq!(pattern.fill(&value).constant(), whole);
    let longest = 1 + 64 * (input + 1);
    assert!(whole.is_none_or(|text| text.len() <= longest));
}
