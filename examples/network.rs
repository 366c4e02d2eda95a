//! Who speaks to whom in a story: as a picture, a table or a graph for other programs; or who speaks where in it.
//!
//! ```sh
//! cargo run --example network > network.svg                      # a scene that is built in
//! cargo run --example network -- --format graphml novel.txt > novel.graphml
//! cargo run --example network -- --timeline novel.txt > timeline.svg
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::f64::consts::TAU;
use std::io::{self, Write};
use std::process::ExitCode;

use whosaid::{Document, Entity, Quote, QuoteKind};

mod shared;
use shared::{csv, escape, hue, label, name};

const HELP: &str = "\
Who speaks to whom in a story: as a picture, a table or a graph for other programs; or who speaks where in it.

Usage: network [OPTIONS] [FILE]

  FILE               a text in UTF-8, `-` for standard input; without it a scene that is built in

Options:
  --format FORMAT    svg, csv or graphml; svg without it
  --told             count only what the text says is said to somebody; else whoever speaks in a conversation
                     is taken to answer the one who spoke before: right for most stories, wrong for news
  --timeline         show as SVG who speaks where in the text
  --help             print this

A picture shows the twenty who say most and the fifty strongest arrows, a table or graph all.
";

/// Paragraphs of narration after which a conversation is over.
const PAUSE: usize = 3;
/// How many people and arrows a picture shows.
const SHOWN: usize = 20;
const ARROWS: usize = 50;
/// Steps in which a picture is laid out.
const ROUNDS: u32 = 300;
/// Characters of a name in a picture.
const LABEL: usize = 24;

fn main() -> ExitCode {
    shared::run(HELP, |mut args, out| {
        let (told, timeline) = (args.contains("--told"), args.contains("--timeline"));
        let format: Option<String> = args.opt_value_from_str("--format")?;
        let text = shared::text(args, shared::SCENE)?;
        let document = Document::new(&text)?;
        match format.as_deref() {
            None if timeline => write_timeline(out, &document)?,
            Some(_) if timeline => return Err("a timeline has one format, SVG".into()),
            None | Some("svg") => write_svg(out, &document, &ties(&document, told))?,
            Some("csv") => write_csv(out, &document, &ties(&document, told))?,
            Some("graphml") => write_graphml(out, &document, &ties(&document, told))?,
            Some(other) => return Err(format!("unknown format {other:?}; --help tells how to call").into()),
        }
        Ok(())
    })
}

/// How often one speaks to another.
#[derive(Clone, Copy, Default)]
struct Tie {
    /// As the text tells.
    told: usize,
    /// As turns of a conversation alternate.
    turns: usize,
}

impl Tie {
    fn count(self) -> usize {
        self.told + self.turns
    }
}

/// From the index of a speaker and of somebody spoken to.
type Ties = BTreeMap<(usize, usize), Tie>;

fn ties(document: &Document<'_>, told: bool) -> Ties {
    let mut ties = Ties::new();
    // Who has the word, who had it before them in this conversation, and what was said before anybody answered.
    let (mut speaking, mut before, mut unanswered) = (None, None, 0);
    let mut end = 0;
    for quote in document.quotes().filter(|quote| quote.kind() != QuoteKind::None && quote.nested_in().is_none()) {
        let Some(speaker) = quote.speaker() else {
            continue;
        };
        let addressee = quote.addressee().filter(|&addressee| addressee != speaker);
        if let Some(addressee) = addressee {
            ties.entry((speaker.index(), addressee.index())).or_default().told += 1;
        }
        if told || quote.kind() != QuoteKind::Direct {
            continue;
        }
        let paragraph = quote.sentence().map_or(end, |sentence| sentence.paragraph().index());
        if paragraph > end + PAUSE + 1 {
            (speaking, before, unanswered) = (None, None, 0);
        }
        end = paragraph;
        if speaking != Some(speaker) {
            if let (Some(first), true) = (speaking, unanswered > 0) {
                ties.entry((first.index(), speaker.index())).or_default().turns += unanswered;
                unanswered = 0;
            }
            (speaking, before) = (Some(speaker), speaking);
        }
        match (addressee, before) {
            (Some(_), _) => {}
            (None, Some(before)) => ties.entry((speaker.index(), before.index())).or_default().turns += 1,
            (None, None) => unanswered += 1,
        }
    }
    ties
}

/// Everybody who speaks or is spoken to, those who say most first.
fn people<'d>(document: &'d Document<'d>, ties: &Ties) -> Vec<Entity<'d>> {
    let addressees: BTreeSet<usize> = ties.keys().map(|&(_, addressee)| addressee).collect();
    let listeners = addressees.into_iter().filter_map(|index| document.entity(index));
    document.speakers().chain(listeners.filter(|entity| entity.quotes().len() == 0)).collect()
}

