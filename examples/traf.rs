//! Scratch.
#![allow(clippy::print_stdout)]
fn main() {
    for p in std::env::args().skip(1) {
        let html =
            String::from_utf8_lossy(&std::fs::read(&p).unwrap()).into_owned();
        let o = trafilatura::Options::default()
            .with_fallback(true)
            .with_focus(trafilatura::ExtractionFocus::FavorPrecision);
        let t = std::time::Instant::now();
        match trafilatura::extract(&html, &o) {
            Ok(r) => println!(
                "##### {p} {:?}\nTITLE {}\nDATE {:?}\n{}",
                t.elapsed(),
                r.metadata.title,
                r.metadata.date,
                r.content_text
            ),
            Err(e) => println!("##### {p} ERR {e}"),
        }
    }
}
