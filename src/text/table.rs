//! Reads plain tables, this room's and those of comparison: one header line,
//! tab-separated cells, lines that begin with `#` are remarks.

/// The rows below the header, split into cells.
pub(crate) fn rows(
    table: &'static str,
) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect())
}
