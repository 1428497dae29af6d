//! The map as a picture of its own, to be kept or printed. It brings its colours along, and needs nothing else.

use std::fmt::Write as _;

use super::Map;
use super::draw::{MapNode, Sight};
use super::layout::{HEIGHT, WIDTH};
use super::shape::NONE;

const MARGIN: i32 = 24;

impl Map {
    /// The whole map, but for what the author has closed, as an SVG file.
    #[must_use]
    pub fn svg(&mut self, title: &str) -> String {
        let levels = self.levels;
        if !self.is_chosen {
            self.levels = NONE;
            self.arrange();
        }
        let svg = self.drawn(title);
        if !self.is_chosen {
            self.levels = levels;
            self.arrange();
        }
        svg
    }

    fn drawn(&self, title: &str) -> String {
        let view = self.view(Sight::ALL);
        let (width, height) = (view.width + 2 * MARGIN, view.height + 2 * MARGIN);
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left} {left} {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n<title>{title}</title>\n{STYLE}<path class=\"way\" d=\"{ways}\"/>\n<path class=\"way gone\" d=\"{gone}\"/>\n<path class=\"way across\" d=\"{across}\"/>\n",
            left = -MARGIN,
            title = escaped(title),
            ways = view.ways,
            gone = view.gone,
            across = self.across(Sight::ALL),
        );
        for node in &self.layout.shown {
            draw(&mut svg, &self.node(*node), view.has_tests);
        }
        svg.push_str("</svg>\n");
        svg
    }
}

/// Written so that it is read the same on paper: what is marked differs in shape, not in colour alone.
const STYLE: &str = "<style>
text { font: 12px system-ui, sans-serif; fill: #1c1b19; }
.title { font-weight: 600; }
rect { fill: #fbfaf7; stroke: #8a867c; rx: 6px; }
.end rect { rx: 20px; }
.untested rect { stroke-dasharray: 5 4; }
.visited rect { stroke: #1d4f91; stroke-width: 2.5; }
.here rect { fill: #dbe6f5; }
.way { fill: none; stroke: #8a867c; }
.gone { stroke: #1d4f91; stroke-width: 2.5; }
.across { stroke-dasharray: 4 3; }
</style>
";

fn draw(svg: &mut String, node: &MapNode, has_tests: bool) {
    let mut class = node.kind.to_owned();
    for (is, name) in
        [(node.visited, " visited"), (node.here, " here"), (has_tests && !node.tested, " untested")]
    {
        class.push_str(if is { name } else { "" });
    }
    let (x, y) = (node.x, node.y);
    let sign = if node.here { "● " } else { "" };
    let _ = writeln!(
        svg,
        "<g class=\"{class}\"><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/><text class=\"title\" x=\"{tx}\" y=\"{ty}\">{sign}{title}</text><text x=\"{tx}\" y=\"{wy}\">{words}</text></g>",
        tx = x + 9,
        ty = y + 17,
        wy = y + 33,
        title = escaped(&node.title),
        words = escaped(&node.words),
    );
}

/// Text for XML: what it has no signs for is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}') => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}
