//! Sources that want to cost time or memory.
