use std::io::BufRead;
fn main() {
    let source = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let loaded = treebot::load(&source);
    for d in &loaded.diagnostics { println!("{} {} {}..{} {}", d.severity.as_str(), d.code, d.span.start, d.span.end, d.message); }
    let Some(tree) = loaded.tree else { return };
    let mut h = treebot::History::new();
    let mut n = 0;
    let mut go = |kind: treebot::InputKind| {
        n += 1;
        let t = treebot::turn(&tree, &h, &treebot::Input { at: treebot::Millis(n), id: format!("{n}"), kind }, &Default::default());
        if let Some(note) = &t.reply.note { println!("  ({})", note.text); }
        for m in &t.reply.messages { println!("  {}", m.text()); }
        println!("  [{}] {:?} {:?} at {:?} {}", t.reply.choices.iter().map(|c| c.label.as_str()).collect::<Vec<_>>().join("] ["), t.reply.kind, t.event.matched.as_ref().map(|m| (m.tier, &m.answer, &m.rivals)), t.place.question(), treebot::PlaceCode::encode(&tree, t.event.place.as_ref().unwrap()));
        h.insert(t.event);
    };
    go(treebot::InputKind::Start { at_node: None });
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        println!("> {line}");
        match line.strip_prefix("!") { Some(code) => go(treebot::InputKind::Tap { code: code.to_owned(), title: None }), None => go(treebot::InputKind::Text(line)) }
    }
}
