//! Markdown as documents have it becomes Markdown that rustdoc and clippy take without complaint.

mod html;
mod inline;
mod list;

use inline::escape;
use list::Lists;

/// Rewrites Markdown: HTML becomes Markdown, code blocks never count as Rust, bare URLs become links, what looks like links
/// or tags to rustdoc but is none is escaped, continued list items are indented.
///
/// ```
/// use bindery_generator::markdown::to_rustdoc;
///
/// assert_eq!(to_rustdoc("See https://a.b/c [sic]."), r"See <https://a.b/c> \[sic\].");
/// ```
pub fn to_rustdoc(text: &str) -> String {
    let mut writer = Writer::default();
    for line in html::to_markdown(text).lines() {
        writer.line(&clean(line));
    }
    writer.finish()
}

#[derive(Debug, Default)]
struct Writer {
    lines: Vec<String>,
    block: Block,
    lists: Lists,
}

/// The kinds of blocks that lines belong to.
#[derive(Debug, Default, PartialEq)]
enum Block {
    /// Paragraphs, lists, headings, tables.
    #[default]
    Prose,
    /// Between fences: what closes it, and how far its lines are moved to the left.
    Fenced(String, usize),
    /// Indented by four spaces, which stands between fences in the output.
    Indented,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let indent = line.len() - line.trim_start().len();
        let text = line.trim();
        match &self.block {
            Block::Fenced(fence, moved) => {
                let moved = (*moved).min(indent);
                if closes(text, fence) {
                    self.close();
                } else {
                    self.code(&line[moved..]);
                }
            }
            Block::Indented if fence(text).is_none() && (text.is_empty() || indent >= 4) => {
                self.code(line.get(4..).unwrap_or(""));
            }
            Block::Indented => {
                self.close();
                self.prose(indent, text);
            }
            Block::Prose => self.prose(indent, text),
        }
    }

    fn prose(&mut self, indent: usize, text: &str) {
        let after_blank = self.lines.last().is_none_or(String::is_empty);
        if let Some(fence) = fence(text) {
            self.block = Block::Fenced(fence.to_owned(), indent);
            self.lines.push(format!(
                "{}```{}",
                self.lists.indent(),
                language(text, fence)
            ));
        } else if text.is_empty() {
            if !after_blank {
                self.lines.push(String::new());
            }
        } else if indent >= 4 && after_blank && self.lists.is_empty() {
            self.block = Block::Indented;
            self.lines.push("```text".to_owned());
            self.code(&format!("{}{text}", " ".repeat(indent - 4)));
        } else {
            let (indent, text) = self.lists.place(indent, text, after_blank);
            let quote = self.continues_quote(&text, after_blank);
            self.lines
                .push(format!("{}{quote}{}", " ".repeat(indent), escape(&text)));
        }
    }

    /// A line of code keeps the indentation of the list item that its block belongs to.
    fn code(&mut self, text: &str) {
        let line = format!("{}{}", self.lists.indent(), text.trim_end());
        self.lines.push(line.trim_end().to_owned());
    }

    fn close(&mut self) {
        while self.block == Block::Indented && self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines.push(format!("{}```", self.lists.indent()));
        if self.block == Block::Indented {
            self.lines.push(String::new());
        }
        self.block = Block::Prose;
    }

    /// What a line needs in front when it goes on with a quotation that says so only in its first line.
    fn continues_quote(&self, text: &str, after_blank: bool) -> &'static str {
        let quoted = |line: &String| line.starts_with('>');
        if !after_blank && self.lines.last().is_some_and(quoted) && !text.starts_with('>') {
            "> "
        } else {
            ""
        }
    }

    fn finish(mut self) -> String {
        if self.block != Block::Prose {
            self.close();
        }
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines.join("\n")
    }
}

/// A line without tabs, control characters and white space at its end.
fn clean(line: &str) -> String {
    let line = line.replace('\t', "    ");
    line.trim_end()
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .collect()
}

/// Characters that change the direction of text, which rustc refuses in source files, and other invisible ones.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn fence(text: &str) -> Option<&str> {
    let marker = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = text.chars().take_while(|c| *c == marker).count();
    let info = &text[length..];
    (length >= 3 && !info.contains('`')).then(|| &text[..length])
}

/// Whether a line closes what the fence opened.
fn closes(text: &str, fence: &str) -> bool {
    text.starts_with(fence) && text.trim_matches(['`', '~']).is_empty()
}

/// The language of a code block; `text` where rustdoc would take it for Rust.
fn language<'t>(text: &'t str, fence: &str) -> &'t str {
    const OTHERS: &[&str] = &[
        "bash",
        "c",
        "console",
        "cpp",
        "csharp",
        "curl",
        "go",
        "graphql",
        "html",
        "http",
        "java",
        "javascript",
        "js",
        "json",
        "jsonc",
        "kotlin",
        "php",
        "python",
        "ruby",
        "sh",
        "shell",
        "sql",
        "swift",
        "toml",
        "ts",
        "typescript",
        "xml",
        "yaml",
    ];
    let info = text[fence.len()..]
        .split(|c: char| !c.is_ascii_alphanumeric())
        .find(|w| !w.is_empty());
    info.filter(|word| OTHERS.contains(word)).unwrap_or("text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    pub(super) fn check(text: &str, expected: &str) {
        assert_eq!(to_rustdoc(text), expected);
    }

    #[test]
    fn code_is_never_rust() {
        check("```\na\n```", "```text\na\n```");
        check("```rust\na\n", "```text\na\n```");
        check("~~~python title\na\n~~~", "```python\na\n```");
        check(
            "a\n\n    b:\n    ```json\n    {}\n    ```",
            "a\n\n```text\nb:\n```\n\n```json\n{}\n```",
        );
        check("a\n\n    b\n      c\n\nd", "a\n\n```text\nb\n  c\n```\n\nd");
    }

    #[test]
    fn brackets_tags_and_urls_cannot_be_mistaken() {
        check(
            "a[0] and [b](https://c.d) and [e](#f)",
            r"a\[0\] and [b](https://c.d) and e",
        );
        check("<b>x</b> `<y>` <z>", r"**x** `<y>` \<z>");
        check("(see http://a.b/c.)", "(see <http://a.b/c>.)");
        check("`unclosed", r"\`unclosed");
    }

    #[test]
    fn list_items_go_on_where_they_started() {
        check(
            "- a\nb\n    - c\n      d\n\ne",
            "- a\n  b\n  - c\n    d\n\ne",
        );
        check("1.  a\n\n    b", "1. a\n\n   b");
    }
}
