//! "Did you mean": the closest of some names, or none.

/// The candidate that a person most likely meant, if one is close enough.
///
/// Close is: equal but for case and separators, or within a third of the length by the
/// Damerau–Levenshtein distance.
pub fn did_you_mean<'c>(typed: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let folded = fold(typed);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let distance = if fold(candidate) == folded { 0 } else { strsim::damerau_levenshtein(typed, candidate) };
            let limit = (typed.chars().count().max(candidate.chars().count()) / 3).max(1);
            (distance <= limit && typed.len() < 200).then_some((distance, candidate))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