fn write_csv(out: &mut dyn Write, document: &Document<'_>, ties: &Ties) -> io::Result<()> {
    let called = |index| document.entity(index).map_or(String::new(), |entity| csv(&name(entity)));
    writeln!(out, "speaker,addressee,count,told,turns")?;
    let mut rows: Vec<_> = ties.iter().collect();
    rows.sort_by_key(|(_, tie)| Reverse(tie.count()));
    for (&(speaker, addressee), tie) in rows {
        writeln!(out, "{},{},{},{},{}", called(speaker), called(addressee), tie.count(), tie.told, tie.turns)?;
    }
    Ok(())
}

fn write_graphml(out: &mut dyn Write, document: &Document<'_>, ties: &Ties) -> io::Result<()> {
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n\
         <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n\
         <key id=\"gender\" for=\"node\" attr.name=\"gender\" attr.type=\"string\"/>\n\
         <key id=\"quotations\" for=\"node\" attr.name=\"quotations\" attr.type=\"int\"/>\n\
         <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>\n\
         <key id=\"told\" for=\"edge\" attr.name=\"told\" attr.type=\"int\"/>\n\
         <graph edgedefault=\"directed\">\n"
    )?;
    for entity in people(document, ties) {
        let (index, name, quotations) = (entity.index(), escape(&name(entity)), entity.quotes().len());
        writeln!(
            out,
            "<node id=\"n{index}\"><data key=\"name\">{name}</data><data key=\"gender\">{}</data>\
             <data key=\"quotations\">{quotations}</data></node>",
            entity.gender()
        )?;
    }
    for (&(speaker, addressee), tie) in ties {
        writeln!(
            out,
            "<edge source=\"n{speaker}\" target=\"n{addressee}\"><data key=\"weight\">{}</data>\
             <data key=\"told\">{}</data></edge>",
            tie.count(),
            tie.told
        )?;
    }
    write!(out, "</graph>\n</graphml>\n")
}

/// Somebody in the picture: a disc with the name below.
struct Node<'d> {
    entity: Entity<'d>,
    label: String,
    colour: String,
    radius: f64,
    x: f64,
    y: f64,
}

impl Node<'_> {
    /// Half the width and half the height of what it needs, with room for the ends of arrows.
    fn extent(&self) -> (f64, f64) {
        (self.radius.max(self.half_label()) + 24.0, self.radius + 40.0)
    }

    /// Half the width of the name and the count below the disc.
    fn half_label(&self) -> f64 {
        4.2 * (self.label.chars().count() + 4) as f64
    }

    /// The disc and the name below it.
    fn areas(&self) -> [Area; 2] {
        let disc = Area { centre: (self.x, self.y), half: (self.radius, self.radius) };
        [disc, Area { centre: (self.x, self.y + self.radius + 12.0), half: (self.half_label(), 9.0) }]
    }
}

/// Those who say most, each near those they speak with: first as if by springs, then pushed apart until all can be read.
fn nodes<'d>(document: &'d Document<'d>, ties: &Ties) -> Vec<Node<'d>> {
    let people: Vec<_> = people(document, ties).into_iter().take(SHOWN).collect();
    let most = people.iter().map(|entity| entity.quotes().len()).max().unwrap_or(0).max(1) as f64;
    let strongest = ties.values().map(|tie| tie.count()).max().unwrap_or(0).max(1) as f64;
    let space = 170.0;
    // From a ring, so that the same text makes the same picture.
    let start = |(rank, entity): (usize, Entity<'d>)| {
        let (x, y) = (TAU * rank as f64 / people.len() as f64).sin_cos();
        Node {
            entity,
            label: label(&name(entity), LABEL),
            colour: format!("hsl({},55%,52%)", hue(rank)),
            radius: 8.0 + 20.0 * (entity.quotes().len() as f64 / most).sqrt(),
            x: space * x,
            y: -space * y,
        }
    };
    let mut nodes: Vec<_> = people.iter().copied().enumerate().map(start).collect();
    for round in 0..ROUNDS {
        let step = 30.0 * (1.0 - f64::from(round) / f64::from(ROUNDS));
        let pull = |a: &Node<'_>, b: &Node<'_>| {
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let distance = dx.hypot(dy).max(1.0);
            let (from, to) = (a.entity.index(), b.entity.index());
            let talk =
                [(from, to), (to, from)].iter().filter_map(|pair| ties.get(pair)).map(|tie| tie.count()).sum::<usize>();
            // Beside the spring a weak one that keeps those together who never speak with each other.
            let spring = (talk as f64 / strongest).sqrt() + 0.05;
            let force = spring * distance / space - (space / distance).powi(2);
            (force * dx / distance, force * dy / distance)
        };
        let forces: Vec<_> = nodes
            .iter()
            .map(|a| nodes.iter().map(|b| pull(a, b)).fold((0.0, 0.0), |sum, force| (sum.0 + force.0, sum.1 + force.1)))
            .collect();
        for (node, (x, y)) in nodes.iter_mut().zip(forces) {
            let length = x.hypot(y).max(1.0);
            node.x += step * x / length;
            node.y += step * y / length;
        }
    }
    for _ in 0..ROUNDS {
        for a in 1..nodes.len() {
            for b in 0..a {
                let (first, second) = (nodes[a].extent(), nodes[b].extent());
                let (dx, dy) = (nodes[a].x - nodes[b].x, nodes[a].y - nodes[b].y);
                let (over_x, over_y) = (first.0 + second.0 - dx.abs(), first.1 + second.1 - dy.abs());
                if over_x > 0.0 && over_y > 0.0 {
                    let (x, y) = if over_x < over_y { (over_x.copysign(dx), 0.0) } else { (0.0, over_y.copysign(dy)) };
                    nodes[a].x += x / 2.0;
                    nodes[a].y += y / 2.0;
                    nodes[b].x -= x / 2.0;
                    nodes[b].y -= y / 2.0;
                }
            }
        }
    }
    nodes
}

