//! Lists: how far their lines are indented.

/// The items that are open, from the outermost to the innermost.
#[derive(Debug, Default)]
pub(super) struct Lists {
    items: Vec<Item>,
}

#[derive(Debug)]
struct Item {
    /// How far its marker is indented in the document.
    marker: usize,
    /// How far its text is indented in the output.
    text: usize,
}

impl Lists {
    /// Whether no item is open.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The indentation of the text of the innermost item.
    pub(super) fn indent(&self) -> String {
        " ".repeat(self.text())
    }

    /// Where a line goes and what it says, with the space after a marker made one.
    pub(super) fn place<'t>(
        &mut self,
        indent: usize,
        text: &'t str,
        after_blank: bool,
    ) -> (usize, std::borrow::Cow<'t, str>) {
        if let Some(length) = marker(text) {
            self.close(indent);
            let outer = self.text();
            self.items.push(Item {
                marker: indent,
                text: outer + length + 1,
            });
            let (marker, rest) = text.split_at(length);
            return (outer, format!("{marker} {}", rest.trim_start()).into());
        }
        let ends = after_blank || text.starts_with('#') || text.starts_with('|');
        if ends {
            self.close(indent);
        }
        (self.text(), text.into())
    }

    /// Closes the items that a line with this indentation does not belong to.
    fn close(&mut self, indent: usize) {
        while self.items.last().is_some_and(|item| item.marker >= indent) {
            self.items.pop();
        }
    }

    fn text(&self) -> usize {
        self.items.last().map_or(0, |item| item.text)
    }
}

/// The length of the marker that starts a list item.
fn marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length = match text.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let rest = &text[length..];
    let rule = text.len() >= 3 && text.chars().all(|c| matches!(c, '-' | '*' | ' '));
    (rest.starts_with(' ') && !rule).then_some(length)
}
