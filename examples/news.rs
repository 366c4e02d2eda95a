//! Who is quoted how often in many articles, women and men: as a table, as CSV or as a chart.
//!
//! ```sh
//! cargo run --release --example news                                   # four articles that are built in
//! cargo run --release --example news -- articles/                      # all .txt files of a folder
//! cargo run --release --example news -- --format svg articles.jsonl > sources.svg
//! ```

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use serde::Deserialize;
use whosaid::{Attributor, Document, Gender, MentionKind};

mod shared;
use shared::{Failure, KINDS, csv, escape, label, one_line};

const HELP: &str = "\
Who is quoted how often in many articles, women and men: as a table, as CSV or as a chart.

Usage: news [OPTIONS] [INPUT]

  INPUT              a .txt file or a folder of them, or lines of {\"id\": …, \"text\": …}, `-` for standard
                     input; without it four articles that are built in

Options:
  --format FORMAT    table, csv or svg; table without it
  --help             print this

People of one name are one person, in whatever article. So are \"President Ruiz\" and \"Ana Ruiz\" if some article calls
her both and hardly any calls another so, or if no other Ruiz who may be meant is quoted anywhere. An article that
cannot be read is reported and passed over, and the exit status is then 1.
";

const ARTICLES: [&str; 4] =
    [shared::ARTICLE, include_str!("data/ferry.txt"), include_str!("data/budget.txt"), include_str!("data/floods.txt")];

/// How many sources a table or a chart shows; CSV has all.
const SHOWN: usize = 25;
/// Characters of a name in a table or a chart.
const LABEL: usize = 32;
/// Words that stand before a surname and are no given names.
const TITLES: &str = "attorney capt captain chancellor chief col colonel commissioner dame deputy dr gen general gov governor \
    judge justice lady lord lt mayor minister miss mr mrs ms president prime prof professor rep representative secretary sen \
    senator sgt sir vice";
/// Words that stand after it.
const SUFFIXES: [&str; 5] = ["ii", "iii", "iv", "jr", "sr"];
const GENDERS: [Gender; 3] = [Gender::Female, Gender::Male, Gender::Unknown];

fn main() -> ExitCode {
    shared::run(HELP, |mut args, out| {
        let format: Option<String> = args.opt_value_from_str("--format")?;
        let write = match format.as_deref() {
            None | Some("table") => write_table,
            Some("csv") => write_csv,
            Some("svg") => write_svg,
            Some(other) => return Err(format!("unknown format {other:?}; --help tells how to call").into()),
        };
        let input = shared::file(args)?;
        let (attributor, progress, mut tally) =
            (Attributor::new(), shared::progress(input.as_deref()), Tally::default());
        let mut status = ExitCode::SUCCESS;
        for (title, text) in articles(input)? {
            let length = text.as_ref().map_or(0, String::len);
            let counted = text.and_then(|text| {
                tally.add(&attributor.attribute(&text)?);
                Ok(())
            });
            if let Err(failure) = counted {
                progress.suspend(|| shared::complain(&format!("{title}{failure}")));
                status = ExitCode::FAILURE;
            }
            progress.inc(length as u64);
        }
        progress.finish_and_clear();
        tally.join();
        write(out, &tally)?;
        Ok(status)
    })
}

/// The articles, each with what to call it in a complaint.
type Articles = Box<dyn Iterator<Item = (String, Result<String, Failure>)>>;

fn articles(input: Option<OsString>) -> Result<Articles, Failure> {
    let Some(input) = input else {
        return Ok(Box::new(ARTICLES.iter().map(|&text| (String::new(), Ok(text.to_owned())))));
    };
    if let Some(files) = shared::texts(&input)? {
        return Ok(Box::new(files.into_iter().map(|file| (String::new(), shared::read(file.as_os_str())))));
    }
    Ok(Box::new(shared::lines(input)?.map(|line| match line {
        Ok((number, line)) => (format!("line {number}: "), article(&line)),
        Err(failure) => (String::new(), Err(failure)),
    })))
}

/// The text of a line of JSON.
fn article(line: &[u8]) -> Result<String, Failure> {
    #[derive(Deserialize)]
    struct Article {
        text: String,
    }
    let article: Result<Article, _> = serde_json::from_slice(line);
    article.map(|article| article.text).map_err(|error| shared::wrong_line(&error).into())
}

/// What was counted.
#[derive(Default)]
struct Tally {
    articles: usize,
    sources: BTreeMap<String, Source>,
    /// Who has a further name, of more than one word, and in how many articles.
    also: BTreeMap<String, BTreeMap<String, usize>>,
    /// Quotations of somebody without a name, by gender: nobody knows whether two spokeswomen are one.
    unnamed: [Counts; GENDERS.len()],
    /// Quotations of nobody knows whom.
    unknown: Counts,
}

/// Somebody with a name.
#[derive(Default)]
struct Source {
    name: String,
    articles: usize,
    /// In how many articles the words show each gender.
    genders: [usize; GENDERS.len()],
    counts: Counts,
}

impl Source {
    /// The gender that most articles show, if any does.
    fn gender(&self) -> Gender {
        let [female, male, _] = self.genders;
        match female.cmp(&male) {
            std::cmp::Ordering::Greater => Gender::Female,
            std::cmp::Ordering::Less => Gender::Male,
            std::cmp::Ordering::Equal => Gender::Unknown,
        }
    }

    /// Whether nothing in their genders speaks against the two being one.
    fn may_be(&self, other: &Source) -> bool {
        let genders = [self.gender(), other.gender()];
        !(genders.contains(&Gender::Female) && genders.contains(&Gender::Male))
    }
}

/// Quotations by [`KINDS`]; what is thought or denied is none.
#[derive(Clone, Copy, Default)]
struct Counts([usize; KINDS.len()]);

impl Counts {
    fn add(&mut self, other: Counts) {
        self.0.iter_mut().zip(other.0).for_each(|(count, more)| *count += more);
    }

    fn total(self) -> usize {
        self.0.iter().sum()
    }
}

impl<'d> FromIterator<whosaid::Quote<'d>> for Counts {
    fn from_iter<Q: IntoIterator<Item = whosaid::Quote<'d>>>(quotes: Q) -> Counts {
        let mut counts = Counts::default();
        for quote in quotes.into_iter().filter(|quote| quote.is_said()) {
            if let Some(kind) = KINDS.iter().position(|&kind| kind == quote.kind()) {
                counts.0[kind] += 1;
            }
        }
        counts
    }
}

