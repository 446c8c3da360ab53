//! Keys and ids: a call has one key, all calls of a window share it, and parameters count as the contract says.

use std::sync::LazyLock;

use inngest_offload::compile::compile;
use inngest_offload::contract::{Contract, Window};
use inngest_offload::derive::{Duration, Instant, ValueName, derive, params_hash, trim};

use super::choices::Choices;
use super::seeds::repository;

static CONTRACTS: LazyLock<Vec<Contract>> = LazyLock::new(|| {
    let paths = ["spec/inngest-offload.yaml", "tests/cases/everything/spec.yaml"];
    let compiled = paths.map(|path| compile(path, std::fs::read(repository().join(path)).expect("the spec")));
    compiled.into_iter().map(|compiled| compiled.unwrap_or_else(|findings| panic!("{findings:?}")).contract).collect()
});

/// What holds for any call.
pub fn hold(bytes: &[u8]) {
    let mut choices = Choices::of(bytes);
    let contract = choices.pick(&CONTRACTS);
    let offloads: Vec<_> = contract.offloads.values().filter(|offload| offload.dispatch().is_some()).collect();
    let offload = *choices.pick(&offloads);
    let Some(events) = offload.dispatch() else { return };
    // The years 0 to 9999 are 3 × 10^14 milliseconds long.
    let millis = choices.number().rem_euclid(315_569_520_000_000) - 62_167_219_200_000;
    let Some(at) = Instant::from_millis(millis) else { return };
    let size = match offload.window.as_deref() {
        Some(Window::Env { .. }) => Some(Duration::from_seconds(1 + choices.below(60_000) as u64)),
        _ => None,
    };
    let allowed: Vec<&str> = offload.params.iter().flat_map(|params| params.sorted()).collect();
    let mut given = Vec::new();
    while !choices.is_empty() && given.len() < 8 {
        let known = !allowed.is_empty() && choices.once_in(2);
        let name = if known { (*choices.pick(&allowed)).to_owned() } else { choices.text() };
        given.push((name, choices.text()));
    }
    let key = |at, given: &[(String, String)]| derive(offload, events, at, size, given, "{uuid}");
    let derived = key(at, &given);
    assert_eq!(derived, key(at, &given));
    let Some(derived) = derived else { return };

    // Parameters that are not allowed or blank change nothing, and neither does their order.
    let mut seen = Vec::new();
    let mut counted: Vec<(String, String)> = Vec::new();
    for (name, value) in &given {
        if !seen.contains(name) && allowed.contains(&name.as_str()) && !trim(value).is_empty() {
            counted.push((name.clone(), format!("\t{}\u{feff}", trim(value))));
        }
        seen.push(name.clone());
    }
    counted.reverse();
    assert_eq!(key(at, &counted).as_ref(), Some(&derived), "{given:?}");
    assert_eq!(derived.params.is_some(), !counted.is_empty());
    if let Some(json) = &derived.params {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json).expect("an object");
        assert_eq!(object.len(), counted.len());
        for (name, value) in &counted {
            assert_eq!(object[name], trim(value));
        }
        assert!(params_hash(json, 64).starts_with(&params_hash(json, 8)));
    }
    if let Some((start, size)) = derived.window {
        assert!(start <= at && at < start.plus(size), "{at:?} is not in {start:?} and {size}");
        let timeless = |name| !events.dispatch_key.names(name);
        let last = Instant::from_millis(start.plus(size).millis() - 1);
        if let (true, true, Some(last)) = (timeless(ValueName::Now), timeless(ValueName::Uuid), last) {
            let whole = key(last, &given).map(|derived| derived.dispatch_key);
            assert_eq!(whole.as_ref(), Some(&derived.dispatch_key), "one window, one key");
        }
    }
    assert_eq!(derived.events.len(), events.events.len());
}