fn write_svg(out: &mut dyn Write, document: &Document<'_>, ties: &Ties) -> io::Result<()> {
    const MARGIN: f64 = 30.0;
    let nodes = nodes(document, ties);
    let reach = |place: fn(&Node<'_>) -> (f64, f64)| {
        let sides = nodes.iter().map(place).map(|(centre, half)| (centre - half - MARGIN, centre + half + MARGIN));
        sides.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1))).unwrap_or((0.0, MARGIN))
    };
    let (left, right) = reach(|node| (node.x, node.extent().0));
    let (top, bottom) = reach(|node| (node.y, node.extent().1));
    shared::start_svg(out, "Who speaks to whom", (left, top), (right - left, bottom - top + MARGIN))?;

    let place: BTreeMap<usize, &Node<'_>> = nodes.iter().map(|node| (node.entity.index(), node)).collect();
    let shown = |((from, to), tie): (&(usize, usize), &Tie)| Some((*place.get(from)?, *place.get(to)?, *tie));
    let mut arrows: Vec<_> = ties.iter().filter_map(shown).collect();
    arrows.sort_by_key(|(_, _, tie)| Reverse(tie.count()));
    arrows.truncate(ARROWS);
    let strongest = arrows.first().map_or(1, |(_, _, tie)| tie.count()) as f64;
    let arrow = |(from, to, tie): (_, _, Tie)| Arrow::new(from, to, tie, 1.0 + 7.0 * tie.count() as f64 / strongest);
    let arrows: Vec<Arrow<'_>> = arrows.into_iter().map(arrow).collect();
    // The strongest lie above the others, and are the first to find room for their counts.
    for arrow in arrows.iter().rev() {
        arrow.write(out)?;
    }
    let mut taken: Vec<Area> = nodes.iter().flat_map(Node::areas).collect();
    for arrow in &arrows {
        arrow.write_count(out, &mut taken)?;
    }
    for Node { entity, label, colour, radius, x, y } in &nodes {
        let said = entity.quotes().len();
        writeln!(
            out,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\" fill=\"{colour}\">\
             <title>{}: {said} quotations</title></circle>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{} <tspan class=\"faint\">{said}</tspan></text>",
            escape(&name(*entity)),
            y + radius + 17.0,
            escape(label),
        )?;
    }
    writeln!(out, "</svg>")
}

/// A place in the picture.
type Point = (f64, f64);

/// A stretch of the picture in which something can be read.
#[derive(Clone, Copy)]
struct Area {
    centre: Point,
    /// Half the width and half the height.
    half: Point,
}

impl Area {
    fn overlaps(self, other: Area) -> bool {
        (self.centre.0 - other.centre.0).abs() < self.half.0 + other.half.0
            && (self.centre.1 - other.centre.1).abs() < self.half.1 + other.half.1
    }
}

/// A curve that bends to its left, so that the two directions between two people stand side by side.
struct Arrow<'n> {
    from: &'n Node<'n>,
    to: &'n Node<'n>,
    tie: Tie,
    width: f64,
    start: Point,
    bend: Point,
    /// Where the curve meets the head of the arrow, and where that ends.
    neck: Point,
    tip: Point,
}

