//! Links in headers (RFC 8288 §3).

/// A link, with the relations that it states.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HeaderLink<'a> {
    pub(crate) target: &'a str,
    relations: &'a str,
}

impl HeaderLink<'_> {
    /// Whether it has a relation; several are parted by spaces (RFC 8288 §3.3).
    pub(crate) fn is(&self, relation: &str) -> bool {
        let mut own = self.relations.split_ascii_whitespace();
        own.any(|own| own.eq_ignore_ascii_case(relation))
    }
}

/// The links of a header, parted by commas; `None` when it is none.
pub(crate) fn links(text: &str) -> Option<Vec<HeaderLink<'_>>> {
    let mut links = Vec::new();
    let mut rest = after_commas(text);
    while !rest.is_empty() {
        let (link, after) = first(rest)?;
        links.push(link);
        rest = after_commas(after);
    }
    Some(links)
}

fn after_commas(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', ','])
}

/// The first link, and what stands behind it: nothing, or a comma and more.
fn first(text: &str) -> Option<(HeaderLink<'_>, &str)> {
    let (target, mut rest) = text.strip_prefix('<')?.split_once('>')?;
    if target.contains(['<', ' ', '"']) {
        return None;
    }
    let mut relations = "";
    loop {
        rest = rest.trim_start();
        let Some(behind) = rest.strip_prefix(';') else {
            let link = HeaderLink { target, relations };
            return (rest.is_empty() || rest.starts_with(',')).then_some((link, rest));
        };
        let (name, value, after) = parameter(behind.trim_start())?;
        // The first one counts (RFC 8288 §3.3).
        if relations.is_empty() && name.eq_ignore_ascii_case("rel") {
            relations = value;
        }
        rest = after;
    }
}

/// A parameter, and what stands behind it: a name, and mostly a value, which may be quoted.
fn parameter(text: &str) -> Option<(&str, &str, &str)> {
    let end = text.find(['=', ';', ',', ' ']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
        return Some((name, "", rest));
    };
    let Some(quoted) = value.strip_prefix('"') else {
        let end = value.find([';', ',', ' ']).unwrap_or(value.len());
        return Some((name, &value[..end], &value[end..]));
    };
    let mut escaped = false;
    let end = quoted.find(|own| {
        let ends = own == '"' && !escaped;
        escaped = own == '\\' && !escaped;
        ends
    })?;
    Some((name, &quoted[..end], quoted.get(end + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_references_with_parameters() {
        for good in [
            "",
            "<https://example.com/?a=1,2;b>; rel=next",
            "</a>;rel=\"next\" ; title=\"a, \\\"b\\\"; <c\" , </b>; rel=prev",
            "</a>; crossorigin, </b>; rel = \"x\",",
        ] {
            assert!(links(good).is_some(), "{good}");
        }
        for wrong in [
            "next=/pets?page=2",
            "/pets; rel=next",
            "</pets; rel=next",
            "</pets>; rel=\"next",
            "</pets> rel=next",
            "</a>; rel=next </b>",
            "<a b>; rel=next",
        ] {
            assert_eq!(links(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_next_of_several_links_is_found() {
        let next = |text| {
            let found = links(text)?.into_iter().find(|own| own.is("next"));
            found.map(|own| own.target)
        };
        let several =
            "</a?page=1>; title=\"rel=next\"; rel=\"prev\", </a?page=3>; rel=\"last next\"";
        assert_eq!(next(several), Some("/a?page=3"));
        assert_eq!(next("</a>; rel=next"), Some("/a"));
        assert_eq!(next("</a>; rel=\"last\""), None);
    }
}
