//! What holds for any source.
