//! The function as SQL sees it.

use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use whosaid_datafusion::{BY_MONTH, quotes, sample};

async fn ask(context: &SessionContext, question: &str) -> String {
    let batches: Vec<RecordBatch> = context.sql(question).await.unwrap().collect().await.unwrap();
    pretty_format_batches(&batches).unwrap().to_string()
}

fn context(threads: usize) -> SessionContext {
    let config = SessionConfig::new().with_target_partitions(threads).with_batch_size(2);
    let context = SessionContext::new_with_config(config);
    context.register_udf(quotes());
    context
}

#[tokio::test]
async fn a_quotation_is_a_row() {
    let rows = ask(
        &context(1),
        "WITH texts AS (SELECT 'É! “Go home,” said Ann Lund. She added that it was late.' AS body)
         SELECT q['speaker'] AS speaker, q['gender'] AS gender, q['kind'] AS kind, q['text'] AS text, q['cue'] AS cue,
                q['said'] AS said, substr(body, q['start'] + 1, q['end'] - q['start']) AS cut
         FROM (SELECT body, unnest(quotes(body)) AS q FROM texts) ORDER BY q['start']",
    )
    .await;
    let expected = "\
+----------+--------+----------+--------------+--------+-------+--------------+
| speaker  | gender | kind     | text         | cue    | said  | cut          |
+----------+--------+----------+--------------+--------+-------+--------------+
| Ann Lund | female | direct   | “Go home,”   | said   | true  | “Go home,”   |
| Ann Lund | female | indirect | it was late  | added  | true  | it was late  |
+----------+--------+----------+--------------+--------+-------+--------------+";
    let squeeze = |table: &str| table.replace(['-', ' '], "");
    assert_eq!(squeeze(&rows), squeeze(expected), "{rows}");
}

#[tokio::test]
async fn no_text_has_no_list_and_a_text_without_quotations_an_empty_one() {
    let rows = ask(
        &context(1),
        "SELECT array_length(quotes(body)) AS quotes
         FROM (VALUES (1, NULL), (2, ''), (3, '“Go,” said Ann.')) AS texts(id, body) ORDER BY id",
    )
    .await;
    let rows: Vec<&str> = rows.lines().skip(3).map(|row| row.trim_matches(['|', ' '])).collect();
    assert_eq!(rows[..3], ["", "0", "1"]);
}

#[tokio::test]
async fn parquet_is_read_the_same_by_any_number_of_threads() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("articles");
    sample::write(&folder).await.unwrap();
    let mut answers = Vec::new();
    for threads in [1, 4] {
        let context = context(threads);
        context.register_parquet("articles", folder.to_str().unwrap(), ParquetReadOptions::default()).await.unwrap();
        answers.push(ask(&context, BY_MONTH).await);
    }
    assert_eq!(answers[0], answers[1]);
    assert!(include_str!("../README.md").contains(&answers[0]), "the README shows other output than\n{}", answers[0]);
}
