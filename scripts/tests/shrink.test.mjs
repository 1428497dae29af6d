// What is left out of what is downloaded.

import assert from 'node:assert/strict';
import {test} from 'node:test';
import {onlyStops} from '../lib/shrink.mjs';

test('functions that only say why the program stops are left out', () => {
  for (const name of [
    'core[fd7cd05f7ffa3501]::panicking::panic_fmt',
    'core::panicking::panic_bounds_check',
    'core[fd7cd05f7ffa3501]::str::slice_error_fail',
    'core[fd7cd05f7ffa3501]::option::unwrap_failed',
    'alloc[d18d7a67a6873e9c]::raw_vec::handle_error',
    'std[aa533e38156b8653]::panicking::panic_handler::{closure#0}',
    '<std[aa533e38156b8653]::panicking::panic_handler::FormatStringPayload as core[fd7cd05f7ffa3501]::panic::PanicPayload>::get',
    '__rustc[b1da763420d39311]::rust_panic',
  ]) {
    assert.ok(onlyStops(name), name);
  }
});

test('functions after which the program goes on stay', () => {
  for (const name of [
    'std[aa533e38156b8653]::panicking::set_hook',
    'std[aa533e38156b8653]::panicking::take_hook',
    'std[aa533e38156b8653]::panicking::panic_count::is_zero_slow_path',
    'std::panicking::catch_unwind',
    'treebot::matching::phrase::phrase',
    'treebot_web::session::Session::send',
    'core::result::Result<T,E>::unwrap_or_default',
  ]) {
    assert.ok(!onlyStops(name), name);
  }
});
