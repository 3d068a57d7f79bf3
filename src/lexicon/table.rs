//! The reader of the project's tables: tab-separated, one header line, lines
//! that start with `#` are comments.
//!
//! Tables are compiled in. They are trusted at run time because
//! the test `every_table_is_clean` has read each of them; a malformed row
//! therefore panics with the name of its table, in tests only.

/// One line of a table.
pub struct Row<'c> {
    table: &'static str,
    columns: &'c [&'static str],
    cells: Vec<&'static str>,
}

impl Row<'_> {
    /// The cell of a column.
    pub fn get(&self, column: &str) -> &'static str {
        let i = self.columns.iter().position(|c| *c == column);
        i.and_then(|i| self.cells.get(i).copied())
            .unwrap_or_else(|| panic!("{}: no column {column}", self.table))
    }

    /// The cell of a column, `None` if it is empty.
    pub fn opt(&self, column: &str) -> Option<&'static str> {
        Some(self.get(column)).filter(|cell| !cell.is_empty())
    }

    /// The parts of a cell between semicolons.
    pub fn list(&self, column: &str) -> Vec<&'static str> {
        split_list(self.get(column))
    }

    /// Whether the cell of a column is `y`.
    pub fn flag(&self, column: &str) -> bool {
        self.get(column) == "y"
    }

    /// The cell of a column as a number.
    pub fn number<N: std::str::FromStr>(&self, column: &str) -> N {
        let cell = self.get(column);
        cell.parse().unwrap_or_else(|_| {
            panic!("{}: {column} is not a number: {cell}", self.table)
        })
    }

    /// The cell of a column as one of the words that `known` lists.
    pub fn one_of<T: Copy>(&self, column: &str, known: &[(&str, T)]) -> T {
        self.word(self.get(column), known)
    }

    /// The parts of a cell as words that `known` lists.
    pub fn some_of<T: Copy>(
        &self,
        column: &str,
        known: &[(&str, T)],
    ) -> Vec<T> {
        let parts = self.list(column);
        parts.into_iter().map(|part| self.word(part, known)).collect()
    }

    fn word<T: Copy>(&self, word: &str, known: &[(&str, T)]) -> T {
        known
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, value)| *value)
            .unwrap_or_else(|| panic!("{}: unknown word {word}", self.table))
    }
}

/// The parts of a cell between semicolons, blanks at their ends cut.
pub fn split_list(cell: &'static str) -> Vec<&'static str> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// Reads every row of a table.
pub fn read<T>(
    table: &'static str,
    text: &'static str,
    row: impl Fn(&Row<'_>) -> T,
) -> Vec<T> {
    let mut lines =
        text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let columns: Vec<&'static str> =
        lines.next().unwrap_or_default().split('\t').collect();
    lines
        .map(|line| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            assert!(
                cells.len() == columns.len(),
                "{table}: {} cells, {} columns: {line}",
                cells.len(),
                columns.len()
            );
            row(&Row { table, columns: &columns, cells })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::is_nfc;

    #[test]
    fn reads_cells_lists_and_flags() {
        let text = "# a comment\nname\twords\tsure\tsource\n\
                    một\tcái; con \ty\there\nhai\t\tn\tthere\n";
        let rows = read("trial", text, |row| {
            (row.get("name"), row.list("words"), row.flag("sure"))
        });
        assert_eq!(
            rows,
            [("một", vec!["cái", "con"], true), ("hai", vec![], false)]
        );
    }

    #[test]
    #[should_panic(expected = "trial: 1 cells, 2 columns")]
    fn refuses_a_row_that_is_short() {
        read("trial", "name\tsource\nmột\n", |row| row.get("name"));
    }

    /// Syllables that end in a tone mark of the newer school style; the
    /// normalized text writes the older one (`hòa`, `khỏe`, `thủy`).
    fn new_style(cell: &str) -> Option<&str> {
        const ENDS: &[&str] = &[
            "oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ",
            "uý", "uỷ", "uỹ", "uỵ",
        ];
        cell.split(|c: char| !c.is_alphabetic()).find(|syllable| {
            let low = syllable.to_lowercase();
            !low.starts_with("qu") && ENDS.iter().any(|e| low.ends_with(e))
        })
    }

    /// Places of the columns of the stated key, if one is stated.
    fn key(name: &str, text: &str, head: &[&str]) -> Vec<usize> {
        let at = |k: &str| {
            head.iter()
                .position(|column| *column == k)
                .unwrap_or_else(|| panic!("{name}: no key column {k}"))
        };
        text.lines()
            .find_map(|line| line.strip_prefix("# key: "))
            .map(|key| key.split(", ").map(at).collect())
            .unwrap_or_default()
    }

    fn check(name: &str, text: &str) {
        assert!(is_nfc(text), "{name} is not NFC");
        assert!(text.ends_with('\n'), "{name}: no line break at the end");
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let head: Vec<&str> = lines.next().unwrap().split('\t').collect();
        assert_eq!(head.last(), Some(&"source"), "{name}: no source column");
        let at = key(name, text, &head);
        let mut keys: Vec<Vec<&str>> = Vec::new();
        for line in lines {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), head.len(), "{name}: {line}");
            assert!(!cells[head.len() - 1].is_empty(), "{name}: {line}");
            for (cell, column) in cells.iter().zip(&head) {
                assert_eq!(cell.trim(), *cell, "{name}: blanks: {line}");
                // A pattern may list both styles.
                if *column != "pattern" {
                    assert_eq!(new_style(cell), None, "{name}: tone mark");
                }
            }
            let now: Vec<&str> = at.iter().map(|&i| cells[i]).collect();
            if let Some(before) = keys.last().filter(|_| !at.is_empty()) {
                assert!(*before < now, "{name}: not sorted, unique at {line}");
            }
            keys.push(if at.is_empty() { vec![cells[0]] } else { now });
        }
        assert!(!keys.is_empty(), "{name} has no rows");
        // A table whose order means something states no key.
        keys.sort();
        let rows = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), rows, "{name}: a row stands twice");
    }

    /// NFC, sorted and unique by the stated key, sourced, and in the spelling
    /// that normalized text has: every table of this folder.
    #[test]
    fn every_table_is_clean() {
        let folder =
            concat!(env!("CARGO_MANIFEST_DIR"), "/src/lexicon").to_string();
        let mut seen = 0;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "tsv") {
                let name = path.file_name().unwrap().to_string_lossy();
                check(&name, &std::fs::read_to_string(&path).unwrap());
                seen += 1;
            }
        }
        assert!(seen >= 14, "only {seen} tables");
    }

    #[test]
    fn new_style_tone_marks_are_seen() {
        assert_eq!(new_style("tỉnh Khánh Hoà"), Some("Hoà"));
        assert_eq!(new_style("quý III, quả, hoàn, suýt, hòa"), None);
    }
}
