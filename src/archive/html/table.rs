//! Tables of figures: their cells stand side by side on one line. Tables that
//! only arrange the page are left as they are.

use super::name::Name;
use super::select;
use super::tree::Tree;
use std::collections::{HashMap, HashSet};

/// Longest cell, in code points, of a table of figures.
const CELL: usize = 200;

/// Which lines are cells of which row.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Line to its row and cell, in tables of figures only.
    place: HashMap<usize, (usize, usize)>,
}

/// Looks for tables of figures among the chosen lines: at least two rows of
/// at least two cells, and each cell of one short line.
pub(super) fn rows(tree: &Tree, chosen: &[usize]) -> Rows {
    let mut cells: HashMap<usize, usize> = HashMap::new();
    let mut places = Vec::new();
    for &i in chosen {
        let mut around = tree.around(tree.lines[i].element).take(8);
        let is = |e: &usize, name| tree.elements[*e].name == name;
        let Some(cell) = around.find(|e| is(e, Name::Cell)) else { continue };
        let Some(row) = around.find(|e| is(e, Name::Row)) else { continue };
        let Some(table) = around.find(|e| is(e, Name::Table)) else { continue };
        *cells.entry(cell).or_default() += 1;
        places.push((i, cell, row, table));
    }
    // The head of a document arranges its two columns in a table.
    let heads: HashSet<usize> = places
        .iter()
        .filter(|(i, ..)| select::is_head(&tree.lines[*i].text))
        .map(|&(_, _, _, table)| table)
        .collect();
    places.retain(|(_, _, _, table)| !heads.contains(table));
    let plain = |i: usize, cell: usize| {
        cells.get(&cell) == Some(&1) && tree.lines[i].chars <= CELL
    };
    let mut in_row: HashMap<usize, usize> = HashMap::new();
    for &(i, cell, row, _) in &places {
        if plain(i, cell) {
            *in_row.entry(row).or_default() += 1;
        }
    }
    let mut full: HashMap<usize, Vec<usize>> = HashMap::new();
    for &(_, _, row, table) in &places {
        let rows = full.entry(table).or_default();
        if in_row.get(&row).is_some_and(|n| *n >= 2) && !rows.contains(&row) {
            rows.push(row);
        }
    }
    let place = places
        .iter()
        .filter(|(i, cell, row, table)| {
            plain(*i, *cell)
                && full
                    .get(table)
                    .is_some_and(|rows| rows.len() >= 2 && rows.contains(row))
        })
        .map(|&(i, cell, row, _)| (i, (row, cell)))
        .collect();
    Rows { place }
}

impl Rows {
    /// Whether two lines are neighbouring cells of one row.
    pub(super) fn joined(&self, before: usize, line: usize) -> bool {
        match (self.place.get(&before), self.place.get(&line)) {
            (Some((row, cell)), Some((row2, cell2))) => {
                row == row2 && cell != cell2
            }
            _ => false,
        }
    }
}
