//! What a caller prefers: `Prefer: code=404, example=name, dynamic=true, seed=7` (RFC 7240, as other mocks read it).

use http::HeaderMap;

/// The header that says so.
pub(super) const NAME: &str = "prefer";

/// What a caller prefers.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Preference {
    /// The status.
    pub(super) code: Option<u16>,
    /// The name of the example.
    pub(super) example: Option<String>,
    /// Whether values are made instead of taken from examples.
    pub(super) dynamic: bool,
    /// Which values are made.
    pub(super) seed: u64,
}

impl Preference {
    /// Reads the headers; what is not understood is not preferred.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut preference = Self::default();
        let lines = headers
            .get_all(NAME)
            .iter()
            .filter_map(|line| line.to_str().ok());
        let pairs = lines
            .flat_map(|line| line.split([',', ';']))
            .filter_map(|pair| pair.split_once('='));
        for (name, value) in pairs {
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => {
                    preference.code = value.parse().ok().filter(|code| (200..=599).contains(code));
                }
                "dynamic" => preference.dynamic = value.eq_ignore_ascii_case("true"),
                "seed" => preference.seed = value.parse().unwrap_or_default(),
                "example" => preference.example = Some(value.to_owned()),
                _ => {}
            }
        }
        preference
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_read() {
        let mut headers = HeaderMap::new();
        headers.insert(
            "prefer",
            "code=404, example=\"gone\", dynamic=true, seed=7"
                .parse()
                .expect("a header"),
        );
        let wanted = Preference {
            code: Some(404),
            example: Some("gone".to_owned()),
            dynamic: true,
            seed: 7,
        };
        assert_eq!(Preference::of(&headers), wanted);
    }
}
