// Yarn Spinner for Rust, native; see native/src/contestants/yarn.rs.

import * as native from '../lib/native.mjs';

export const title = 'Yarn Spinner';
export const about = 'Yarn in Rust, native; compiled from source when it is loaded';
export const from = 'crate:yarnspinner';
export const sourceOf = 'yarn-bound';

export const prepare = () => native.prepare();
export const command = native.command('yarnspinner');
