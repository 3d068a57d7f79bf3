//! Any bytes through `normalize`.
#![no_main]

vanban_fuzz::target!(normalize);
