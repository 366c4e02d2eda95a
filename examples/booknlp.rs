//! The tables that `BookNLP` writes, so that what reads them can read this; and standoff files for correcting by hand.
//!
//! ```sh
//! cargo run --release --example booknlp                               # the quotations of a scene that is built in
//! cargo run --release --example booknlp -- --out out/novel novel.txt  # out/novel.tokens, .entities, .quotes, .ann, .txt
//! ```

mod shared;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::process::ExitCode;

use whosaid::{Document, Mention, MentionKind, OffsetMap, QuoteKind, Span, Token};

const HELP: &str = "\
The tables that BookNLP writes, so that what reads them can read this; and standoff files for correcting by hand.

Usage: booknlp [OPTIONS] [FILE]

  FILE            a text in UTF-8, `-` for standard input; without it a scene that is built in

Options:
  --out PREFIX    write PREFIX.tokens, .entities and .quotes, and for brat PREFIX.ann and .txt, instead of
                  printing the quotations
  --help          print this

As in BookNLP, tokens are counted from 0, the last of a stretch is in it, and offsets count characters. Lemmas, parts of
speech and dependencies are not known: they stand as `_`, and each token is its own head. Every entity is a PER, be it a
person or a body. Where nothing beside a quotation names its speaker, the row has the mention of the speaker before it.
";

fn main() -> ExitCode {
    shared::run(HELP, |mut args, out| {
        let prefix = shared::option(&mut args, "--out")?;
        let text = shared::text(args, shared::SCENE)?;
        let document = Document::new(&text)?;
        let tables = Tables::new(&document);
        let Some(prefix) = prefix else {
            return Ok(tables.quotes(out)?);
        };
        let files: [(&str, Writer<'_>); 5] = [
            (".tokens", Tables::tokens),
            (".entities", Tables::entities),
            (".quotes", Tables::quotes),
            (".ann", Tables::standoff),
            (".txt", |tables, out| out.write_all(tables.document.text().as_bytes())),
        ];
        for (extension, write) in files {
            let mut file = prefix.clone();
            file.push(extension);
            let written = File::create(&file).map(BufWriter::new).and_then(|mut out| {
                write(&tables, &mut out)?;
                out.flush()
            });
            written.map_err(|error| shared::about(&file, &error))?;
        }
        Ok(())
    })
}

type Writer<'d> = fn(&Tables<'d>, &mut dyn Write) -> io::Result<()>;

struct Tables<'d> {
    document: &'d Document<'d>,
    tokens: Vec<Span>,
    characters: OffsetMap<'d>,
    /// For each quotation the mention by which its row names the speaker.
    sources: Vec<Option<Mention<'d>>>,
}