impl Tally {
    fn add(&mut self, document: &Document<'_>) {
        self.articles += 1;
        self.unknown.add(document.quotes().filter(|quote| quote.speaker().is_none()).collect());
        for speaker in document.speakers() {
            let counts: Counts = speaker.quotes().collect();
            let gender = GENDERS.iter().position(|&gender| gender == speaker.gender()).unwrap_or(GENDERS.len() - 1);
            if counts.total() == 0 {
                // Only words in quotation marks that are not said.
            } else if speaker.mentions().any(|mention| mention.kind() == MentionKind::Name) {
                let name = one_line(speaker.name());
                let source =
                    self.sources.entry(name.to_lowercase()).or_insert_with(|| Source { name, ..Source::default() });
                source.articles += 1;
                source.genders[gender] += 1;
                source.counts.add(counts);
            } else {
                self.unnamed[gender].add(counts);
            }
        }
        for entity in document.entities() {
            let name = one_line(entity.name()).to_lowercase();
            let others = entity.names().into_iter().map(|other| one_line(&other).to_lowercase());
            // A surname alone may be that of many.
            for other in others.filter(|other| *other != name && other.contains(' ')) {
                *self.also.entry(other).or_default().entry(name.clone()).or_default() += 1;
            }
        }
    }

    /// Makes one of those who go by different names in different articles.
    fn join(&mut self) {
        self.join_further_names();
        self.join_titles();
    }

    /// Whoever is called by a further name of somebody else, if in nearly all articles it is that one's, is that one.
    fn join_further_names(&mut self) {
        let mut joined = BTreeMap::new();
        for (name, owners) in std::mem::take(&mut self.also) {
            let owners: Vec<_> = owners.iter().filter(|(owner, _)| self.sources.contains_key(*owner)).collect();
            let all: usize = owners.iter().map(|&(_, articles)| articles).sum();
            let Some(&(owner, _)) = owners.iter().find(|&(_, articles)| 5 * *articles >= 4 * all) else { continue };
            let (name, owner) = (resolve(&joined, &name), resolve(&joined, owner));
            let Some((one, other)) = self.sources.get(name).zip(self.sources.get(owner)) else { continue };
            if name == owner || !one.may_be(other) {
                continue;
            }
            // The fuller name stays, or that of most articles.
            let rank = |name, source: &Source| (surname(name).map(|(_, before)| before), source.articles);
            let (from, to) = if rank(name, one) <= rank(owner, other) { (name, owner) } else { (owner, name) };
            let (from, to) = (from.to_owned(), to.to_owned());
            self.merge(&from, &to);
            joined.insert(from, to);
        }
    }

