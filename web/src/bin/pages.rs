//! What the site shows of its trees without the engine: `pages FOLDER TREE.yaml …` writes, for each tree,
//! `FOLDER/<name>.html`, all of it to read, and for all together `FOLDER/index.json`: what the pages draw before the
//! engine is there. It runs when the site is built.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use treebot_web::pages::{Opening, opening, page};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("which folder?")?;
    fs::create_dir_all(&folder)?;
    let openings: Vec<Opening> =
        arguments.map(|file| write(&folder, &file)).collect::<Result<_, _>>()?;
    fs::write(folder.join("index.json"), serde_json::to_string(&openings)?)?;
    Ok(())
}

/// Writes a tree as a page, and gives its opening.
fn write(folder: &Path, file: &Path) -> Result<Opening, Box<dyn Error>> {
    let source = fs::read_to_string(file)?;
    let id = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let tree = treebot::load(&source).tree.ok_or("the tree does not load: see `treebot check`")?;
    let tree = tree.called(&id);
    fs::write(folder.join(&id).with_extension("html"), page(&tree))?;
    Ok(opening(&tree, id))
}
