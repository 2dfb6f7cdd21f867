//! HTML in descriptions becomes the Markdown that says the same.

mod element;
mod write;

use element::{Element, Tag, tag};

use super::inline;

/// How many elements are looked at inside one another; deeper tags are left out.
const DEPTH: usize = 16;

/// Writes the elements of HTML as Markdown. Code, and what only looks like a tag, stays as it is.
pub(super) fn to_markdown(text: &str) -> String {
    let mut reader = Reader {
        open: Vec::new(),
        out: String::with_capacity(text.len()),
    };
    let mut rest = text;
    while !rest.is_empty() {
        let taken = reader.step(rest);
        rest = &rest[taken..];
    }
    while !reader.open.is_empty() {
        reader.pop();
    }
    reader.out
}

/// Reads a text from its start; what is open waits for its end in a text of its own.
#[derive(Debug)]
struct Reader {
    open: Vec<(Element, String)>,
    out: String,
}

impl Reader {
    /// Takes the next piece of the text, and says how long it was.
    fn step(&mut self, rest: &str) -> usize {
        if let Some(length) = self.code(rest) {
            self.text_mut().push_str(&rest[..length]);
            return length;
        }
        if let Some(length) = comment(rest) {
            return length;
        }
        if let Some(tag) = tag(rest) {
            let length = tag.length;
            self.tag(tag);
            return length;
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let length = line[first..]
            .find(['<', '`'])
            .map_or(line.len(), |at| first + at);
        self.text(&rest[..length]);
        length
    }

    /// The length of a span or a block of code at the start of the text.
    fn code(&self, rest: &str) -> Option<usize> {
        let line = rest.split_inclusive('\n').next()?;
        if self.open.is_empty() && self.at_line_start() {
            if let Some(fence) = super::fence(line.trim()) {
                return Some(fenced(rest, fence));
            }
            if line.starts_with("    ") && (self.out.is_empty() || self.out.ends_with("\n\n")) {
                return Some(line.len());
            }
        }
        rest.starts_with('`').then(|| inline::code(line).0)
    }

    fn at_line_start(&self) -> bool {
        self.out.is_empty() || self.out.ends_with('\n')
    }

    fn text_mut(&mut self) -> &mut String {
        self.open.last_mut().map_or(&mut self.out, |(_, text)| text)
    }

    fn is_in(&self, test: impl Fn(&Element) -> bool) -> bool {
        self.open.iter().any(|(element, _)| test(element))
    }

    fn text(&mut self, piece: &str) {
        let flows = self.is_in(Element::flows) && !self.is_in(|e| *e == Element::Preformatted);
        let text = self.text_mut();
        if !flows {
            text.push_str(piece);
            return;
        }
        for word in piece.split_inclusive(char::is_whitespace) {
            let ends = word.ends_with(char::is_whitespace);
            text.push_str(word.trim_end());
            if ends && !text.is_empty() && !text.ends_with(char::is_whitespace) {
                text.push(' ');
            }
        }
    }

    fn tag(&mut self, tag: Tag) {
        let Tag {
            element, closes, ..
        } = tag;
        if self.is_in(|open| *open == Element::Preformatted) && element != Element::Preformatted {
            return;
        }
        match element {
            element if element.is_container() && closes => self.close(&element),
            element if element.is_container() => self.open(element),
            Element::Image(text) => self.text(&text),
            Element::Break | Element::Paragraph | Element::Rule if self.is_in_row() => {
                self.text_mut().push(' ');
            }
            Element::Break | Element::Paragraph if self.is_in(Element::flows) => self.text(" "),
            Element::Break | Element::Paragraph => self.text_mut().push_str("\n\n"),
            Element::Rule => self.text_mut().push_str("\n\n---\n\n"),
            _ => {}
        }
    }

    fn open(&mut self, element: Element) {
        if self.open.last().is_some_and(|(open, _)| element.ends(open)) {
            self.pop();
            return self.open(element);
        }
        if self.open.len() < DEPTH {
            self.open.push((element, String::new()));
        }
    }

    /// Closes the innermost element of this kind, and what is open inside it.
    fn close(&mut self, element: &Element) {
        let same = |(open, _): &(Element, String)| {
            std::mem::discriminant(open) == std::mem::discriminant(element)
        };
        if let Some(at) = self.open.iter().rposition(same) {
            while self.open.len() > at {
                self.pop();
            }
        }
    }

    /// Writes the innermost open element into what is around it.
    fn pop(&mut self) {
        let Some((element, text)) = self.open.pop() else {
            return;
        };
        let around = self.open.last().map(|(around, _)| around);
        let flows = self.is_in(Element::flows);
        let written = write::element(&element, &text, around, flows);
        if self.open.is_empty() && self.is_in_row() && written.contains('\n') {
            let words: Vec<_> = written.split_whitespace().collect();
            self.out.push_str(&words.join(" "));
        } else {
            self.text_mut().push_str(&written);
        }
    }

    /// Whether the line is a row of a table in Markdown, which ends where the line does.
    fn is_in_row(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        line.trim_start().starts_with('|')
    }
}

/// The length of a comment at the start of the text.
fn comment(text: &str) -> Option<usize> {
    text.strip_prefix("<!--")?.find("-->").map(|end| end + 7)
}

/// The length of a block of code, from the fence that opens it to the one that closes it.
fn fenced(text: &str, fence: &str) -> usize {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().map_or(0, str::len);
    let mut length = first;
    for line in lines {
        length += line.len();
        if super::closes(line.trim(), fence) {
            break;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use super::super::to_rustdoc;

    #[test]
    fn marks_stand_next_to_words() {
        check("<b>Scope: </b><code>a:b</code>", "**Scope:** `a:b`");
        check("<strong></strong>x <em>y\nz</em>", "x *y\nz*");
        check("<code>a &lt; b</code> &lt; c", "`a < b` &lt; c");
        check("a <b>b", "a **b**");
        check("a</b> <span>b</span>", "a b");
    }

    #[test]
    fn links_to_the_web_stay() {
        check(
            "<a target='_blank' href=\"https://a.b\">c</a>",
            "[c](https://a.b)",
        );
        check("<a href='#x'>c</a> <a name=d>e</a>", "c e");
    }

    #[test]
    fn paragraphs_and_headings_are_apart() {
        check("<p>a</p><p>b<br/>c</p>", "a\n\nb\n\nc");
        check("<h3>\n a\n b</h3>c", "### a b\n\nc");
    }

    #[test]
    fn lists_hold_their_items() {
        check(
            "a:<ul>\n  <li>b</li>\n  <li>c\n d</li></ul>e",
            "a:\n\n- b\n- c d\n\ne",
        );
        check(
            "<ol><li>a<ul><li>b<li>c</ul><li>d</ol>",
            "1. a\n   - b\n   - c\n1. d",
        );
    }

    #[test]
    fn tables_have_a_head() {
        let text = "<table>\n  <tr>\n    <th>a</th>\n    <th>b</th>\n  </tr>\n  <tr><td><code>c|d</code></td></tr>\n</table>\nx";
        check(text, "| a | b |\n| --- | --- |\n| `c\\|d` |  |\n\nx");
    }

    #[test]
    fn rows_of_markdown_stay_on_their_lines() {
        check(
            "| a | b<br>c |\n|---|---|\n| **d**<p>e</p> | <ul><li>f</li><li>g</li></ul> |",
            "| a | b c |\n|---|---|\n| **d** e  | - f - g |",
        );
    }

    #[test]
    fn pictures_are_the_text_for_them() {
        check("<img src='data:x' alt=\"A b\"/> c <img src=d>e", "A b c e");
        check("<del>a</del> b", "~~a~~ b");
    }

    #[test]
    fn code_is_left_alone() {
        check(
            "`<b>`\n```html\n<b>x</b>\n```\n\n    <p>\n",
            "`<b>`\n```html\n<b>x</b>\n```\n\n```text\n<p>\n```",
        );
        check(
            "<pre><code>a &lt;b&gt;\n  c</code></pre>",
            "```text\na <b>\n  c\n```",
        );
    }

    #[test]
    fn deep_and_broken_html_ends() {
        let deep = "<b>".repeat(10_000) + "x";
        assert!(to_rustdoc(&deep).ends_with('*'));
        check("<!-- a\nb -->c", "c");
        check("1 <2 and <", r"1 \<2 and \<");
    }
}
