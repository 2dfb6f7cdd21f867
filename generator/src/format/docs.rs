//! Docs of several lines. They come as one attribute, because to read and print one for each line would take a tenth of the
//! generation, and are printed as one block comment. People write a comment a line.

/// Whether docs may come as one attribute: they would be printed as a block comment that ends where they end.
pub(crate) fn is_block(text: &str) -> bool {
    let has_marks = || text.contains("/*") || text.contains("*/") || text.ends_with('/');
    text.contains('\n') && !has_marks()
}

/// The text of an item with a comment for each line of its docs.
pub(super) fn by_line(text: &str) -> String {
    let mut lines = String::with_capacity(text.len() + text.len() / 8);
    // How far the comment is indented that the line belongs to.
    let mut open = None;
    for mut line in text.lines() {
        if open.is_none() {
            let indent = &line[..line.len() - line.trim_start().len()];
            if let Some(first) = line[indent.len()..].strip_prefix("/**") {
                (open, line) = (Some(indent), first);
            }
        }
        if let Some(indent) = open {
            let last = line.strip_suffix("*/");
            open = open.filter(|_| last.is_none());
            lines.extend([indent, "///"]);
            line = last.unwrap_or(line).trim_end();
        }
        lines.extend([line, "\n"]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_becomes_a_comment_a_line() {
        assert_eq!(
            by_line("impl A {\n    /** b\n\n ```text\n  /** c\n ``` **/\n    fn d();\n}\n"),
            "impl A {\n    /// b\n    ///\n    /// ```text\n    ///  /** c\n    /// ``` *\n    fn d();\n}\n"
        );
        assert_eq!(by_line("/// a\nstruct B;\n"), "/// a\nstruct B;\n");
    }

    #[test]
    fn docs_with_marks_of_comments_are_no_block() {
        assert!(is_block(" a\n b"));
        for text in [" a", " a\n /* b", " a */\n b", " a\n /"] {
            assert!(!is_block(text), "{text}");
        }
    }
}
