//! The program; everything happens in [`vanban::cli`].

fn main() {}
