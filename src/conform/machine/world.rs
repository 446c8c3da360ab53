//! What a run meets: the environment, the instant, the request, and how sending ends.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::program::Text;

/// What a secret is in every world.
pub const SECRET: &str = "s3cret-of-the-probe";

/// What a run meets.
#[derive(Debug, Clone)]
pub struct World {
    /// Environment variables; `None` is unset.
    pub env: FxHashMap<Text, Option<Text>>,
    /// Variables without which the code does not go on, and of which nobody says what they are: they are set.
    pub required: Arc<[Text]>,
    /// What the other variables are.
    pub other_env: Rest,
    /// The instant, in milliseconds since the epoch.
    pub now: f64,
    /// Headers of the request, names in lower case.
    pub headers: Vec<(String, String)>,
    /// Headers that the request surely has not.
    pub absent_headers: Vec<&'static str>,
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
}

/// What is not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
            other_env: Rest::Absent,
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
        }
    }
}

impl World {
    /// Gives an environment variable a value; `None` unsets it.
    pub fn set(&mut self, name: &str, value: Option<&str>) {
        self.env.insert(Text::from(name), value.map(Text::from));
    }
}