    /// Whoever has a title and no given name is the one person of that surname, if there is but one who may be meant. A
    /// surname without a title may be a first name, a firm or a country.
    fn join_titles(&mut self) {
        let mut families: BTreeMap<&str, [Vec<&str>; 2]> = BTreeMap::new();
        for name in self.sources.keys() {
            if let Some((surname, before)) = surname(name) {
                families.entry(surname).or_default()[before as usize].push(name);
            }
        }
        let may_be = |one: &str, other: &str| self.sources[one].may_be(&self.sources[other]);
        let mut joined = Vec::new();
        for [titled, full] in families.values() {
            for &name in titled {
                let meant: Vec<_> = full.iter().filter(|one| may_be(name, one)).collect();
                if let [&one] = meant[..]
                    // Mr. Ruiz may be the senator as well as Ana Ruiz.
                    && titled.iter().all(|other| !may_be(name, other) || may_be(one, other))
                {
                    joined.push((name.to_owned(), one.to_owned()));
                }
            }
        }
        for (from, to) in joined {
            self.merge(&from, &to);
        }
    }

    /// Counts one source as another.
    fn merge(&mut self, from: &str, to: &str) {
        let Some((source, into)) = self.sources.remove(from).zip(self.sources.get_mut(to)) else { return };
        into.articles += source.articles;
        into.genders.iter_mut().zip(source.genders).for_each(|(count, more)| *count += more);
        into.counts.add(source.counts);
    }

    /// Those with a name, those most quoted first.
    fn ranking(&self) -> Vec<&Source> {
        let mut sources: Vec<_> = self.sources.values().collect();
        sources.sort_by_key(|source| Reverse(source.counts.total()));
        sources
    }

    /// All quotations that have a source, by gender.
    fn by_gender(&self) -> [Counts; GENDERS.len()] {
        let mut sums = self.unnamed;
        for source in self.sources.values() {
            sums[GENDERS.iter().position(|&gender| gender == source.gender()).unwrap_or(GENDERS.len() - 1)]
                .add(source.counts);
        }
        sums
    }

    fn total(&self) -> usize {
        self.by_gender().iter().map(|counts| counts.total()).sum()
    }

    /// In per cent of all quotations that have a source.
    fn share(&self, counts: Counts) -> f64 {
        100.0 * counts.total() as f64 / self.total().max(1) as f64
    }
}

/// The name under which somebody is counted.
fn resolve<'n>(joined: &'n BTreeMap<String, String>, mut name: &'n str) -> &'n str {
    while let Some(next) = joined.get(name) {
        name = next;
    }
    name
}

/// What stands before a surname.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Before {
    Title,
    GivenName,
}

/// The surname in a name in small letters, and what stands before it, if anything does.
fn surname(name: &str) -> Option<(&str, Before)> {
    let words = name.split(' ').map(|word| word.trim_end_matches(['.', ',']));
    let mut words = words.filter(|word| !SUFFIXES.contains(word)).peekable();
    let has_title =
        std::iter::from_fn(|| words.next_if(|word| TITLES.split(' ').any(|title| title == *word))).count() > 0;
    match (words.next()?, words.last()) {
        (_, Some(surname)) => Some((surname, Before::GivenName)),
        (surname, None) => has_title.then_some((surname, Before::Title)),
    }
}

fn write_table(out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
    let ranking = tally.ranking();
    let row = |out: &mut dyn Write, name: &str, gender: &str, articles: usize, counts: Counts| {
        let [direct, mixed, indirect] = counts.0;
        let articles = if articles > 0 { articles.to_string() } else { String::new() };
        writeln!(
            out,
            "{:LABEL$}  {gender:7}  {articles:>8}  {direct:>6}  {mixed:>6}  {indirect:>8}  {:>5.1} %",
            label(name, LABEL - 1),
            tally.share(counts)
        )
    };
    writeln!(
        out,
        "{:LABEL$}  Gender   Articles  Direct   Mixed  Indirect    Share",
        format!("Source ({} of {})", ranking.len().min(SHOWN), ranking.len())
    )?;
    for source in ranking.iter().take(SHOWN) {
        row(out, &source.name, source.gender().as_str(), source.articles, source.counts)?;
    }
    for (gender, &counts) in GENDERS.iter().zip(&tally.unnamed).filter(|(_, counts)| counts.total() > 0) {
        row(out, "[without a name]", gender.as_str(), 0, counts)?;
    }
    writeln!(out)?;
    let by_gender = tally.by_gender();
    for (gender, &counts) in GENDERS.iter().zip(&by_gender) {
        row(out, "All", gender.as_str(), 0, counts)?;
    }
    let [female, male, _] = by_gender.map(Counts::total);
    writeln!(
        out,
        "\n{} articles, {} quotations; {} more without a source.",
        tally.articles,
        tally.total(),
        tally.unknown.total()
    )?;
    if female + male > 0 {
        let women = 100.0 * female as f64 / (female + male) as f64;
        writeln!(out, "Where the gender is known: {women:.1} % women, {:.1} % men.", 100.0 - women)?;
    }
    Ok(())
}

