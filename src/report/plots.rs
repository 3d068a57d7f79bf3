//! The plots of the page, as SVG.

use crate::escape::html;
use std::fmt::Write;

/// A part of a whole, from 0 to 1.
pub(super) fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// One horizontal bar a row: name, share from 0 to 1, what is said of it.
pub(super) fn bars(title: &str, rows: &[(&str, f64, String)]) -> String {
    const ROW: usize = 22;
    const NAMES: usize = 110;
    const LENGTH: usize = 420;
    let height = rows.len() * ROW + 4;
    let mut out = format!(
        "<svg viewBox=\"0 0 680 {height}\" width=\"680\" height=\"{height}\" \
         role=\"img\" aria-label=\"{}\">\n",
        html(title)
    );
    for (i, (name, share, said)) in rows.iter().enumerate() {
        let y = i * ROW + 4;
        let length = share.clamp(0.0, 1.0) * LENGTH as f64;
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect class=\"back\" x=\"{NAMES}\" y=\"{y}\" width=\"{LENGTH}\" height=\"14\"/>\
             <rect class=\"bar\" x=\"{NAMES}\" y=\"{y}\" width=\"{length:.1}\" height=\"14\"/>\
             <text x=\"{}\" y=\"{}\">{}</text>",
            NAMES - 8,
            y + 11,
            html(name),
            NAMES + LENGTH + 8,
            y + 11,
            html(said)
        );
    }
    out.push_str("</svg>\n");
    out
}

/// Columns that one row has at most; of more the last are drawn.
const COLUMNS: usize = 60;

/// One column a name, the highest as high as the plot.
pub(super) fn columns(title: &str, counts: &[(&str, u64)]) -> String {
    const HEIGHT: f64 = 120.0;
    let counts = &counts[counts.len().saturating_sub(COLUMNS)..];
    let width = counts.len() * 44 + 10;
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let mut out = format!(
        "<svg viewBox=\"0 0 {width} 160\" width=\"{width}\" height=\"160\" \
         role=\"img\" aria-label=\"{}\">\n\
         <line class=\"rule\" x1=\"0\" y1=\"140\" x2=\"{width}\" y2=\"140\"/>\n",
        html(title)
    );
    for (i, (name, count)) in counts.iter().enumerate() {
        let height = share(*count, most) * HEIGHT;
        let x = i * 44 + 8;
        let name: String = name.chars().take(8).collect();
        let _ = writeln!(
            out,
            "<rect class=\"bar\" x=\"{x}\" y=\"{:.1}\" width=\"30\" height=\"{height:.1}\"/>\
             <text x=\"{middle}\" y=\"{:.1}\" text-anchor=\"middle\">{count}</text>\
             <text x=\"{middle}\" y=\"154\" text-anchor=\"middle\">{}</text>",
            140.0 - height,
            136.0 - height,
            html(&name),
            middle = x + 15,
        );
    }
    out.push_str("</svg>\n");
    out
}

/// A change of a share, to the left or to the right of its middle. Where
/// less is better, `fewer` turns the colours.
pub(super) fn swing(change: f64, fewer: bool) -> String {
    const HALF: f64 = 60.0;
    let length = (change.abs() * HALF).min(HALF);
    let x = if change < 0.0 { HALF - length } else { HALF };
    let class = if (change < 0.0) == fewer { "good" } else { "bad" };
    format!(
        "<svg viewBox=\"0 0 120 12\" width=\"120\" height=\"12\" role=\"img\" \
         aria-label=\"{:+.1} points\"><line class=\"rule\" x1=\"60\" y1=\"0\" \
         x2=\"60\" y2=\"12\"/><rect class=\"{class}\" x=\"{x:.1}\" y=\"2\" \
         width=\"{length:.1}\" height=\"8\"/></svg>",
        change * 100.0
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share() {
        let plot = bars("t", &[("issuer", 0.5, "50 %".into())]);
        assert!(plot.contains("width=\"210.0\""), "{plot}");
        let none = columns("t", &[]);
        assert!(none.starts_with("<svg") && none.ends_with("</svg>\n"));
    }

    #[test]
    fn fewer_errors_are_good() {
        assert!(swing(-0.2, true).contains("\"good\""));
        assert!(swing(-0.2, false).contains("\"bad\""));
        assert!(swing(0.2, false).contains("\"good\""));
    }
}
