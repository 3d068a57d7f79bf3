//! Counts of what matches, in aligned columns.

use super::count;
use crate::cli::layout::fit;
use crate::cli::screen::Screen;
use crate::compare::theme_named;
use crate::index::{Bucket, Facets};
use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// Columns that a value has at least, and at most if others shall stand
/// beside it.
const NARROW: usize = 16;
const WIDE: usize = 60;

/// The facets that have values.
pub(super) fn render(facets: &Facets, screen: Screen) -> String {
    let bold = Style::new().bold();
    let mut out = String::new();
    for (name, buckets) in facets.named() {
        if buckets.is_empty() {
            continue;
        }
        out.push('\n');
        out.push_str(&screen.paint(bold, &format!("by {name}")));
        out.push('\n');
        columns(name, buckets, screen.width, &mut out);
    }
    out
}

/// Counts and values, down one column after the other.
fn columns(name: &str, buckets: &[Bucket], width: usize, out: &mut String) {
    let digits = buckets.iter().map(|b| count(b.count).len()).max();
    let digits = digits.unwrap_or(1);
    let longest = buckets.iter().map(|b| shown(name, &b.value).width()).max();
    let value = longest.unwrap_or(NARROW).clamp(NARROW, WIDE);
    let columns = (width / (2 + digits + 2 + value)).clamp(1, buckets.len());
    let own = width / columns;
    let value = own.saturating_sub(2 + digits + 2).max(8);
    let rows = buckets.len().div_ceil(columns);
    for row in 0..rows {
        let mut line = String::new();
        for bucket in buckets.iter().skip(row).step_by(rows) {
            let number = count(bucket.count);
            let shown = fit(&shown(name, &bucket.value), value);
            line.push_str(&format!("  {number:>digits$}  {shown}"));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// A theme has a name besides its id.
fn shown(facet: &str, value: &str) -> String {
    match theme_named(value) {
        Some(theme) if facet == "theme" => {
            format!("{} ({})", theme.vi, theme.id)
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_in_aligned_columns() {
        let bucket = |value: &str, count| Bucket { value: value.into(), count };
        let facets = Facets {
            province: vec![
                bucket("Vĩnh Phúc", 1203),
                bucket("Quảng Nam", 8),
                bucket("Hà Nội", 5),
            ],
            theme: vec![bucket("health", 3)],
            ..Facets::default()
        };
        let screen = Screen { width: 80, colour: false };
        assert_eq!(
            render(&facets, screen),
            "
by province
  1,203  Vĩnh Phúc              8  Quảng Nam              5  Hà Nội

by theme
  3  Y tế, sức khỏe (health)
"
        );
    }
}
