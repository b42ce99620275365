//! JSON of other programs, where a value may stand alone or in a list, and may be missing or of another kind.

use jiff::Timestamp;
use serde_json::Value;

/// The values of a field: those of its list, or the one that stands alone; none where it is missing.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    match value.get(name) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(alone) => std::slice::from_ref(alone),
    }
}

/// The strings among the values of a field.
pub(super) fn strings(value: &Value, name: &str) -> Vec<String> {
    list(value, name).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The first string among the values of a field.
pub(super) fn string(value: &Value, name: &str) -> Option<String> {
    list(value, name).iter().find_map(Value::as_str).map(str::to_owned)
}

/// A whole number, which some programs write as `12.0` or `"12"`.
pub(super) fn whole(value: &Value, name: &str) -> Option<u32> {
    let number = list(value, name).first()?;
    let written = number.as_str().map_or_else(|| number.to_string(), str::to_owned);
    written.trim().trim_end_matches(".0").parse().ok()
}

/// A moment after RFC 3339; without a zone it counts as UTC.
pub(super) fn moment(value: &Value, name: &str) -> Option<Timestamp> {
    moment_of(&string(value, name)?)
}

/// The moment that is written so, after RFC 3339 or ISO 8601; without a zone it counts as UTC.
pub(super) fn moment_of(written: &str) -> Option<Timestamp> {
    let written = written.trim();
    written.parse().ok().or_else(|| {
        let civil: jiff::civil::DateTime = written.parse().ok()?;
        Some(civil.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
    })
}
