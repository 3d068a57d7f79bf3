//! The sources of the rules, for the tests that hold tables and rules
//! together.

/// The rules of `src/extract`, one text.
pub(super) fn sources_of_rules() -> String {
    fn read(folder: &std::path::Path, out: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(&path, out);
            } else {
                out.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/extract");
    let mut out = String::new();
    read(std::path::Path::new(root), &mut out);
    out
}
