//! Phrases that the messages of several rules have in common.

use crate::conform::machine::SECRET;
use crate::conform::observe::{Env, SET};
use crate::contract::Offload;

/// In which state an offload hands its work over: one without a flag does so whenever it is called.
pub(in crate::conform) fn when_on(offload: &Offload) -> &'static str {
    if offload.flag.is_some() { "with the flag on" } else { "when the route is called" }
}

/// The same at the beginning of a sentence that says when itself: nothing without a flag.
pub(in crate::conform) fn flag_on(offload: &Offload) -> &'static str {
    if offload.flag.is_some() { "with the flag on, " } else { "" }
}

/// A variable with its value: `A="true"`. A value that stands for a secret, or for any value at all, is
/// not shown.
pub(in crate::conform) fn variable(name: &str, value: Option<&str>) -> String {
    match value {
        None => format!("{name} unset"),
        Some(value) if value.contains(SECRET) || value == SET => format!("{name} set"),
        Some(value) => format!("{name}={value:?}"),
    }
}

/// An environment: `A="true", B unset`.
pub(in crate::conform) fn environment(env: &Env) -> String {
    env.iter().map(|(name, value)| variable(name, value.as_deref())).collect::<Vec<_>>().join(", ")
}

/// A text without the made-up secret, which values that are derived from a variable may hold.
pub(in crate::conform) fn masked(text: &mut String) {
    while let Some(start) = text.find(SECRET) {
        let rest = &text[start + SECRET.len()..];
        let own = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let end = rest.find(|c| !own(c)).unwrap_or(rest.len());
        text.replace_range(start..start + SECRET.len() + end, "…");
    }
}

#[cfg(test)]
mod tests {
    use super::{environment, masked, variable};
    use crate::conform::machine::SECRET;
    use crate::conform::observe::SET;

    #[test]
    fn a_made_up_secret_is_shown_under_no_name() {
        let set = format!("{SECRET}-set");
        assert_eq!(variable("REPORT_TOKEN", Some(&set)), "REPORT_TOKEN set");
        assert_eq!(variable("INNGEST_EVENT_KEY", Some(SET)), "INNGEST_EVENT_KEY set");
        assert_eq!(variable("MY_KEY", Some("1")), "MY_KEY=\"1\"");
        let env =
            vec![("A".to_owned(), Some("true\n".to_owned())), ("B".to_owned(), None), ("C".to_owned(), Some(set))];
        assert_eq!(environment(&env), "A=\"true\\n\", B unset, C set");
    }

    #[test]
    fn what_is_derived_from_it_is_shown_without_it() {
        let mut text = format!("the id is `job:{SECRET}-inngest_event_key:5` and `{SECRET}`");
        masked(&mut text);
        assert_eq!(text, "the id is `job:…:5` and `…`");
    }
}