impl<'d> Tables<'d> {
    fn new(document: &'d Document<'d>) -> Tables<'d> {
        let mut mentions = document.mentions().peekable();
        let mut last = vec![None; document.entities().len()];
        let sources = document.quotes().map(|quote| {
            while let Some(mention) = mentions.next_if(|mention| mention.span().start() < quote.span().start()) {
                if let Some(entity) = mention.entity() {
                    last[entity.index()] = Some(mention);
                }
            }
            quote.mention().or_else(|| {
                let speaker = quote.speaker()?;
                last[speaker.index()].or_else(|| speaker.mentions().next())
            })
        });
        Tables {
            sources: sources.collect(),
            tokens: document.tokens().map(Token::span).collect(),
            characters: document.offset_map(),
            document,
        }
    }

    /// The tokens of a stretch, by number.
    fn within(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.end() <= span.start());
        first..self.tokens.partition_point(|token| token.start() < span.end()).max(first)
    }

    /// The words of a stretch with single spaces, as a field of a table.
    fn words(&self, span: Span) -> String {
        self.tokens[self.within(span)].iter().map(|&token| &self.document.text()[token]).collect::<Vec<_>>().join(" ")
    }

    fn tokens(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "paragraph_ID\tsentence_ID\ttoken_ID_within_sentence\ttoken_ID_within_document\tword\tlemma\t\
             byte_onset\tbyte_offset\tPOS_tag\tfine_POS_tag\tdependency_relation\tsyntactic_head_ID\tevent"
        )?;
        for paragraph in self.document.paragraphs() {
            for sentence in paragraph.sentences() {
                for (place, token) in sentence.tokens().enumerate() {
                    let (paragraph, sentence, number, word) =
                        (paragraph.index(), sentence.index(), token.index(), token.text());
                    let Range { start, end } = self.characters.chars(token.span());
                    writeln!(
                        out,
                        "{paragraph}\t{sentence}\t{place}\t{number}\t{word}\t_\t{start}\t{end}\t_\t_\t_\t{number}\tO"
                    )?;
                }
            }
        }
        Ok(())
    }

    /// All mentions of somebody who is known.
    fn entities(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "COREF\tstart_token\tend_token\tprop\tcat\ttext")?;
        for mention in self.document.mentions() {
            let tokens = self.within(mention.span());
            if let Some(entity) = mention.entity().filter(|_| !tokens.is_empty()) {
                let prop = match mention.kind() {
                    MentionKind::Name => "PROP",
                    MentionKind::Pronoun => "PRON",
                    _ => "NOM",
                };
                let (id, first, last) = (entity.index(), tokens.start, tokens.end - 1);
                writeln!(out, "{id}\t{first}\t{last}\t{prop}\tPER\t{}", self.words(mention.span()))?;
            }
        }
        Ok(())
    }

    /// A row for each part of a direct quotation.
    fn quotes(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "quote_start\tquote_end\tmention_start\tmention_end\tmention_phrase\tchar_id\tquote")?;
        for quote in self.document.quotes().filter(|quote| quote.kind() == QuoteKind::Direct) {
            let speaker = quote.speaker().map_or("None".to_owned(), |speaker| speaker.index().to_string());
            let source = self.sources[quote.index()].map(|mention| (self.within(mention.span()), mention));
            let source = source.filter(|(tokens, _)| !tokens.is_empty()).map_or_else(
                || "None\tNone\tNone".to_owned(),
                |(tokens, mention)| format!("{}\t{}\t{}", tokens.start, tokens.end - 1, self.words(mention.span())),
            );
            for part in quote.parts() {
                let tokens = self.within(part);
                if !tokens.is_empty() {
                    let (first, last) = (tokens.start, tokens.end - 1);
                    writeln!(out, "{first}\t{last}\t{source}\t{speaker}\t{}", self.words(part))?;
                }
            }
        }
        Ok(())
    }

    /// Standoff annotation in the form of brat: mentions, those of one entity as equivalent, cues, and quotations.
    fn standoff(&self, out: &mut dyn Write) -> io::Result<()> {
        let mention_id = |mention: Mention<'_>| format!("T{}", mention.index() + 1);
        for mention in self.document.mentions() {
            let kind = match mention.kind() {
                MentionKind::Name => "Name",
                MentionKind::Pronoun => "Pronoun",
                _ => "Nominal",
            };
            writeln!(out, "{}\t{kind} {}", mention_id(mention), self.stretch([mention.span()].into_iter()))?;
        }
        for entity in self.document.entities().filter(|entity| entity.mentions().len() > 1) {
            let ids: Vec<String> = entity.mentions().map(mention_id).collect();
            writeln!(out, "*\tEquiv {}", ids.join(" "))?;
        }
        let (mut stretches, mut relations) = (self.document.mentions().len(), 0);
        for quote in self.document.quotes() {
            let kind = match quote.kind() {
                QuoteKind::Direct => "Direct",
                QuoteKind::Mixed => "Mixed",
                QuoteKind::Indirect => "Indirect",
                _ => "NotSaid",
            };
            stretches += 1;
            let id = stretches;
            writeln!(out, "T{id}\t{kind} {}", self.stretch(quote.parts()))?;
            let mut related = Vec::new();
            if let Some(cue) = quote.cue() {
                stretches += 1;
                writeln!(out, "T{stretches}\tCue {}", self.stretch([cue.span()].into_iter()))?;
                related.push(("CuedBy", format!("T{stretches}")));
            }
            related.extend(self.sources[quote.index()].map(|source| ("SaidBy", mention_id(source))));
            related.extend(
                quote.addressee().and_then(|to| to.mentions().next()).map(|mention| ("SaidTo", mention_id(mention))),
            );
            for (relation, to) in related {
                relations += 1;
                writeln!(out, "R{relations}\t{relation} Arg1:T{id} Arg2:{to}")?;
            }
            let speaker = quote.speaker().map_or("nobody known".to_owned(), shared::name);
            let evidence = shared::one_line(&quote.evidence().to_string());
            writeln!(out, "#{id}\tAnnotatorNotes T{id}\t{speaker}, {:.2}: {evidence}", quote.confidence())?;
        }
        Ok(())
    }

    /// Offsets and text of an annotation, which no line break may stand in: `4 9;10 12⇥whole text`.
    fn stretch(&self, spans: impl Iterator<Item = Span>) -> String {
        let (mut offsets, mut texts) = (Vec::new(), Vec::new());
        for span in spans {
            let mut start = span.start() as usize;
            for line in self.document.text()[span].split(['\n', '\r']) {
                let text = line.trim();
                if !text.is_empty() {
                    let begin = (start + line.len() - line.trim_start().len()) as u32;
                    let Range { start, end } = self.characters.chars(Span::new(begin, begin + text.len() as u32));
                    offsets.push(format!("{start} {end}"));
                    texts.push(text);
                }
                start += line.len() + 1;
            }
        }
        format!("{}\t{}", offsets.join(";"), texts.join(" "))
    }
}
