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
    places.retain(|(i, cell, ..)| {
        cells.get(cell) == Some(&1) && tree.lines[*i].chars <= CELL
    });
    let full = full_rows(&places);
    let place = places
        .iter()
        .filter(|(_, _, row, _)| full.contains(row))
        .map(|&(i, cell, row, _)| (i, (row, cell)))
        .collect();
    Rows { place }
}

/// Rows of at least two cells, in tables of at least two such rows.
fn full_rows(places: &[(usize, usize, usize, usize)]) -> HashSet<usize> {
    let mut cells: HashMap<usize, usize> = HashMap::new();
    for (_, _, row, _) in places {
        *cells.entry(*row).or_default() += 1;
    }
    let mut rows: HashMap<usize, HashSet<usize>> = HashMap::new();
    for (_, _, row, table) in places {
        if cells.get(row).is_some_and(|n| *n >= 2) {
            rows.entry(*table).or_default().insert(*row);
        }
    }
    places
        .iter()
        .filter(|(_, _, row, table)| {
            rows.get(table).is_some_and(|r| r.len() >= 2 && r.contains(row))
        })
        .map(|(_, _, row, _)| *row)
        .collect()
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
