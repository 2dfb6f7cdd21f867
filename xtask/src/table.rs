//! Rows of cells as lines of text.

/// Lays rows out in columns: the first two hold names and stand on the left, the others hold numbers and stand on the
/// right. The last column is not padded when it is a `remark`.
pub(crate) fn lay_out<const N: usize>(rows: &[[String; N]], remark: bool) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or_default());
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(widths).enumerate();
        let cells = cells.map(|(column, (cell, width))| match column {
            0 | 1 => format!("{cell:width$}"),
            last if remark && last == N - 1 => cell.clone(),
            _ => format!("{cell:>width$}"),
        });
        text.push_str(&cells.collect::<Vec<_>>().join("  "));
        text.push('\n');
    }
    text
}
