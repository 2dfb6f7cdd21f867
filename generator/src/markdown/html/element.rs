//! The elements of HTML that descriptions are written with, and what Markdown has for them.

/// What an element means to a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Element {
    Strong,
    Emphasis,
    Deleted,
    Code,
    /// A link; without an address, what it surrounds.
    Link(String),
    /// A picture, of which docs have the text.
    Image(String),
    /// Text whose lines stay as they are.
    Preformatted,
    Heading(usize),
    /// A list, and whether its items are numbered.
    List(bool),
    Item,
    Table,
    Row,
    Cell,
    /// Starts another paragraph, where it opens and where it closes.
    Paragraph,
    Break,
    Rule,
    /// Has no counterpart; its content stays.
    Other,
}

impl Element {
    /// The element of this name; `None` for what is no HTML, such as `<id>`.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "b" | "strong" => Self::Strong,
            "i" | "em" => Self::Emphasis,
            "del" | "s" | "strike" => Self::Deleted,
            "code" | "tt" | "kbd" => Self::Code,
            "a" => Self::Link(String::new()),
            "img" => Self::Image(String::new()),
            "pre" => Self::Preformatted,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                Self::Heading(usize::from(name.as_bytes()[1] - b'0'))
            }
            "ul" => Self::List(false),
            "ol" => Self::List(true),
            "li" => Self::Item,
            "table" => Self::Table,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "p" | "div" | "details" | "summary" | "blockquote" | "dl" | "dt" | "dd" | "section"
            | "article" | "aside" => Self::Paragraph,
            "br" => Self::Break,
            "hr" => Self::Rule,
            "span" | "small" | "sub" | "sup" | "u" | "font" | "center" | "tbody" | "thead" => {
                Self::Other
            }
            _ => return None,
        })
    }

    /// Whether its white space is laid out anew: a line break in it is a space.
    pub(super) fn flows(&self) -> bool {
        matches!(
            self,
            Self::Heading(_) | Self::List(_) | Self::Item | Self::Table | Self::Row | Self::Cell
        )
    }

    /// Whether it stands between its tags; the others are marks in the text.
    pub(super) fn is_container(&self) -> bool {
        !matches!(
            self,
            Self::Paragraph | Self::Break | Self::Rule | Self::Image(_) | Self::Other
        )
    }

    /// Whether opening this element ends an open `other`, as an item ends the one before it.
    pub(super) fn ends(&self, other: &Self) -> bool {
        match self {
            Self::Item => matches!(other, Self::Item),
            Self::Cell => matches!(other, Self::Cell),
            Self::Row => matches!(other, Self::Row | Self::Cell),
            _ => false,
        }
    }
}

/// A tag: where an element opens or closes.
#[derive(Debug, PartialEq)]
pub(super) struct Tag {
    pub(super) element: Element,
    pub(super) closes: bool,
    /// How many bytes it takes.
    pub(super) length: usize,
}

/// The tag that the text starts with. Tags that HTML does not have are text.
pub(super) fn tag(text: &str) -> Option<Tag> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find('>')?;
    let inside = &inside[..end];
    let closes = inside.starts_with('/');
    let inside = inside.trim_start_matches('/');
    let (name, attributes) = inside.split_at(
        inside
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(inside.len()),
    );
    if !attributes.starts_with(|c: char| c.is_whitespace() || c == '/') && !attributes.is_empty() {
        return None;
    }
    let mut element = Element::named(&name.to_ascii_lowercase())?;
    if !closes && is_word(name) && !text.contains(&format!("</{name}")) {
        return None;
    }
    match &mut element {
        Element::Link(url) => value(attributes, "href")
            .unwrap_or_default()
            .clone_into(url),
        // Without attributes it shows nothing, and is what the text is about.
        Element::Image(_) if attributes.is_empty() => return None,
        Element::Image(text) => value(attributes, "alt")
            .unwrap_or_default()
            .clone_into(text),
        _ => {}
    }
    Some(Tag {
        element,
        closes,
        length: end + 2,
    })
}

/// Names of elements that texts have between angle brackets for other things; they are elements where they end.
fn is_word(name: &str) -> bool {
    ["s", "section", "article", "aside"].contains(&name)
}

/// The value of an attribute.
fn value<'t>(attributes: &'t str, name: &str) -> Option<&'t str> {
    let value = attributes
        .split_once(name)?
        .1
        .trim_start()
        .strip_prefix('=')?
        .trim_start();
    match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next(),
        _ => value.split(|c: char| c.is_whitespace() || c == '>').next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_other_text() {
        let link =
            tag("<A class=x HREF='u'>").is_some_and(|tag| matches!(tag.element, Element::Link(_)));
        assert!(link);
        assert_eq!(
            tag("</td >x").map(|tag| (tag.closes, tag.length)),
            Some((true, 6))
        );
        assert_eq!(tag("<br/>").map(|tag| tag.element), Some(Element::Break));
        assert_eq!(
            tag("<s>a</s>").map(|tag| tag.element),
            Some(Element::Deleted)
        );
        for text in [
            "<s> to <section>",
            "<img>",
            "<id>",
            "<b",
            "<a@b.c>",
            "< b>",
            "<i-d>",
            "x",
        ] {
            assert_eq!(tag(text), None, "{text}");
        }
    }
}
