//! Any bytes through `extract`.
#![no_main]

vanban_fuzz::target!(extract);
