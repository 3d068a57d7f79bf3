//! What a terminal shows: its width, its colours, and texts that it must not
//! obey.

use super::args::{Colour, Display};
use std::borrow::Cow;
use std::io::IsTerminal;

/// Columns where nothing else is known.
const USUAL_WIDTH: usize = 80;
/// Fewer columns than this hold nothing readable.
const LEAST_WIDTH: usize = 40;

/// The surface that a document is shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Screen {
    /// Columns.
    pub(super) width: usize,
    /// Whether colour may be used.
    pub(super) colour: bool,
}

impl Screen {
    /// Standard output, as asked for.
    pub(super) fn of_stdout(display: Display) -> Self {
        let stdout = std::io::stdout();
        let colour = match display.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                anstream::AutoStream::choice(&stdout)
                    != anstream::ColorChoice::Never
            }
        };
        let width = match display.width {
            Some(width) => width.get(),
            None if stdout.is_terminal() => terminal_size::terminal_size()
                .map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0)),
            None => USUAL_WIDTH,
        };
        Self { width: width.max(LEAST_WIDTH), colour }
    }

    /// `text` in `style`, if colour may be used.
    pub(super) fn paint(self, style: anstyle::Style, text: &str) -> String {
        if self.colour && !text.is_empty() {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// What to show instead of a character that a terminal would obey; `None` if
/// the character is harmless.
pub(super) fn shown(c: char) -> Option<String> {
    match c {
        // The system has pictures of the ASCII controls: ␀ … ␟ and ␡.
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).map(String::from),
        '\x7f' => Some("␡".to_owned()),
        // Invisible joiners and hyphens are left out.
        '\u{ad}'
        | '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => Some(String::new()),
        // C1 controls, direction marks, line separators, tags.
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => Some(format!("<{:X}>", c as u32)),
        _ => None,
    }
}

/// A text on one line that a terminal can show without obeying it.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| shown(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match (c, shown(c)) {
            ('\n' | '\t' | '\r', _) => out.push(' '),
            (_, Some(instead)) => out.push_str(&instead),
            (c, None) => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown_instead() {
        assert_eq!(harmless("\x1b[2JKế hoạch"), "␛[2JKế hoạch");
        assert_eq!(harmless("a\x07\u{9b}31m"), "a␇<9B>31m");
        assert_eq!(harmless("240\u{202e}HK/"), "240<202E>HK/");
        assert_eq!(harmless("một\nhai\tba"), "một hai ba");
        assert_eq!(harmless("vùng\u{200b} xanh"), "vùng xanh");
        assert!(matches!(harmless("Kế hoạch số 240"), Cow::Borrowed(_)));
    }
}
