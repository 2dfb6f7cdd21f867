//! The lines and columns of offsets, found without reading a text, or a long line of it, from its start.

use super::floor;

/// How many bytes lie between two marks at most.
const STEP: usize = 4096;

/// The starts of the lines, and places inside the long ones, in the order of the text.
#[derive(Debug)]
pub(super) struct Marks(Vec<Mark>);

#[derive(Debug)]
struct Mark {
    offset: usize,
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
}

impl Marks {
    pub(super) fn of(text: &str) -> Self {
        let (mut marks, mut offset) = (Vec::new(), 0);
        for (index, mut rest) in text.split('\n').enumerate() {
            let (line, mut column) = (index + 1, 1);
            loop {
                marks.push(Mark {
                    offset,
                    line,
                    column,
                });
                let (step, after) = rest.split_at(floor(rest, STEP));
                offset += step.len();
                if after.is_empty() {
                    break;
                }
                column += step.chars().count();
                rest = after;
            }
            // The end of the line.
            offset += 1;
        }
        Self(marks)
    }

    /// The line and the column of an offset, at which a character of the text starts.
    pub(super) fn locate(&self, text: &str, offset: usize) -> (usize, usize) {
        let after = self.0.partition_point(|mark| mark.offset <= offset);
        // The first mark is at the start of the text.
        let mark = &self.0[after - 1];
        let characters = text[mark.offset..offset].chars().count();
        (mark.line, mark.column + characters)
    }
}
