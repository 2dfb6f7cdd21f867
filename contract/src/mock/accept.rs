//! Which media types a caller accepts (RFC 9110 §12.5.1).

use bindery_spec::model::MediaType;
use http::HeaderMap;
use http::header::ACCEPT;

use crate::validate::media::{self, ContentType};

/// The media types in the order in which the caller wants them, those that it refuses left out. Without a wish, and
/// among equals, the order of the document stands.
pub(super) fn by_preference<'a>(
    declared: &'a [MediaType],
    headers: &HeaderMap,
) -> Vec<&'a MediaType> {
    let lines = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let ranges: Vec<&str> = lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .collect();
    let mut rated: Vec<(u16, &MediaType)> = declared
        .iter()
        .map(|media| (quality(&media.name, &ranges), media))
        .collect();
    rated.retain(|(quality, _)| *quality > 0);
    rated.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    rated.into_iter().map(|(_, media)| media).collect()
}

/// The weight in thousandths that the most specific range gives to a media type.
fn quality(name: &str, ranges: &[&str]) -> u16 {
    let concrete = media::concrete(name);
    let essence = concrete
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let rated = ranges
        .iter()
        .filter_map(|range| rate(range, &essence, name));
    match rated.max() {
        Some((_, quality)) => quality,
        None if ranges.is_empty() => 1000,
        None => 0,
    }
}

/// How specific a range is for a media type, and its weight; `None` when it does not cover it.
fn rate(range: &str, essence: &str, declared: &str) -> Option<(u8, u16)> {
    let kind = essence.split('/').next().unwrap_or_default();
    let name = range
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let specificity = match name.as_str() {
        "*/*" | "*" => 0,
        name if name == format!("{kind}/*") => 1,
        // A range that the document declares is repeated as it stands by callers that read the document.
        name if name == essence || name == declared.to_ascii_lowercase() => 2,
        _ => return None,
    };
    let weight = ContentType::parse(&range.replace('*', "x"))
        .and_then(|parsed| parsed.parameter("q")?.parse::<f32>().ok())
        .unwrap_or(1.0);
    Some((specificity, thousandths(weight)))
}

/// A weight as thousandths, which is all the precision that it may have (RFC 9110 §12.4.2).
fn thousandths(weight: f32) -> u16 {
    (0..=1000)
        .find(|thousandth| f32::from(*thousandth) >= weight * 1000.0 - 0.5)
        .unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_range_decides() {
        assert_eq!(quality("application/json", &[]), 1000);
        assert_eq!(
            quality(
                "application/json",
                &["*/*;q=0.1", "application/json; q=0.5"]
            ),
            500
        );
        assert_eq!(
            quality("application/json", &["application/*;q=0", "*/*"]),
            0
        );
        assert_eq!(quality("text/plain", &["application/json"]), 0);
        assert_eq!(quality("image/*", &["image/*"]), 1000);
    }
}
