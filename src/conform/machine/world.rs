//! What a run meets: the environment, the instant, the request, and how sending ends.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::names::variables::is_of_deployment;
use super::super::program::Text;

/// What a secret is in every world.
pub const SECRET: &str = "s3cret-of-the-probe";

/// Asked of a variable's name with this at its end, an environment says whether nobody names the variable. No variable has
/// such a name.
pub(super) const IS_OTHER: char = '=';

/// Asked for as a variable, an environment says all that it has. No variable has such a name.
pub(super) const ALL: &str = "*=";

/// What a run meets.
#[derive(Debug, Clone)]
pub struct World {
    /// Environment variables; `None` is unset.
    pub env: FxHashMap<Text, Option<Text>>,
    /// Variables without which the code does not go on, and of which nobody says what they are: they are set.
    pub required: Arc<[Text]>,
    /// Variables that are only tried: they have values, and nobody names them.
    pub tried: Vec<Text>,
    /// What the other variables are.
    pub other_env: Rest,
    /// The one among the other variables that is not known, where not all of them are.
    pub only_env: Option<Text>,
    /// The instant, in milliseconds since the epoch.
    pub now: f64,
    /// Headers of the request, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Headers that the request surely has not.
    pub absent_headers: Vec<Text>,
    /// What the other headers are.
    pub other_headers: Rest,
    /// Query parameters of the request.
    pub query: Vec<(String, String)>,
    /// What the other query parameters are.
    pub other_query: Rest,
    /// The method of the request.
    pub method: &'static str,
    /// The address of the request, without its query.
    pub address: String,
    /// How many calls of something outside are waited for: a run that makes more has shown enough.
    pub most_outside: Option<usize>,
    /// Names of events of which one that is sent shows enough.
    pub enough_sent: Option<Arc<[Text]>>,
    /// A text that nothing unknown is: the caller does not know it.
    pub unguessable: Option<&'static str>,
    /// How sending an event ends.
    pub send: SendOutcome,
    /// What does not answer outside of the application, by its name: a call of it throws.
    pub breaks: Option<Breaks>,
}

/// What fails of all that is outside of the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failing {
    /// All of it.
    All,
    /// What writes.
    Writes,
}

/// What fails, and which names say that it does: runs in which the same fails have what they find in common.
#[derive(Debug, Clone, Copy)]
pub struct Breaks {
    /// What fails.
    pub failing: Failing,
    /// Whether a call of this name does.
    pub has: fn(&str) -> bool,
}

/// What an environment variable is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Variable {
    /// It has a value.
    Set(Text),
    /// It has none.
    Unset,
    /// It has one, which is not known.
    Required,
    /// It is not known whether it has one.
    Unknown,
}

/// What is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rest {
    /// It is not there.
    Absent,
    /// It is not known.
    Unknown,
}

/// How sending an event ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendOutcome {
    /// It is taken.
    Taken,
    /// It throws.
    Throws,
}

impl Default for World {
    fn default() -> Self {
        Self {
            env: FxHashMap::default(),
            required: Arc::default(),
            tried: Vec::new(),
            other_env: Rest::Absent,
            only_env: None,
            now: 0.0,
            headers: Vec::new(),
            absent_headers: Vec::new(),
            other_headers: Rest::Absent,
            query: Vec::new(),
            other_query: Rest::Absent,
            method: "GET",
            address: "https://example.test/".into(),
            most_outside: None,
            enough_sent: None,
            unguessable: None,
            send: SendOutcome::Taken,
            breaks: None,
        }
    }
}

impl World {
    /// What an environment variable is. What a deployment says of itself is `production` unless it is asked
    /// who gets in where.
    pub fn variable(&self, name: &str) -> Variable {
        if name == ALL {
            return Variable::Set(self.whole_environment());
        }
        if let Some(name) = name.strip_suffix(IS_OTHER) {
            return if self.is_other(name) { Variable::Set(Text::from(name)) } else { Variable::Unset };
        }
        match self.env.get(name) {
            Some(Some(value)) => Variable::Set(value.clone()),
            Some(None) => Variable::Unset,
            None => {
                let is_unknown = self.other_env == Rest::Unknown && self.only_env.as_deref().is_none_or(|o| o == name);
                match name {
                    _ if is_of_deployment(name) && (!is_unknown || self.unguessable.is_none()) => {
                        Variable::Set(Text::from("production"))
                    }
                    _ if self.required.iter().any(|required| &**required == name) => Variable::Required,
                    _ if is_unknown => Variable::Unknown,
                    _ => Variable::Unset,
                }
            }
        }
    }

    /// All that is known of the environment.
    fn whole_environment(&self) -> Text {
        let mut env: Vec<_> = self.env.iter().collect();
        env.sort();
        format!("{env:?} {:?} {:?} {:?}", self.required, self.other_env, self.only_env).into()
    }

    /// What fails of all that is outside, where something does.
    pub(super) fn failing(&self) -> Option<Failing> {
        self.breaks.map(|breaks| breaks.failing)
    }

    /// Gives an environment variable a value; `None` unsets it.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.env.insert(Text::from(name), value.map(Text::from));
    }

    /// Gives a variable a value to see what it changes: nobody names it.
    pub fn try_out(&mut self, name: &str, value: &str) {
        self.set(name, Some(value));
        self.tried.push(Text::from(name));
    }

    /// Whether nobody names a variable.
    pub(super) fn is_other(&self, name: &str) -> bool {
        !self.env.contains_key(name) || self.tried.iter().any(|tried| &**tried == name)
    }
}