impl<'n> Arrow<'n> {
    fn new(from: &'n Node<'n>, to: &'n Node<'n>, tie: Tie, width: f64) -> Arrow<'n> {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let bend = (0.5 * (from.x + to.x) + 0.16 * dy, 0.5 * (from.y + to.y) - 0.16 * dx);
        let toward = |node: &Node<'_>, distance: f64| {
            let (dx, dy) = (bend.0 - node.x, bend.1 - node.y);
            let length = dx.hypot(dy).max(1.0);
            (node.x + distance * dx / length, node.y + distance * dy / length)
        };
        let (start, tip) = (toward(from, from.radius), toward(to, to.radius + 2.0));
        let neck = toward(to, to.radius + 2.0 + 5.0 + 1.3 * width);
        Arrow { from, to, tie, width, start, bend, neck, tip }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let Arrow { from, to, tie, width, start, bend, neck, tip } = *self;
        let side = (0.6 * (neck.1 - tip.1), 0.6 * (tip.0 - neck.0));
        let (left, right) = ((neck.0 + side.0, neck.1 + side.1), (neck.0 - side.0, neck.1 - side.1));
        let point = |(x, y): Point| format!("{x:.1} {y:.1}");
        let colour = &from.colour;
        writeln!(
            out,
            "<g><title>{} to {}: {}, of these {} as the text tells</title>\
             <path d=\"M{}Q{} {}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width:.1}\" stroke-opacity=\".7\"/>\
             <path d=\"M{}L{}L{}z\" fill=\"{colour}\"/></g>",
            escape(&name(from.entity)),
            escape(&name(to.entity)),
            tie.count(),
            tie.told,
            point(start),
            point(bend),
            point(neck),
            point(tip),
            point(left),
            point(right),
        )
    }

    /// Writes the count near the middle of the arrow, unless it would cover what can be read already.
    fn write_count(&self, out: &mut dyn Write, taken: &mut Vec<Area>) -> io::Result<()> {
        let count = self.tie.count().to_string();
        let places = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74].map(|along: f64| {
            let back = 1.0 - along;
            let at = |start, bend, neck| back * back * start + 2.0 * back * along * bend + along * along * neck;
            let centre = (at(self.start.0, self.bend.0, self.neck.0), at(self.start.1, self.bend.1, self.neck.1));
            Area { centre, half: (3.5 * count.len() as f64 + 2.0, 7.0) }
        });
        let Some(place) = places.into_iter().find(|&place| !taken.iter().any(|&area| area.overlaps(place))) else {
            return Ok(());
        };
        taken.push(place);
        let (x, y) = (place.centre.0, place.centre.1 + 4.0);
        writeln!(out, "<text class=\"count\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{count}</text>")
    }
}

/// A row for each speaker, a bar for each quotation.
fn write_timeline(out: &mut dyn Write, document: &Document<'_>) -> io::Result<()> {
    const ROW: f64 = 26.0;
    const LEFT: f64 = 240.0;
    const LINE: f64 = 760.0;
    let rows = document.speakers().len().min(SHOWN) as f64;
    let x = |offset: u32| LEFT + LINE * f64::from(offset) / document.text().len().max(1) as f64;
    shared::start_svg(out, "Who speaks where", (0.0, 0.0), (LEFT + LINE + 30.0, ROW * rows + 60.0))?;
    for percent in [0, 25, 50, 75, 100] {
        let x = LEFT + LINE * f64::from(percent) / 100.0;
        writeln!(out, "<path class=\"line\" d=\"M{x} 14V{}\"/>", 20.0 + ROW * rows)?;
        writeln!(
            out,
            "<text class=\"faint count\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{percent} %</text>",
            36.0 + ROW * rows
        )?;
    }
    for (rank, speaker) in document.speakers().take(SHOWN).enumerate() {
        let y = 20.0 + ROW * rank as f64;
        let (name, said, colour) = (name(speaker), speaker.quotes().len(), hue(rank));
        writeln!(
            out,
            "<g fill=\"hsl({colour},55%,52%)\"><title>{}: {said} quotations</title>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} <tspan class=\"faint\">{said}</tspan></text>",
            escape(&name),
            LEFT - 12.0,
            y + 15.0,
            escape(&label(&name, LABEL)),
        )?;
        for part in speaker.quotes().flat_map(Quote::parts) {
            let (start, end) = (x(part.start()), x(part.end()));
            writeln!(out, "<rect x=\"{start:.1}\" y=\"{y}\" width=\"{:.1}\" height=\"20\"/>", (end - start).max(1.0))?;
        }
        writeln!(out, "</g>")?;
    }
    writeln!(out, "</svg>")
}
