//! What a caller prefers: `Prefer: code=404, example=name, dynamic=true, seed=7` (RFC 7240, as other mocks read it).

use http::HeaderMap;

/// What a caller says about the answer.
#[derive(Clone, Copy)]
pub(super) struct Wish<'a> {
    /// The headers of the request, for the media types that are accepted.
    pub(super) headers: &'a HeaderMap,
    /// What is preferred.
    pub(super) preference: &'a Preference,
}

/// What a caller prefers.
#[derive(Debug, PartialEq, Eq)]
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
    /// The preference of no one.
    pub(super) const NONE: Self = Self {
        code: None,
        example: None,
        dynamic: false,
        seed: 0,
    };

    /// With what the headers say; what is not understood is not preferred.
    pub(super) fn of(mut self, headers: &HeaderMap) -> Self {
        let lines = headers
            .get_all("prefer")
            .iter()
            .filter_map(|line| line.to_str().ok());
        let pairs = lines
            .flat_map(|line| line.split([',', ';']))
            .filter_map(|pair| pair.split_once('='));
        for (name, value) in pairs {
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => {
                    self.code = value.parse().ok().filter(|code| (200..=599).contains(code));
                }
                "dynamic" => self.dynamic = value.eq_ignore_ascii_case("true"),
                "seed" => self.seed = value.parse().unwrap_or_default(),
                "example" => self.example = Some(value.to_owned()),
                _ => {}
            }
        }
        self
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
        assert_eq!(Preference::NONE.of(&headers), wanted);
    }
}