fn write_csv(out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
    writeln!(out, "source,gender,articles,direct,mixed,indirect,share")?;
    let named = tally.ranking().into_iter();
    let named = named.map(|source| (csv(&source.name), source.gender(), source.articles.to_string(), source.counts));
    let unnamed = GENDERS.iter().zip(tally.unnamed).filter(|(_, counts)| counts.total() > 0);
    for (name, gender, articles, counts) in
        named.chain(unnamed.map(|(&gender, counts)| (String::new(), gender, String::new(), counts)))
    {
        let [direct, mixed, indirect] = counts.0;
        writeln!(out, "{name},{gender},{articles},{direct},{mixed},{indirect},{:.4}", tally.share(counts) / 100.0)?;
    }
    Ok(())
}

/// A bar for each gender and for each source, its parts by how they are quoted.
fn write_svg(out: &mut dyn Write, tally: &Tally) -> io::Result<()> {
    const ROW: f64 = 26.0;
    const LEFT: f64 = 250.0;
    const LINE: f64 = 520.0;
    let ranking = tally.ranking();
    let genders = GENDERS.iter().zip(tally.by_gender()).map(|(gender, counts)| (gender.to_string(), *gender, counts));
    let sources = ranking.iter().take(SHOWN).map(|source| (source.name.clone(), source.gender(), source.counts));
    let height = 130.0 + ROW * (GENDERS.len() + sources.len()) as f64;
    shared::start_svg(out, "Who is quoted how often", (0.0, 0.0), (LEFT + LINE + 180.0, height))?;
    let mut y = 20.0;
    for (title, rows) in [
        (format!("{} quotations in {} articles", tally.total(), tally.articles), genders.collect::<Vec<_>>()),
        (format!("{} sources most quoted, of {}", ranking.len().min(SHOWN), ranking.len()), sources.collect()),
    ] {
        writeln!(out, "<text class=\"faint\" x=\"{LEFT}\" y=\"{}\">{title}</text>", y + 14.0)?;
        y += 28.0;
        let most = rows.iter().map(|(_, _, counts)| counts.total()).max().unwrap_or(0).max(1) as f64;
        for (name, gender, counts) in rows {
            // Not by colour alone.
            let said = if name == gender.as_str() { String::new() } else { format!(" · {gender}") };
            let [direct, mixed, indirect] = counts.0;
            writeln!(
                out,
                "<g><title>{}, {gender}: {direct} direct, {mixed} mixed, {indirect} indirect</title>\
                 <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>",
                escape(&name),
                LEFT - 10.0,
                y + 15.0,
                escape(&label(&name, LABEL)),
            )?;
            let mut x = LEFT;
            for (count, opacity) in counts.0.into_iter().zip(["1", ".7", ".4"]) {
                let width = LINE * count as f64 / most;
                write!(
                    out,
                    "<rect class=\"{gender}\" fill-opacity=\"{opacity}\" x=\"{x:.1}\" y=\"{y}\" \
                     width=\"{width:.1}\" height=\"20\"/>"
                )?;
                x += width;
            }
            writeln!(
                out,
                "<text class=\"faint\" x=\"{:.1}\" y=\"{}\">{} · {:.1} %{said}</text></g>",
                x + 8.0,
                y + 15.0,
                counts.total(),
                tally.share(counts)
            )?;
            y += ROW;
        }
        y += 14.0;
    }
    writeln!(
        out,
        "<text class=\"faint\" x=\"{LEFT}\" y=\"{}\">Strong colour: direct; weaker: mixed; weakest: indirect.</text>\n</svg>",
        y + 10.0
    )
}
