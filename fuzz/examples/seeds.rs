//! Makes the corpus of compiled trees anew, of the sources in that of `load`: after a change of their form.

use std::path::Path;
use std::{fs, io};

/// Longer ones are too much for a fuzzer.
const MAX_BYTES: usize = 4500;

fn main() -> io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = corpus.join("compiled");
    fs::create_dir_all(&folder)?;
    for file in fs::read_dir(corpus.join("load"))? {
        let path = file?.path();
        let Ok(source) = fs::read_to_string(&path) else { continue };
        let Some(tree) = treebot::load(&source).tree else { continue };
        let bytes = tree.compile();
        if let (true, Some(name)) = (bytes.len() <= MAX_BYTES, path.file_name()) {
            fs::write(folder.join(name), bytes)?;
        }
    }
    Ok(())
}
