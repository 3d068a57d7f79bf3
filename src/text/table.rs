//! Reads the room's own tables: one header line, tab-separated cells, lines
//! that begin with `#` are remarks.

/// The rows below the header, split into cells.
pub(super) fn rows(
    table: &'static str,
) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').collect())
}
