//! Any bytes through `decode`.
#![no_main]

vanban_fuzz::target!(decode);
